package com.shunpi.pricing;

import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PriceBook;
import com.shunpi.masterdata.Product;
import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.FieldReader;
import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Special-price requests and the agreements that come of them (P1–P7). Knows no engine. */
@Service
@Transactional
public class SpecialPrices {

    /** How long an approval counts, in days, whose request is older than the question for its period. */
    private static final int VALID_DAYS = 30;

    /**
     * A price that was agreed on instead of the one asked for.
     *
     * @param acceptedBy who accepted it for the requester's side
     */
    public record AgreedPrice(String productCode, BigDecimal requestedPrice, BigDecimal price, String acceptedBy) {}

    /**
     * The request that an order's own one has joined is decided.
     *
     * @param granted whether there is an agreement now that the order may draw on
     */
    record JoinedDecided(String requestNumber, boolean granted) {}

    private final SpecialPriceRequests requests;
    private final PriceAgreements agreements;
    private final Promotions promotions;
    private final PriceLevels levels;
    private final PricePreview previews;
    private final PriceMails mails;
    private final MasterData masterData;
    private final PriceBook priceBook;
    private final DocumentNumbers numbers;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SpecialPrices(
            SpecialPriceRequests requests,
            PriceAgreements agreements,
            Promotions promotions,
            PriceLevels levels,
            PricePreview previews,
            PriceMails mails,
            MasterData masterData,
            PriceBook priceBook,
            DocumentNumbers numbers,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.agreements = agreements;
        this.promotions = promotions;
        this.levels = levels;
        this.previews = previews;
        this.mails = mails;
        this.masterData = masterData;
        this.priceBook = priceBook;
        this.numbers = numbers;
        this.events = events;
        this.clock = clock;
    }

    // ---- agreements

    /**
     * What no valid agreement covers in price and quantity today (R5, P5): of a line that an agreement covers in part, the
     * rest alone (F8).
     */
    @Transactional(readOnly = true)
    public List<PricedLine> uncovered(String customerCode, List<PricedLine> lines) {
        return agreed(customerCode, lines).uncovered();
    }

    /**
     * Draws the lines from the customer's agreements for an order (P5).
     *
     * @param actor who lets the order go
     * @return false when the agreements do not cover them, or another order was faster: the caller rolls back or asks anew
     */
    public boolean drawDown(String orderNumber, String customerCode, List<PricedLine> lines, String actor) {
        Coverage<Long> agreed = agreed(customerCode, lines);
        return agreed.uncovered().isEmpty()
                && agreed.shares().stream()
                        .allMatch(share -> agreements.draw(
                                share.source(), orderNumber, share.line().quantity(), actor));
    }

    /**
     * Gives back to their agreements what an order drew, now that its customer returned the goods for his money (N2). Once
     * per case and goods: the caller sees to it.
     *
     * @param quantities returned units by product code
     * @param actor who books the return
     */
    public void giveBack(String orderNumber, Map<String, Integer> quantities, String caseNumber, String actor) {
        agreements.giveBack(orderNumber, quantities, caseNumber, actor);
    }

    /**
     * Draws the discounts an order gets from running promotions (P8).
     *
     * @param discounts CNY, by the number of the promotion
     * @return false when a budget is used up by now
     */
    public boolean drawPromotions(String orderNumber, Map<String, BigDecimal> discounts, String actor) {
        return discounts.entrySet().stream()
                .allMatch(entry -> promotions.draw(entry.getKey(), orderNumber, entry.getValue(), actor));
    }

    private Coverage<Long> agreed(String customerCode, List<PricedLine> lines) {
        List<PriceAgreements.Agreement> valid = lines.isEmpty()
                ? List.of()
                : agreements.valid(
                        customerCode,
                        lines.stream().map(PricedLine::productCode).distinct().toList());
        return Coverage.of(
                lines,
                valid.stream()
                        .map(agreement -> new Coverage.Supply<>(
                                agreement.id(), agreement.productCode(), agreement.floorPrice(), agreement.remaining()))
                        .toList());
    }

    // ---- for an order

