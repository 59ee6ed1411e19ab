package com.shunpi.returns;

import com.shunpi.attachment.Attachments;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.Product;
import com.shunpi.masterdata.Stock;
import com.shunpi.order.Deliveries;
import com.shunpi.order.OrderKind;
import com.shunpi.order.OrderStatus;
import com.shunpi.order.Replacements;
import com.shunpi.pricing.SpecialPrices;
import com.shunpi.receivables.CreditNote;
import com.shunpi.receivables.CreditNotes;
import com.shunpi.receivables.CustomerStandingChanged;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Receivables;
import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import com.shunpi.verification.DocumentType;
import com.shunpi.verification.PreparedValue;
import com.shunpi.verification.VerificationService;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What can be done with a return (T1–T9). Knows no engine: the process calls it, and each call is whole in itself, reads
 * the facts again and refuses what a rule forbids.
 */
@Service
@Transactional
class ReturnService {

    private final Returns returns;
    private final QualityComplaints complaints;
    private final ReturnLedger ledger;
    private final ReturnTables tables;
    private final ReturnMails mails;
    private final Deliveries deliveries;
    private final Replacements replacements;
    private final MasterData masterData;
    private final Stock stock;
    private final Receivables receivables;
    private final CreditNotes creditNotes;
    private final SpecialPrices specialPrices;
    private final VerificationService verifications;
    private final Attachments attachments;
    private final DocumentNumbers numbers;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ReturnService(
            Returns returns,
            QualityComplaints complaints,
            ReturnLedger ledger,
            ReturnTables tables,
            ReturnMails mails,
            Deliveries deliveries,
            Replacements replacements,
            MasterData masterData,
            Stock stock,
            Receivables receivables,
            CreditNotes creditNotes,
            SpecialPrices specialPrices,
            VerificationService verifications,
            Attachments attachments,
            DocumentNumbers numbers,
            ApplicationEventPublisher events,
            Clock clock) {
        this.returns = returns;
        this.complaints = complaints;
        this.ledger = ledger;
        this.tables = tables;
        this.mails = mails;
        this.deliveries = deliveries;
        this.replacements = replacements;
        this.masterData = masterData;
        this.stock = stock;
        this.receivables = receivables;
        this.creditNotes = creditNotes;
        this.specialPrices = specialPrices;
        this.verifications = verifications;
        this.attachments = attachments;
        this.numbers = numbers;
        this.events = events;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    ReturnCase returned(String returnNumber) {
        return returns.findById(returnNumber == null ? "" : returnNumber)
                .orElseThrow(() -> RefusedException.notFound("没有退换货 " + returnNumber + "。"));
    }

    @Transactional(readOnly = true)
    Customer customerOf(ReturnCase returned) {
        return masterData.customer(returned.customerCode()).orElseThrow();
    }

    @Transactional(readOnly = true)
    Optional<QualityComplaint> complaintOf(String returnNumber) {
        return complaints.findByReturnNumber(returnNumber);
    }

    // ---- application (T1)

    /**
     * The number under which the same application is known already; empty when it is new.
     *
     * @throws RefusedException as a conflict, when the number is known with other content
     */
    @Transactional(readOnly = true)
    Optional<String> known(ReturnDraft draft) {
        return returns.findBySourceAndExternalNumber(draft.source(), draft.externalNumber())
                .map(returned -> {
                    if (!returned.contentDigest().equals(draft.digest())) {
                        throw RefusedException.conflict(
                                "外部单号 " + draft.externalNumber() + " 已登记为退换货 " + returned.returnNumber() + "，但内容不同。");
                    }
                    return returned.returnNumber();
                });
    }

    /**
     * Keeps a new application against what was really delivered, less what is back or on its way back (T1).
     *
     * @throws RefusedException by field: not delivered, another customer's goods, more than is left
     */
    ReturnCase register(String returnNumber, ReturnDraft draft, String actor) {
        Deliveries.Delivery delivery = deliveries
                .of(draft.orderNumber())
                .orElseThrow(
                        () -> RefusedException.invalid("orderNumber", "没有已发货的订单 " + draft.orderNumber() + "，不能退换。"));
        if (!delivery.customerCode().equals(draft.customerCode())) {
            throw RefusedException.invalid(
                    "customerCode", "订单 " + draft.orderNumber() + " 不是客户 " + draft.customerCode() + " 的，不能退换他人的货。");
        }
        Map<Integer, Deliveries.Line> delivered =
                delivery.lines().stream().collect(Collectors.toMap(Deliveries.Line::number, Function.identity()));
        List<Fault> faults = new ArrayList<>();
        List<ReturnLine> lines = new ArrayList<>();
        for (int i = 0; i < draft.lines().size(); i++) {
            ReturnDraft.Line wanted = draft.lines().get(i);
            Deliveries.Line line = delivered.get(wanted.orderLine());
            if (line == null) {
                faults.add(Fault.of("lines[" + i + "].lineNumber", "订单没有第 " + (wanted.orderLine() + 1) + " 行。"));
            } else {
                lines.add(new ReturnLine(
                        line.number(), line.productCode(), line.unitPrice(), wanted.quantity(), wanted.wanted()));
            }
        }
        refuse(faults);
        take(draft, delivered, faults);
        refuse(faults);
        Customer customer = masterData.customer(draft.customerCode()).orElseThrow();
        ReturnCase returned = returns.saveAndFlush(new ReturnCase(
                returnNumber,
                draft,
                delivery.invoiceNumber(),
                lines,
                tables.grade(draft.reason(), ReturnCase.value(lines), customer.grade()),
                actor,
                now()));
        attachments.claim(draft.attachments(), returnNumber, actor);
        standingChanged(returned);
        return returned;
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
    }

    /** Line by line in the order of the order, so that two applications wait for each other instead of blocking. */
    private void take(ReturnDraft draft, Map<Integer, Deliveries.Line> delivered, List<Fault> faults) {
        draft.lines().stream()
                .sorted(java.util.Comparator.comparing(ReturnDraft.Line::orderLine))
                .forEach(wanted -> {
                    Deliveries.Line line = delivered.get(wanted.orderLine());
                    if (!ledger.take(draft.orderNumber(), line.number(), line.quantity(), wanted.quantity())) {
                        int taken = ledger.taken(draft.orderNumber()).getOrDefault(line.number(), 0);
                        faults.add(Fault.of(
                                "lines[" + draft.lines().indexOf(wanted) + "].quantity",
                                line.productCode() + "：发货 " + line.quantity() + " 件，已退或在退 " + taken + " 件，最多还能退 "
                                        + (line.quantity() - taken) + " 件，不能退 " + wanted.quantity() + " 件。"));
                    }
                });
    }

    // ---- answer, solution, approval

    void answer(String returnNumber, String actor) {
        returned(returnNumber).answer(actor, now());
    }

    /** Whether the quality complaint record is a part of the solution (T3). */
    @Transactional(readOnly = true)
    boolean needsComplaint(String returnNumber) {
        return returned(returnNumber).isFault();
    }

    void propose(String returnNumber, Solution solution, String actor) {
        ReturnCase returned = returned(returnNumber);
        List<String> items = solution.lines().stream()
                .map(Solution.Line::replacementProduct)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
        Set<String> known = masterData.products(items).keySet();
        for (int i = 0; i < solution.lines().size(); i++) {
            String item = solution.lines().get(i).replacementProduct();
            if (item != null && !known.contains(item)) {
                throw RefusedException.invalid("solution.lines[" + i + "].replacementProduct", "没有产品 " + item + "。");
            }
        }
        List<ApprovalStep> steps = tables.steps(
                returned.reason(),
                returned.isFault(),
                returned.amount(),
                ReturnCase.givesFirst(solution.lines()),
                Stream.of(returned.appliedBy(), actor).collect(Collectors.toSet()));
        returned.propose(solution, steps, tables.approvalVersion(), actor, now());
        if (solution.complaint() != null) {
            QualityComplaint complaint = complaintOf(returnNumber)
                    .orElseGet(() -> new QualityComplaint(numbers.next("QC"), returnNumber, actor, now()));
            complaint.say(solution.complaint());
            complaints.save(complaint);
        }
        returns.flush();
    }

    /** The role that has to be asked now (T4); empty when all agreed. May be called again at any time. */
    Optional<String> advance(String returnNumber) {
        return returned(returnNumber).advance(tables::holders, now());
    }

    void approve(String returnNumber, String role, String actor, String comment) {
        returned(returnNumber).approve(role, actor, comment, now());
    }

    void revise(String returnNumber, String role, String actor, String comment) {
        returned(returnNumber).revise(role, actor, comment, now());
    }

    void reject(String returnNumber, String role, String actor, String comment) {
        returned(returnNumber).reject(role, actor, comment, now());
    }

    /** The assistant does not take goods back that have no fault (T2). */
    void decline(String returnNumber, String why) {
        returned(returnNumber).decline(why);
    }

    /**
     * Tells the customer that it was refused, with the reason of whoever refused it.
     *
     * @return whether goods of his are here and have to go back
     */
    boolean refuse(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        returned.refuse(now());
        giveBack(returned);
        mails.refused(returned, customerOf(returned));
        standingChanged(returned);
        return returned.holdsGoods();
    }

    void withdraw(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        returned.withdraw(now());
        giveBack(returned);
        standingChanged(returned);
    }

    /** What to do now that it is granted; the customer is told. */
    ReturnCase.Next begin(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        ReturnCase.Next next = returned.begin(today(), now());
        mails.granted(returned, customerOf(returned));
        return next;
    }

    // ---- goods

    boolean receive(String returnNumber, List<Integer> counts) {
        return returned(returnNumber).receive(counts);
    }

    void acceptDifference(String returnNumber) {
        returned(returnNumber).acceptDifference();
    }

    /** @param until from today on */
    void awaitRest(String returnNumber, LocalDate until) {
        returned(returnNumber).awaitRest(until);
    }

    /** Tells customer and assistants that goods have not come (T8). */
    void chase(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        mails.chase(returned, customerOf(returned));
    }

    String lapse(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        String outcome = returned.lapse(now());
        if (!returned.status().isOpen()) {
            giveBack(returned);
            mails.lapsed(returned, customerOf(returned));
            standingChanged(returned);
        }
        return outcome;
    }

    boolean appraise(String returnNumber, List<Finding> findings, String actor) {
        return returned(returnNumber).appraise(findings, actor, now());
    }

    /** Puts the goods where they belong; what was found good is in stock again, in the same transaction (T6). */
    void dispose(String returnNumber, List<Disposition> dispositions, String actor) {
        Map<String, Integer> restock = returned(returnNumber).dispose(dispositions, actor, now());
        // whoever was faster is seen here, before anything is in stock twice
        returns.flush();
        restock.forEach(stock::receive);
    }

    // ---- settling

    /** The orders' part sends a replacement (T7): opens the order for it, in advance or after the goods came. */
    String openShipment(String returnNumber, ReturnWork.Kind kind, boolean inAdvance) {
        ReturnCase returned = returned(returnNumber);
        Deliveries.Delivery delivery = deliveries.of(returned.orderNumber()).orElseThrow();
        List<Replacements.Line> lines = returned.lines().stream()
                .filter(line -> inAdvance
                        ? line.isAdvance()
                        : kind == ReturnWork.Kind.REPAIR ? line.awaitsRepair() : line.awaitsExchange())
                .map(line -> new Replacements.Line(
                        kind == ReturnWork.Kind.REPAIR ? line.productCode() : line.replacement(),
                        inAdvance ? line.quantity() : line.settled(),
                        line.surcharge()))
                .toList();
        if (!inAdvance) {
            returned.mustAwait(kind);
        }
        String orderNumber = replacements.open(new Replacements.Wanted(
                returnNumber,
                purpose(returned, kind, inAdvance),
                kind == ReturnWork.Kind.REPAIR ? OrderKind.REPAIR : OrderKind.REPLACEMENT,
                returned.customerCode(),
                today().plusDays(3),
                delivery.deliveryMode(),
                delivery.consignee(),
                delivery.phone(),
                delivery.address(),
                "退换货 " + returnNumber,
                lines,
                returned.proposedBy()));
        if (inAdvance) {
            returned.advanceOpened(orderNumber);
        }
        return orderNumber;
    }

    /** An order that was cancelled is not sent again under its number: the next one gets another purpose. */
    private String purpose(ReturnCase returned, ReturnWork.Kind kind, boolean inAdvance) {
        return inAdvance ? "advance" : kind.code() + "-" + returned.shipmentAttempt(kind);
    }

    /**
     * A shipment's case ended.
     *
     * @return whether the goods went out; if not, somebody has to see to it
     */
    boolean shipmentEnded(String returnNumber, ReturnWork.Kind kind, String orderNumber, boolean inAdvance) {
        ReturnCase returned = returned(returnNumber);
        boolean shipped = isShipped(orderNumber);
        if (inAdvance && !shipped) {
            returned.advanceFailed();
        } else if (!inAdvance && shipped) {
            returned.done(kind, returned.proposedBy(), orderNumber, now());
        } else if (!inAdvance) {
            returned.shipmentFailed(kind);
        }
        return shipped;
    }

    /** Nothing is sent any more: the customer agreed to something else, which the comment says. */
    void settleWithoutShipment(String returnNumber, ReturnWork.Kind kind, String actor, String comment) {
        returned(returnNumber).done(kind, actor, comment, now());
    }

    private boolean isShipped(String orderNumber) {
        OrderStatus status = replacements.status(orderNumber);
        return status == OrderStatus.SHIPPED || status == OrderStatus.ARCHIVED;
    }

    /** Finance prepares the credit note (T7): its number, the invoice it is for, and where money would go. */
    void prepareRefund(String returnNumber, String creditNoteNumber, String account, String actor) {
        ReturnCase returned = returned(returnNumber);
        String invoice = Optional.ofNullable(returned.invoiceNumber())
                .or(() -> deliveries.of(returned.orderNumber()).map(Deliveries.Delivery::invoiceNumber))
                .orElseThrow(() -> RefusedException.conflict("订单 " + returned.orderNumber() + " 还没有开票，开票后才能开红字发票。"));
        creditNotes.mustBeFree(creditNoteNumber);
        BigDecimal creditable = creditNotes.creditable(invoice);
        if (returned.refundDue().compareTo(creditable) > 0) {
            throw RefusedException.conflict("退款 " + returned.refundDue().toPlainString() + " 元超过发票 " + invoice
                    + " 还能冲红的 " + creditable.toPlainString() + " 元。");
        }
        returned.prepareRefund(invoice, creditNoteNumber, account, actor);
    }

    /** Opens the verification that another person does before anything is credited (T7, V1). */
    String openRefundVerification(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        String customer = customerOf(returned).name();
        return verifications.open(
                DocumentType.REFUND,
                returnNumber,
                returned.refundFingerprint(customer),
                returned.refundPreparedBy(),
                returned.refundParties(),
                returned.refundValues(customer));
    }

    /**
     * Books the verified credit note.
     *
     * @return whether money is to be paid back; when not, finance is done with it
     */
    boolean bookRefund(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        var proof = verifications
                .agreement(
                        DocumentType.REFUND,
                        returnNumber,
                        returned.refundFingerprint(customerOf(returned).name()))
                .orElse(null);
        returned.mustBeVerified(proof);
        CreditNote note = creditNotes.book(
                returned.creditNoteNumber(),
                returned.invoiceNumber(),
                returnNumber,
                returned.refundAmount(),
                returned.refundPreparedBy(),
                proof.verifiedBy());
        // what was sold under a special-price agreement may be bought under it again (N2)
        specialPrices.giveBack(
                returned.orderNumber(), returned.refundedGoods(), returnNumber, returned.refundPreparedBy());
        boolean payable = note.payable().signum() > 0;
        if (!payable) {
            returned.done(ReturnWork.Kind.REFUND, returned.refundPreparedBy(), note.creditNoteNumber(), now());
        }
        return payable;
    }

    /** Finance paid the money back. */
    void payBack(String returnNumber, String bankReference, LocalDate paidOn, String actor) {
        creditNotes.confirmRepaid(returnNumber, bankReference, paidOn, actor);
        returned(returnNumber).done(ReturnWork.Kind.REFUND, actor, bankReference, now());
    }

    void repaired(String returnNumber) {
        returned(returnNumber).mustAwait(ReturnWork.Kind.REPAIR);
    }

    void sentToManufacturer(String returnNumber, String waybill, String actor) {
        returned(returnNumber).done(ReturnWork.Kind.MANUFACTURER, actor, waybill, now());
    }

    /**
     * Finance prepares the invoice for what left in advance and was never given back (T8).
     *
     * @return false when nothing left after all: then finance is done with it
     */
    boolean prepareClaim(String returnNumber, String invoiceNumber, String taxNumber, String actor) {
        ReturnCase returned = returned(returnNumber);
        returned.mustAwait(ReturnWork.Kind.CLAIM);
        if (returned.claim().signum() == 0) {
            returned.done(ReturnWork.Kind.CLAIM, actor, "换货单 " + returned.advanceOrder() + " 已取消，不追偿", now());
            return false;
        }
        if (!isShipped(returned.advanceOrder())) {
            throw RefusedException.conflict("换货单 " + returned.advanceOrder() + " 还没有发出，不能开票；请先催发或取消。");
        }
        receivables.mustBeFree(invoiceNumber);
        returned.prepareClaim(invoiceNumber, taxNumber, actor);
        return true;
    }

    /** Opens the verification that another person does before the claim is invoiced (T8, R7). */
    String openClaimVerification(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        List<PreparedValue> values = claimValues(returned);
        return verifications.open(
                DocumentType.INVOICE,
                returnNumber,
                VerificationService.fingerprint(values),
                returned.claimPreparedBy(),
                returned.refundParties(),
                values);
    }

    /** The verified invoice becomes a claim (T8). */
    void bookClaim(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        returned.claimMustBeVerified(verifications
                .agreement(DocumentType.INVOICE, returnNumber, VerificationService.fingerprint(claimValues(returned)))
                .orElse(null));
        receivables.issue(new Invoice.Facts(
                returned.claimInvoiceNumber(),
                returned.customerCode(),
                null,
                today(),
                today().plusDays(customerOf(returned).creditDays()),
                returned.claim(),
                BigDecimal.ZERO.setScale(2),
                false));
        returned.done(ReturnWork.Kind.CLAIM, returned.claimPreparedBy(), returned.claimInvoiceNumber(), now());
        standingChanged(returned);
    }

    private List<PreparedValue> claimValues(ReturnCase returned) {
        Set<String> codes =
                returned.lines().stream().map(ReturnLine::productCode).collect(Collectors.toSet());
        return returned.claimValues(
                masterData.products(codes).values().stream().collect(Collectors.toMap(Product::code, Product::name)));
    }

    void close(String returnNumber, String actor) {
        ReturnCase returned = returned(returnNumber);
        returned.close(actor, now());
        giveBack(returned);
        standingChanged(returned);
    }

    // ---- deadlines (T9)

    void escalateAnswer(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        if (returned.answeredAt() == null) {
            mails.answerOverdue(returned, customerOf(returned));
        }
    }

    void escalateProposal(String returnNumber) {
        ReturnCase returned = returned(returnNumber);
        if (returned.status() == ReturnStatus.ANSWERED) {
            mails.proposalOverdue(returned, customerOf(returned));
        }
    }

    // ---- reading

    /** What of a delivered order can still be returned, by line; refused when nothing of it was delivered. */
    @Transactional(readOnly = true)
    Returnable returnable(String orderNumber) {
        Deliveries.Delivery delivery = deliveries
                .of(orderNumber)
                .orElseThrow(() -> RefusedException.notFound("没有已发货的订单 " + orderNumber + "。"));
        return new Returnable(
                delivery,
                masterData.customer(delivery.customerCode()).orElseThrow().name(),
                ledger.taken(orderNumber));
    }

    /** @param taken units back or on their way back, by line */
    record Returnable(Deliveries.Delivery delivery, String customerName, Map<Integer, Integer> taken) {}

    private void giveBack(ReturnCase returned) {
        ledger.giveBack(returned.orderNumber(), returned.givenUp());
    }

    /** A return that opens or ends is an objection that comes or goes (C7). */
    private void standingChanged(ReturnCase returned) {
        returns.flush();
        events.publishEvent(new CustomerStandingChanged(returned.customerCode()));
    }

    LocalDate today() {
        return LocalDate.now(clock.withZone(WorkingDays.ZONE));
    }

    private Instant now() {
        return Instant.now(clock);
    }
}
