package com.shunpi.order;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.decision.DecisionLog;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.Stock;
import com.shunpi.pricing.PricedLine;
import com.shunpi.pricing.SpecialPrices;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Payment;
import com.shunpi.receivables.Receivables;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import com.shunpi.verification.Agreement;
import com.shunpi.verification.DocumentType;
import com.shunpi.verification.VerificationService;
import com.shunpi.workflow.HiddenContent;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What can be done with an order (R1–R13). Knows no engine: the process calls it, and each call is whole in itself, reads
 * the facts again and refuses what a rule forbids.
 */
@Service
@Transactional
class OrderService {

    /** The choices with which somebody makes a document's values his own. */
    private static final Set<String> VOUCHING = Set.of("change", "resubmit", "approve", "issue");

    private final Orders orders;
    private final OrderChecks checks;
    private final OrderMails mails;
    private final Shortages shortages;
    private final MasterData masterData;
    private final Stock stock;
    private final Receivables receivables;
    private final SpecialPrices specialPrices;
    private final VerificationService verifications;
    private final WorkingDays workingDays;
    private final OrderSettings settings;
    private final DecisionLog decisions;
    private final HiddenContent hidden;
    private final Clock clock;

    OrderService(
            Orders orders,
            OrderChecks checks,
            OrderMails mails,
            Shortages shortages,
            MasterData masterData,
            Stock stock,
            Receivables receivables,
            SpecialPrices specialPrices,
            VerificationService verifications,
            WorkingDays workingDays,
            OrderSettings settings,
            DecisionLog decisions,
            HiddenContent hidden,
            Clock clock) {
        this.orders = orders;
        this.checks = checks;
        this.mails = mails;
        this.shortages = shortages;
        this.masterData = masterData;
        this.stock = stock;
        this.receivables = receivables;
        this.specialPrices = specialPrices;
        this.verifications = verifications;
        this.workingDays = workingDays;
        this.settings = settings;
        this.decisions = decisions;
        this.hidden = hidden;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    Order order(String orderNumber) {
        return orders.findById(orderNumber).orElseThrow(() -> RefusedException.notFound("没有订单 " + orderNumber + "。"));
    }

    @Transactional(readOnly = true)
    Customer customerOf(Order order) {
        return masterData.customer(order.customerCode()).orElseThrow();
    }

    /**
     * The number under which the same order is known already (R6); empty when it is new.
     *
     * @throws RefusedException as a conflict with the differences, when the number is known with other content
     */
    @Transactional(readOnly = true)
    Optional<String> known(OrderDraft draft) {
        return orders.findBySourceAndExternalNumber(draft.source(), draft.externalNumber())
                .map(order -> sameAs(draft, order));
    }

    private String sameAs(OrderDraft draft, Order order) {
        if (!order.contentDigest().equals(draft.digest())) {
            throw RefusedException.conflict(
                    "外部单号 " + draft.externalNumber() + " 已登记为 " + order.orderNumber() + "，但内容不同。",
                    // who is to check it blind must not read it off the differences (V2)
                    hidden.includes(order.orderNumber()) ? List.of() : order.differences(draft));
        }
        return order.orderNumber();
    }

    /** Whether the number is known, be it with other content. One statement, and no transaction for it. */
    @Transactional(propagation = Propagation.SUPPORTS)
    boolean isKnown(OrderDraft draft) {
        return orders.exists(draft.source(), draft.externalNumber());
    }

    /** As {@link #known(OrderDraft)} for several, in their order. */
    @Transactional(readOnly = true)
    List<Optional<String>> known(List<OrderDraft> drafts) {
        Map<List<String>, Order> known = orders
                .findBySourceInAndExternalNumberIn(
                        drafts.stream().map(OrderDraft::source).collect(Collectors.toSet()),
                        drafts.stream().map(OrderDraft::externalNumber).collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(
                        order -> List.of(order.source(), order.externalNumber()), Function.identity()));
        return drafts.stream()
                .map(draft -> Optional.ofNullable(known.get(List.of(draft.source(), draft.externalNumber())))
                        .map(order -> sameAs(draft, order)))
                .toList();
    }

    /** Customer and products must be known; refused by field (R1). */
    @Transactional(readOnly = true)
    void mustBeKnown(OrderDraft draft) {
        Set<String> codes =
                draft.lines().stream().map(OrderDraft.Line::productCode).collect(Collectors.toCollection(TreeSet::new));
        List<Fault> faults = unknown(
                draft,
                masterData.customer(draft.customerCode()).isPresent(),
                masterData.products(codes).keySet());
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
    }

    /** What an order names that we do not know. */
    static List<Fault> unknown(OrderDraft draft, boolean customerKnown, Collection<String> knownProducts) {
        List<Fault> faults = new ArrayList<>();
        if (!customerKnown) {
            faults.add(Fault.of("customerCode", "没有客户 " + draft.customerCode() + "。"));
        }
        for (int i = 0; i < draft.lines().size(); i++) {
            String product = draft.lines().get(i).productCode();
            if (!knownProducts.contains(product)) {
                faults.add(Fault.of("lines[" + i + "].productCode", "没有产品 " + product + "。"));
            }
        }
        return faults;
    }

    /** Examines and keeps a new order whose customer and products are known, and tells who must know at once (R12). */
    Order register(String orderNumber, OrderDraft draft, String enteredBy) {
        return register(List.of(new Order(orderNumber, draft, enteredBy, now())))
                .get(0);
    }

    /**
     * As {@link #register(String, OrderDraft, String)} for those of several that are not known: received at one instant,
     * their numbers say in which order.
     *
     * @param numbers one for each draft, in a row; those of known ones are left unused
     */
    List<Order> register(
            List<String> numbers, List<OrderDraft> drafts, List<Optional<String>> known, String enteredBy) {
        Instant now = now();
        return register(IntStream.range(0, drafts.size())
                .filter(i -> known.get(i).isEmpty())
                .mapToObj(i -> new Order(numbers.get(i), drafts.get(i), enteredBy, now))
                .toList());
    }

    /** Keeps an order for goods that a returns case sends (T7). */
    Order register(String orderNumber, OrderDraft draft, OrderKind kind, String caseNumber, String enteredBy) {
        Order order = new Order(orderNumber, draft, kind, caseNumber, enteredBy, now());
        // the case may have put goods into the warehouse just now
        examine(order);
        return keep(List.of(order)).get(0);
    }

    private List<Order> register(List<Order> fresh) {
        if (!fresh.isEmpty()) {
            HoldFacts facts = checks.factsOfNew(fresh);
            fresh.forEach(order -> order.examine(checks.causes(order, facts, today()), now(), today()));
        }
        return keep(fresh);
    }

    private List<Order> keep(List<Order> fresh) {
        orders.saveAllAndFlush(fresh);
        fresh.forEach(this::tellAtOnce);
        return fresh;
    }

    private void tellAtOnce(Order order) {
        if (isPriority(order)) {
            mails.urgent(order, customerOf(order));
        }
    }

    /** An urgent order of an A-class customer goes before all others (R12). */
    @Transactional(readOnly = true)
    boolean isPriority(Order order) {
        return order.isUrgent() && customerOf(order).grade() == com.shunpi.masterdata.Grade.A;
    }

    /** Looks at the order again: new reasons hold it, gone ones clear (F3). */
    Order examine(String orderNumber) {
        Order order = order(orderNumber);
        examine(order);
        return order;
    }

    /** As {@link #examine}, when the order was or is to be sent back (R1); another one was examined when it came or changed. */
    Order examineFaults(String orderNumber) {
        Order order = order(orderNumber);
        if (order.status() == OrderStatus.RETURNED || !checks.faults(order).isEmpty()) {
            examine(order);
        }
        return order;
    }

    private void examine(Order order) {
        order.examine(checks.causes(order, today()), now(), today());
    }

    /** Every reason that would hold a draft, without keeping anything (N1 spirit: seen before sending). */
    @Transactional(readOnly = true)
    Order preview(OrderDraft draft, String actor) {
        // an order that is known already takes neither credit nor stock a second time
        String number = orders.findBySourceAndExternalNumber(draft.source(), draft.externalNumber())
                .map(Order::orderNumber)
                // what it has received and reserved would tell who is to check it blind (V2)
                .filter(known -> !hidden.includes(known))
                .orElse("");
        Order order = new Order(number, draft, actor, now());
        order.examine(checks.causes(order, today()), now(), today());
        return order;
    }

    /** Back to the person who entered it, who gets the list of faults (R1). */
    void returnToEntry(String orderNumber) {
        Order order = examine(orderNumber);
        order.returnForCorrection();
        annulApprovals(orderNumber);
        mails.returned(order);
    }

    /** A correction or a change by the customer: what was approved on the old values is void (R11). */
    List<Fault> change(String orderNumber, OrderDraft draft, String actor) {
        Order order = order(orderNumber);
        mustBeKnown(draft);
        List<Fault> differences = order.change(draft, actor);
        if (!differences.isEmpty()) {
            annulApprovals(orderNumber);
            shortages.clear(orderNumber);
            stock.release(orderNumber);
        }
        orders.flush();
        examine(order);
        return differences;
    }

    private void annulApprovals(String orderNumber) {
        verifications.annul(orderNumber);
        specialPrices.annul(orderNumber);
    }

    Order review(String orderNumber, String actor) {
        // what else may hold it is looked at right after the decision
        Order order = examineFaults(orderNumber);
        order.review(actor);
        return order;
    }

    void reject(String orderNumber) {
        Order order = order(orderNumber);
        order.reject(now());
        close(order);
        mails.rejected(order, customerOf(order));
    }

    void cancel(String orderNumber) {
        Order order = order(orderNumber);
        order.cancel(now());
        close(order);
        mails.cancelled(order, customerOf(order));
    }

    private void close(Order order) {
        annulApprovals(order.orderNumber());
        shortages.clear(order.orderNumber());
        orders.flush();
        stock.release(order.orderNumber());
    }

    /** Holds the order by hand (F3, forced). */
    void force(String orderNumber, String reason) {
        order(orderNumber).force(reason, now());
    }

    /** The lines that wait for a special price (R5). */
    @Transactional(readOnly = true)
    List<PricedLine> uncoveredLines(String orderNumber) {
        Order order = order(orderNumber);
        return specialPrices.uncovered(
                order.customerCode(), checks.prices(order).below());
    }

    String openPriceRequest(String orderNumber) {
        Order order = order(orderNumber);
        String requester = order.reviewedBy() == null ? order.enteredBy() : order.reviewedBy();
        // a price that is granted meanwhile is seen here, or finds the order waiting for it
        masterData.lock(order.customerCode());
        return specialPrices.open(orderNumber, order.customerCode(), uncoveredLines(orderNumber), requester);
    }

    /** The pending request that the order waits for instead of asking itself (R5). */
    @Transactional(readOnly = true)
    Optional<String> awaitedPriceRequest(String orderNumber) {
        return specialPrices.awaited(orderNumber);
    }

    /**
     * Takes over the prices that an approver offered and the requester's side accepted (R5, R11): upwards alone, and only
     * where the line still has the price that was asked for. The order returns to review then.
     *
     * @return what is different now, with who accepted it; no differences when the prices were granted as asked
     */
    Adopted adoptPrices(String orderNumber, String requestNumber) {
        Order order = order(orderNumber);
        List<SpecialPrices.AgreedPrice> agreed = specialPrices.agreedPrices(requestNumber);
        if (agreed.isEmpty()) {
            return new Adopted(null, List.of());
        }
        String acceptedBy = agreed.get(0).acceptedBy();
        return new Adopted(acceptedBy, change(orderNumber, order.withPrices(agreed), acceptedBy));
    }

    /** @param acceptedBy who accepted the prices; null when there was nothing to accept */
    record Adopted(String acceptedBy, List<Fault> differences) {}

    String openReleaseVerification(String orderNumber) {
        Order order = order(orderNumber);
        return verifications.open(
                DocumentType.ORDER_RELEASE,
                orderNumber,
                order.fingerprint(),
                order.enteredBy(),
                parties(order, Set.of("change", "userTask_completeOrder", "userTask_reviewOrder")),
                order.releaseValues(masterData.products(order.quantities().keySet())));
    }

    /**
     * Everybody who ever entered, changed or vouched for the values, also those a later one has taken the place of: none
     * of them verifies the document (V1).
     */
    private Set<String> parties(Order order, Set<String> steps) {
        Set<String> parties = new TreeSet<>(order.actors());
        decisions.of(order.orderNumber()).stream()
                .filter(decision -> decision.process().equals(OrderReviewProcess.KEY)
                        && steps.contains(decision.step())
                        && VOUCHING.contains(decision.choice()))
                .forEach(decision -> parties.add(decision.actor()));
        return parties;
    }

    /** Finance confirms a receipt for a prepaid order (R4). */
    void confirmReceipt(String orderNumber, Payment.Facts receipt, String actor) {
        order(orderNumber).resume();
        orders.flush();
        receivables.record(receipt, actor);
        Order order = examine(orderNumber);
        if (order.isHeldBy(HoldReason.PAYMENT)) {
            throw RefusedException.invalid(
                    "receivedAmount",
                    "到款仍不足，不能确认：" + order.openHolds().get(HoldReason.PAYMENT).detail() + "。");
        }
    }

    void requestUnpaid(String orderNumber, String actor, String reason) {
        order(orderNumber).requestUnpaid(actor, reason);
    }

    void approveUnpaid(String orderNumber, String actor) {
        order(orderNumber).approveUnpaid(actor);
    }

    void dropUnpaid(String orderNumber) {
        order(orderNumber).dropUnpaid();
    }

    void confirmUnpaid(String orderNumber, String actor, String comment) {
        order(orderNumber).confirmUnpaid(actor, comment, today().plusDays(settings.unpaidReleaseDays()));
    }

    void releaseHolds(String orderNumber, String actor, String reason, LocalDate reviewOn) {
        examine(orderNumber).releaseCreditHolds(actor, reason, reviewOn);
    }

    /**
     * Promises a date and registers what is missing (R3). What is there already is kept for the order.
     *
     * @return false when nothing is missing any more
     */
    boolean promise(String orderNumber, LocalDate date) {
        Order order = order(orderNumber);
        order.promise(date);
        Map<String, Integer> missing = stock.reserveAvailable(orderNumber, order.fromStock());
        shortages.register(orderNumber, missing, date, now());
        return !missing.isEmpty();
    }

    /** Tells the customer what is missing and the promised date: that is his answer (R2, R3). */
    void notifyShortage(String orderNumber) {
        Order order = order(orderNumber);
        Map<String, Integer> missing = shortages.of(orderNumber);
        order.replied(now());
        mails.shortage(order, customerOf(order), missing, masterData.products(missing.keySet()));
    }

    /**
     * Gives goods that came in to the orders that wait for them: priority orders first, then A before B before C, then by
     * order time (R3, R12). An earlier order keeps what it gets, even when it still lacks something.
     *
     * @return the orders that now have everything
     */
    List<String> allocate(Set<String> products) {
        List<String> complete = new ArrayList<>();
        for (String orderNumber : shortages.waitingFor(products)) {
            Order order = order(orderNumber);
            Map<String, Integer> wanted = order.fromStock();
            wanted.keySet().retainAll(products);
            stock.reserveAvailable(orderNumber, wanted);
            Map<String, Integer> missing = checks.missing(order);
            if (missing.isEmpty()) {
                shortages.clear(orderNumber);
                complete.add(orderNumber);
            } else {
                shortages.register(orderNumber, missing, order.promisedDate(), now());
            }
        }
        return complete;
    }

    /**
     * Lets the order go, if at this very moment nothing holds it (R4, R5, R7, R13): reserves the stock, draws the special
     * prices, confirms to the customer.
     *
     * @return false when something holds it again: nothing was done then
     */
    boolean release(String orderNumber) {
        Order order = order(orderNumber);
        // two orders of one customer must not both use the rest of his credit
        masterData.lock(order.customerCode());
        examine(order);
        Optional<Agreement> proof =
                verifications.agreement(DocumentType.ORDER_RELEASE, orderNumber, order.fingerprint());
        if (!order.openHolds().isEmpty() || proof.isEmpty()) {
            return false;
        }
        if (!stock.reserveAll(orderNumber, order.fromStock()).isEmpty()) {
            examine(order);
            return false;
        }
        String verifier = proof.get().verifiedBy();
        OrderChecks.Prices prices = checks.prices(order);
        if (!specialPrices.drawDown(orderNumber, order.customerCode(), prices.below(), verifier)
                || !specialPrices.drawPromotions(orderNumber, prices.promotions(), verifier)) {
            throw RefusedException.conflict("特价额度刚被其他订单用完，请重试。");
        }
        order.release(proof.get(), now(), workingDays.plus(today(), settings.shippingDays()));
        mails.confirmed(
                order, customerOf(order), masterData.products(order.quantities().keySet()));
        return true;
    }

    void ship(String orderNumber, String carrier, String waybill, int pieces) {
        order(orderNumber).ship(carrier, waybill, pieces, today());
        orders.flush();
        stock.ship(orderNumber);
    }

    /** Tells the customer carrier, waybill, pieces, date and the enquiry phone (R9). */
    Order notifyDispatch(String orderNumber) {
        Order order = order(orderNumber);
        mails.dispatched(order, customerOf(order));
        return order;
    }

    void prepareInvoice(String orderNumber, String actor, String invoiceNumber, String taxNumber) {
        receivables.mustBeFree(invoiceNumber);
        order(orderNumber).prepareInvoice(actor, invoiceNumber, taxNumber);
    }

    String openInvoiceVerification(String orderNumber) {
        Order order = order(orderNumber);
        return verifications.open(
                DocumentType.INVOICE,
                orderNumber,
                order.invoiceFingerprint(),
                order.invoicePreparedBy(),
                parties(
                        order,
                        Set.of("change", "userTask_completeOrder", "userTask_reviewOrder", "userTask_prepareInvoice")),
                order.invoiceValues(masterData.products(order.quantities().keySet())));
    }

    /** The verified invoice becomes a claim; what came for the order before pays it (R4, R7, F2). */
    void issueInvoice(String orderNumber) {
        Order order = order(orderNumber);
        order.invoiced(
                verifications
                        .agreement(DocumentType.INVOICE, orderNumber, order.invoiceFingerprint())
                        .orElse(null),
                now());
        if (order.amount().signum() > 0) {
            receivables.issue(new Invoice.Facts(
                    order.invoiceNumber(),
                    order.customerCode(),
                    orderNumber,
                    today(),
                    today().plusDays(customerOf(order).creditDays()),
                    order.amount(),
                    BigDecimal.ZERO,
                    false));
        }
    }

    void archive(String orderNumber, String signedBy, LocalDate signedOn) {
        order(orderNumber).archive(signedBy, signedOn, now());
    }

    /** Reminds the assistants while the customer still has no answer (R2). */
    void remindReply(String orderNumber) {
        Order order = order(orderNumber);
        if (order.repliedAt() == null) {
            mails.replyReminder(order, customerOf(order));
        }
    }

    /** Tells the manager that the customer had no answer in time (R2). */
    void escalateReply(String orderNumber) {
        Order order = order(orderNumber);
        if (order.repliedAt() == null) {
            mails.replyOverdue(order, customerOf(order));
        }
    }

    /** Tells the manager that released goods did not ship in time (R8). */
    void escalateShipping(String orderNumber) {
        Order order = order(orderNumber);
        if (order.status() == OrderStatus.RELEASED) {
            mails.shippingOverdue(order, customerOf(order), today());
        }
    }

    /** Orders of a customer that are held and might go on, now that something about him changed. */
    @Transactional(readOnly = true)
    List<String> heldOrdersOf(String customerCode) {
        return orders.heldOf(customerCode);
    }

    /** The last moment to answer the customer (R2): calendar hours after receipt. */
    Instant replyBy(Order order) {
        return order.receivedAt().plus(settings.replyLimit());
    }

    Instant replyReminderAt(Order order) {
        return order.receivedAt().plus(settings.replyReminder());
    }

    /** The end of the last day to ship (R8), Asia/Shanghai. */
    static Instant shipBy(Order order) {
        return order.shipBy().plusDays(1).atStartOfDay(WorkingDays.ZONE).toInstant();
    }

    LocalDate today() {
        return LocalDate.now(clock.withZone(WorkingDays.ZONE));
    }

    private Instant now() {
        return Instant.now(clock);
    }
}