    /**
     * Opens the request of an order (R5): for the lines that no pending request of the customer asks for already, to be
     * completed and sent by somebody. When all of them are asked for, it joins the first such request and waits for it.
     * Without lines, since an agreement came a moment ago, there is nothing to ask.
     *
     * @return its number
     * @throws RefusedException as a conflict, while another one of the order is open (F5)
     */
    public String open(String orderNumber, String customerCode, List<PricedLine> lines, String requestedBy) {
        requests.findByOpenOrder(orderNumber).ifPresent(open -> {
            throw RefusedException.conflict("订单 " + orderNumber + " 的特价已在申请中（" + open.requestNumber() + "），不能重复申请。");
        });
        // whoever decides a request of the customer takes this lock too: none is decided while it is being joined
        masterData.lock(customerCode);
        Pending pending = pending(customerCode, lines);
        boolean joins = pending.unasked().isEmpty() && pending.joined() != null;
        SpecialPriceRequest request = SpecialPriceRequest.forOrder(
                numbers.next("SP"),
                orderNumber,
                customerCode,
                joins ? pending.covered() : pending.unasked(),
                requestedBy,
                now());
        if (joins) {
            request.join(pending.joined());
        } else if (lines.isEmpty()) {
            request.follow(true, now());
        }
        return requests.saveAndFlush(request).requestNumber();
    }

    /**
     * @param unasked the lines that no pending request asks for
     * @param joined the first request that asks for some of the others; null when none does
     * @param covered the lines it asks for
     */
    private record Pending(List<PricedLine> unasked, String joined, List<PricedLine> covered) {}

    private Pending pending(String customerCode, List<PricedLine> lines) {
        Pending pending = new Pending(lines, null, List.of());
        for (SpecialPriceRequest request : requests.pendingOf(customerCode, agreements.today())) {
            Coverage<String> asked = Coverage.of(pending.unasked(), leftOf(request));
            if (!asked.shares().isEmpty()) {
                boolean first = pending.joined() == null;
                pending = new Pending(
                        asked.uncovered(),
                        first ? request.requestNumber() : pending.joined(),
                        first
                                ? asked.shares().stream()
                                        .map(Coverage.Share::line)
                                        .toList()
                                : pending.covered());
            }
        }
        return pending;
    }

    /** What a pending request asks for, less what the orders that wait for it will take. */
    private List<Coverage.Supply<String>> leftOf(SpecialPriceRequest request) {
        List<Coverage.Supply<String>> asked = request.lines().stream()
                .map(line -> new Coverage.Supply<>(
                        request.requestNumber(), line.productCode(), line.askedPrice(), line.quantity()))
                .toList();
        List<PricedLine> waiting = requests.findByJoinedRequestAndWaitingTrue(request.requestNumber()).stream()
                .flatMap(joined -> joined.lines().stream())
                .toList();
        return Coverage.of(waiting, asked).left();
    }

    /** A request that somebody decides on. No order joins it meanwhile. */
    private SpecialPriceRequest deciding(String requestNumber) {
        SpecialPriceRequest request = request(requestNumber);
        if (request.isJoinable()) {
            masterData.lock(request.customerCode());
        }
        return request;
    }

    /** The orders that joined a request go on when it is closed (R5). */
    private void tellJoined(SpecialPriceRequest request) {
        requests.flush();
        boolean granted = request.status() == SpecialPriceRequest.Status.APPROVED;
        for (SpecialPriceRequest joined : requests.findByJoinedRequestAndWaitingTrue(request.requestNumber())) {
            joined.follow(granted, now());
            requests.flush();
            events.publishEvent(new JoinedDecided(joined.requestNumber(), granted));
        }
    }

    /** The request that an order has joined and waits for. */
    @Transactional(readOnly = true)
    public Optional<String> awaited(String orderNumber) {
        return requests.findByOpenOrder(orderNumber)
                .filter(SpecialPriceRequest::isWaiting)
                .map(SpecialPriceRequest::joinedRequest);
    }

    /** Voids the open requests of an order that is changed or withdrawn (R11). */
    public void annul(String orderNumber) {
        requests.findByOrderNumber(orderNumber).forEach(SpecialPriceRequest::annul);
    }

    /** The prices of a granted request that are not those first asked for: an accepted counter-offer. */
    @Transactional(readOnly = true)
    public List<AgreedPrice> agreedPrices(String requestNumber) {
        SpecialPriceRequest request = request(requestNumber);
        return request.requestLines().stream()
                .filter(line -> line.toPricedLine().askedPrice().compareTo(line.requestedPrice()) > 0)
                .map(line -> new AgreedPrice(
                        line.toPricedLine().productCode(),
                        line.requestedPrice(),
                        line.toPricedLine().askedPrice(),
                        request.acceptedBy()))
                .toList();
    }

    // ---- requests

    /** Takes in a request for a customer, or for a promotion, and sends it at once (P1, P8). */
    SpecialPriceRequest send(SpecialPriceInput input, String actor) {
        FieldReader reader = new FieldReader();
        boolean promotion = input.isPromotion(reader);
        Customer customer = promotion ? null : customer(reader, input);
        Set<Grade> grades = promotion ? input.forGrades(reader) : Set.of();
        BigDecimal budget = promotion ? input.promotionBudget(reader) : null;
        List<PricedLine> lines = lines(reader, promotion, customer, input);
        PriceTerms terms = input.terms(reader, agreements.today(), false);
        reader.check();
        if (!promotion) {
            mustNotBePending(customer.code(), lines);
        }
        String number = numbers.next("SP");
        SpecialPriceRequest request = promotion
                ? SpecialPriceRequest.forPromotion(number, grades, budget, lines, actor, now())
                : SpecialPriceRequest.forCustomer(number, customer.code(), lines, actor, now());
        submit(request, terms, actor);
        return requests.saveAndFlush(request);
    }

    /** The same goods at the same price are not asked for twice at once (F5); a click that came twice is one request. */
    private void mustNotBePending(String customerCode, List<PricedLine> lines) {
        masterData.lock(customerCode);
        Set<Wanted> wanted = wanted(lines);
        requests.pendingOf(customerCode, agreements.today()).stream()
                .filter(request -> wanted(request.lines()).equals(wanted))
                .findFirst()
                .ifPresent(request -> {
                    throw RefusedException.conflict("同样的产品、数量和价格已在 " + request.requestNumber() + " 中申请，不能重复申请。");
                });
    }

    private record Wanted(String productCode, int quantity, BigDecimal price) {}

    private static Set<Wanted> wanted(List<PricedLine> lines) {
        return lines.stream()
                .map(line -> new Wanted(line.productCode(), line.quantity(), Money.price(line.askedPrice())))
                .collect(Collectors.toSet());
    }

    /** Sends a request that was opened for an order (P1). */
    SpecialPriceRequest submit(String requestNumber, SpecialPriceInput input, String actor) {
        SpecialPriceRequest request = request(requestNumber);
        FieldReader reader = new FieldReader();
        PriceTerms terms = input.terms(reader, agreements.today(), true);
        reader.check();
        submit(request, terms, actor);
        return request;
    }

    private void submit(SpecialPriceRequest request, PriceTerms terms, String actor) {
        PriceLevels.Asking asking = levels.ask(question(request, request.lines(), actor));
        request.submit(terms, asking.steps(), asking.tableVersion(), actor, now());
    }

    /** What would be asked of whom, without keeping anything (P3). */
    @Transactional(readOnly = true)
    PricePreview.Preview preview(PriceQuestion question) {
        return previews.of(question);
    }

    /** The question a request in JSON asks; refused with every fault. Its period and reason are not looked at. */
    @Transactional(readOnly = true)
    PriceQuestion question(SpecialPriceInput input, String actor) {
        FieldReader reader = new FieldReader();
        boolean promotion = input.isPromotion(reader);
        Customer customer = promotion ? null : customer(reader, input);
        Set<Grade> grades = promotion ? input.forGrades(reader) : Set.of();
        List<PricedLine> lines = lines(reader, promotion, customer, input);
        reader.check();
        return question(promotion ? grades : Set.of(customer.grade()), lines, Set.of(actor));
    }

    /** The question of a request as it stands. */
    @Transactional(readOnly = true)
    PriceQuestion question(SpecialPriceRequest request, List<PricedLine> lines, String actor) {
        Set<String> parties = new HashSet<>(request.parties());
        parties.add(actor);
        Set<Grade> grades = request.customerCode() == null
                ? request.grades()
                : Set.of(masterData
                        .customer(request.customerCode())
                        .orElseThrow()
                        .grade());
        return question(grades, lines, parties);
    }

    private PriceQuestion question(Set<Grade> grades, List<PricedLine> lines, Set<String> parties) {
        Map<String, Product> products = masterData.products(
                lines.stream().map(PricedLine::productCode).distinct().toList());
        return new PriceQuestion(
                grades,
                lines.stream()
                        .map(line -> new PriceQuestion.Line(
                                line, products.get(line.productCode()).costPrice()))
                        .toList(),
                parties);
    }

    /** Whom it is for, as the cards show it: the customer's name, or the grades of a promotion. */
    @Transactional(readOnly = true)
    String beneficiary(SpecialPriceRequest request) {
        return request.customerCode() == null
                ? "促销（" + request.grades().stream().map(Grade::name).sorted().collect(Collectors.joining("、")) + " 级客户）"
                : masterData.customer(request.customerCode()).orElseThrow().name();
    }

    private Customer customer(FieldReader reader, SpecialPriceInput input) {
        String code = input.customer(reader);
        Customer customer = masterData.customer(code).orElse(null);
        if (code != null && customer == null) {
            reader.fault("customerCode", "没有客户 " + code + "。");
        }
        return customer;
    }

    private List<PricedLine> lines(FieldReader reader, boolean promotion, Customer customer, SpecialPriceInput input) {
        List<SpecialPriceInput.Wanted> wanted = input.wanted(reader);
        if (!reader.faults().isEmpty()) {
            return List.of();
        }
        Map<String, Product> products = masterData.products(wanted.stream()
                .map(SpecialPriceInput.Wanted::productCode)
                .distinct()
                .toList());
        List<PricedLine> lines = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            SpecialPriceInput.Wanted line = wanted.get(i);
            Product product = products.get(line.productCode());
            String at = "lines[" + i + "].";
            if (product == null) {
                reader.fault(at + "productCode", "没有产品 " + line.productCode() + "。");
                continue;
            }
            if (promotion
                    && lines.stream().anyMatch(other -> other.productCode().equals(line.productCode()))) {
                reader.fault(at + "productCode", "促销中同一产品只能有一个价格：" + line.productCode() + "。");
            }
            // a promotion is for customers of several discounts: it is judged by the list price, the strictest measure
            BigDecimal without = promotion ? product.listPrice() : priceBook.customerPrice(customer, product);
            if (line.price().compareTo(without) >= 0) {
                reader.fault(
                        at + "askedPrice",
                        line.productCode() + " 的申请价不低于" + (promotion ? "目录价 " : "客户价 ") + without.toPlainString()
                                + "，不需要特价。");
            }
            lines.add(new PricedLine(line.productCode(), line.quantity(), product.listPrice(), without, line.price()));
        }
        return lines;
    }

    /**
     * The roles that have to be asked now (P2); none when the request is granted, which makes its agreements. May be called
     * again at any time.
     */
    List<String> advance(String requestNumber) {
        SpecialPriceRequest request = deciding(requestNumber);
        boolean open = request.status() == SpecialPriceRequest.Status.OPEN;
        List<String> roles = request.advance(levels::holders, now());
        if (open && roles.isEmpty()) {
            grant(request);
        }
        return roles;
    }

    private void grant(SpecialPriceRequest request) {
        requests.flush();
        if (request.kind() == SpecialPriceRequest.Kind.PROMOTION) {
            promotions.add(request);
        } else {
            agree(request);
        }
        mails.decided(request, beneficiary(request));
        tellJoined(request);
    }

    private void agree(SpecialPriceRequest request) {
        boolean hasPeriod = request.validFrom() != null;
        request.lines()
                .forEach(line -> agreements.add(
                        request.requestNumber(),
                        request.customerCode(),
                        line,
                        hasPeriod ? request.validFrom() : agreements.today(),
                        hasPeriod ? request.validTo() : agreements.today().plusDays(VALID_DAYS)));
    }

    /** @return whether the step is settled, so that the case may go on */
    boolean approve(String requestNumber, String role, String actor, String comment) {
        boolean settled = deciding(requestNumber).approve(role, actor, comment, now());
        if (settled) {
            advance(requestNumber);
        }
        return settled;
    }

    void reject(String requestNumber, String role, String actor, String comment) {
        SpecialPriceRequest request = deciding(requestNumber);
        request.reject(role, actor, comment, now());
        mails.decided(request, beneficiary(request));
        tellJoined(request);
    }

    void counter(String requestNumber, String role, String actor, PriceOffer offer, String comment) {
        request(requestNumber).counter(role, actor, offer, comment, now());
    }

    void ask(String requestNumber, String role, String actor) {
        request(requestNumber).ask(role, actor);
    }

    void answer(String requestNumber) {
        request(requestNumber).answer();
    }

    /** The steps are determined for the new terms, by the version of the table the request was sent under. */
    void acceptOffer(String requestNumber, String actor) {
        SpecialPriceRequest request = request(requestNumber);
        PriceQuestion question = question(request, request.offeredLines(), actor);
        request.acceptOffer(levels.ask(request.tableVersion(), question).steps(), actor);
    }

    void withdraw(String requestNumber) {
        SpecialPriceRequest request = deciding(requestNumber);
        request.withdraw(now());
        tellJoined(request);
    }

    @Transactional(readOnly = true)
    SpecialPriceRequest request(String requestNumber) {
        return requests.findById(requestNumber)
                .orElseThrow(() -> RefusedException.notFound("没有特价申请 " + requestNumber + "。"));
    }

    private Instant now() {
        return Instant.now(clock);
    }
}
