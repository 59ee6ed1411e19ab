package com.shunpi.returns;

import com.shunpi.returns.ReturnApproval.State;
import com.shunpi.shared.Fault;
import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
import com.shunpi.verification.Agreement;
import com.shunpi.verification.PreparedValue;
import com.shunpi.verification.VerificationService;
import com.shunpi.verification.VerifiedField;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A return from its application to its end (T1–T9): refuses whatever a rule forbids, whoever asks. Goods that came in and
 * money that is to go out are told apart, and it closes only when both are done (T8).
 */
@Entity
class ReturnCase {

    /** What the case does next once it is granted. */
    enum Next {
        /** Goods are expected, and a replacement leaves before. */
        ADVANCE,
        /** Goods are expected. */
        GOODS,
        /** The goods are here already, and what they are was said: the solution was settled anew. */
        HERE,
        /** No goods are expected. */
        NOTHING
    }

    @Id
    private String returnNumber;

    @Version
    private Integer version;

    private String source;
    private String externalNumber;
    private String contentDigest;
    private String orderNumber;
    private String customerCode;
    private String invoiceNumber;

    @Enumerated(EnumType.STRING)
    private ReturnReason reason;

    private String description;
    private BigDecimal amount;

    @Enumerated(EnumType.STRING)
    private ReturnStatus status;

    private boolean faultDenied;
    private String severity;
    private int answerMinutes;
    private int proposalMinutes;
    private int arrivalDays;
    private int chaseDays;
    private String appliedBy;
    private Instant appliedAt;
    private String answeredBy;
    private Instant answeredAt;
    private Instant proposalFrom;
    private String proposedBy;
    private Instant proposedAt;
    private String solution;
    private String refusal;

    @Enumerated(EnumType.STRING)
    private CostBearer goodsBorneBy;

    @Enumerated(EnumType.STRING)
    private CostBearer outwardBorneBy;

    @Enumerated(EnumType.STRING)
    private CostBearer backBorneBy;

    @Enumerated(EnumType.STRING)
    private CostBearer repairBorneBy;

    private Integer tableVersion;
    private int roundNumber;
    private Instant approvedAt;
    private LocalDate goodsDueOn;
    private boolean advanceOpened;
    private String advanceOrder;
    private Instant warehouseDoneAt;
    private Instant financeDoneAt;
    private String appraisedBy;
    private String disposedBy;
    private String creditNoteNumber;
    private String refundAccount;
    private BigDecimal refundAmount;
    private String refundPreparedBy;
    private String claimInvoiceNumber;
    private String claimTaxNumber;
    private String claimPreparedBy;
    private String closedBy;
    private Instant closedAt;

    @ElementCollection
    @CollectionTable(name = "return_line", joinColumns = @JoinColumn(name = "return_number"))
    @OrderColumn(name = "position")
    private List<ReturnLine> lines = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "return_approval", joinColumns = @JoinColumn(name = "return_number"))
    @OrderColumn(name = "position")
    private List<ReturnApproval> approvals = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "return_work", joinColumns = @JoinColumn(name = "return_number"))
    private List<ReturnWork> works = new ArrayList<>();

    protected ReturnCase() {}

    /** @param invoiceNumber that billed the goods; null while they are not invoiced, or cost nothing */
    ReturnCase(
            String returnNumber,
            ReturnDraft draft,
            String invoiceNumber,
            List<ReturnLine> lines,
            ReturnGrade grade,
            String appliedBy,
            Instant now) {
        this.returnNumber = returnNumber;
        this.invoiceNumber = invoiceNumber;
        this.appliedBy = appliedBy;
        this.lines.addAll(lines);
        source = draft.source();
        externalNumber = draft.externalNumber();
        contentDigest = draft.digest();
        orderNumber = draft.orderNumber();
        customerCode = draft.customerCode();
        reason = draft.reason();
        description = draft.description();
        amount = value(lines);
        severity = grade.severity();
        answerMinutes = grade.answerMinutes();
        proposalMinutes = grade.proposalMinutes();
        arrivalDays = grade.arrivalDays();
        chaseDays = grade.chaseDays();
        appliedAt = now;
        proposalFrom = now;
        status = ReturnStatus.APPLIED;
    }

    /** What lines were sold for, CNY. */
    static BigDecimal value(Collection<ReturnLine> lines) {
        return lines.stream().map(ReturnLine::value).reduce(Money.amount(BigDecimal.ZERO), BigDecimal::add);
    }

    // ---- answer and solution (T9, T3)

    void answer(String actor, Instant now) {
        mustBe(ReturnStatus.APPLIED);
        status = ReturnStatus.ANSWERED;
        answeredBy = actor;
        answeredAt = now;
    }

    /**
     * Proposes what is to be done; cost bearing is a part of it, so that nothing is approved without (T3). The first time,
     * or anew after a revision or an appraisal that found something else (T5).
     *
     * @param steps who has to approve, in order, at least one
     */
    void propose(Solution proposal, List<ApprovalStep> steps, int tableVersion, String actor, Instant now) {
        mustBe(ReturnStatus.ANSWERED);
        List<Fault> faults = faults(proposal);
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).settle(proposal.lines().get(i));
        }
        solution = proposal.text();
        goodsBorneBy = proposal.costs().goods();
        outwardBorneBy = proposal.costs().outward();
        backBorneBy = proposal.costs().back();
        repairBorneBy = proposal.costs().repair();
        proposedBy = actor;
        proposedAt = now;
        this.tableVersion = tableVersion;
        roundNumber++;
        String terms = termsDigest();
        for (int i = 0; i < steps.size(); i++) {
            approvals.add(new ReturnApproval(roundNumber, i + 1, steps.get(i), terms, appliedBy, actor));
        }
        status = ReturnStatus.PROPOSED;
    }

    /** Everything that is wrong with a proposal. */
    private List<Fault> faults(Solution proposal) {
        List<Fault> faults = new ArrayList<>();
        if (proposal.lines().size() != lines.size()) {
            return List.of(Fault.of("lines", "方案应逐行对应申请的 " + lines.size() + " 行。"));
        }
        if (isFault() && proposal.complaint() == null) {
            faults.add(Fault.of("complaint", "质量问题、发错货和运输损坏须填写品质投诉单：原因、责任方、纠正措施。"));
        }
        for (int i = 0; i < lines.size(); i++) {
            fault(lines.get(i), proposal.lines().get(i)).ifPresent(faults::add);
        }
        return faults;
    }

    private Optional<Fault> fault(ReturnLine line, Solution.Line terms) {
        String at = "lines[" + lines.indexOf(line) + "].";
        String label = "第 " + (lines.indexOf(line) + 1) + " 行：";
        BigDecimal most = line.value();
        if (terms.refundAmount().signum() < 0 || terms.refundAmount().compareTo(most) > 0) {
            return Optional.of(Fault.of(at + "refundAmount", label + "退款不能超过原售价 " + most.toPlainString() + " 元。"));
        }
        if (line.isAdvance() && advanceOpened && !(terms.advance() && terms.outcome() == ReturnOutcome.EXCHANGE)) {
            return Optional.of(Fault.of(at + "outcome", label + "换货已先行发出，这一行只能换货。"));
        }
        if (line.received() > 0 && !terms.goodsBack()) {
            return Optional.of(Fault.of(at + "goodsBack", label + "货已收到，不能改为不退货。"));
        }
        return switch (terms.outcome()) {
            case REFUND ->
                terms.refundAmount().signum() == 0
                        ? Optional.of(Fault.of(at + "refundAmount", label + "请填写退款金额。"))
                        : onlyExchange(terms, at, label);
            case REPAIR -> {
                if (!terms.goodsBack() || terms.refundAmount().signum() > 0) {
                    yield Optional.of(Fault.of(at + "outcome", label + "返修须把货退回，且不退款。"));
                }
                if (line.verdict() != null && !line.isRepairable()) {
                    yield Optional.of(Fault.of(at + "outcome", label + "技术鉴定为不能修复，请改为退款或换货。"));
                }
                yield onlyExchange(terms, at, label);
            }
            case EXCHANGE ->
                terms.advance() && !terms.goodsBack()
                        ? Optional.of(Fault.of(at + "advance", label + "先行换货的，旧货须退回。"))
                        : Optional.empty();
        };
    }

    private static Optional<Fault> onlyExchange(Solution.Line terms, String at, String label) {
        return terms.advance()
                        || terms.replacementProduct() != null
                        || terms.surcharge().signum() > 0
                ? Optional.of(Fault.of(at + "outcome", label + "先行发货、换其他产品和补差价只用于换货。"))
                : Optional.empty();
    }

    /** Whether it counts as a quality fault, a wrong delivery or transport damage: the reason, unless technical denied it (T2, T5). */
    boolean isFault() {
        return reason.isFault() && !faultDenied;
    }

    /** Whether the customer would get something before, or without, giving the goods back. */
    static boolean givesFirst(List<Solution.Line> lines) {
        return lines.stream().anyMatch(line -> line.advance() || !line.goodsBack());
    }

    // ---- approval (T4)

    /**
     * The role whose word is wanted now; empty when all agreed, which grants the return. A role whose holder has agreed to
     * these very terms is not asked again.
     */
    Optional<String> advance(Function<String, Set<String>> holders, Instant now) {
        if (status != ReturnStatus.PROPOSED) {
            return Optional.empty();
        }
        String terms = termsDigest();
        for (ReturnApproval approval : currentRound()) {
            if (approval.isPending()) {
                agreedTo(terms, holders.apply(approval.role()))
                        .ifPresent(person -> approval.decide(State.SKIPPED, person, null, now));
            }
            if (approval.isPending()) {
                return Optional.of(approval.role());
            }
        }
        grant(now);
        return Optional.empty();
    }

    private Optional<String> agreedTo(String terms, Set<String> holders) {
        return approvals.stream()
                .filter(approval -> approval.isAgreedTo(terms))
                .map(ReturnApproval::decidedBy)
                .filter(person -> holders.contains(person) && !isParty(person))
                .findFirst();
    }

    private void grant(Instant now) {
        // nothing is granted that nobody with the right to it has seen (T2, T4)
        if (currentRound().isEmpty()) {
            throw RefusedException.conflict("退货 " + returnNumber + " 还没有审批人，不能生效。");
        }
        approvedAt = now;
        status = ReturnStatus.AWAITED;
    }

    List<ReturnApproval> currentRound() {
        return approvals.stream()
                .filter(approval -> approval.roundNumber() == roundNumber)
                .toList();
    }

    void approve(String role, String actor, String comment, Instant now) {
        pending(role, actor).decide(State.APPROVED, actor, comment, now);
    }

    void revise(String role, String actor, String comment, Instant now) {
        pending(role, actor).decide(State.REVISED, actor, comment, now);
        status = ReturnStatus.ANSWERED;
        proposalFrom = now;
    }

    void reject(String role, String actor, String comment, Instant now) {
        mustNotHaveShipped();
        pending(role, actor).decide(State.REJECTED, actor, comment, now);
        refusal = comment;
    }

    private ReturnApproval pending(String role, String actor) {
        mustBe(ReturnStatus.PROPOSED);
        if (isParty(actor)) {
            throw RefusedException.forbidden("不能审批自己提出的退换货。");
        }
        ReturnApproval next = currentRound().stream()
                .filter(ReturnApproval::isPending)
                .findFirst()
                .orElseThrow(() -> RefusedException.conflict("退货 " + returnNumber + " 已审批完。"));
        if (!next.role().equals(role)) {
            throw RefusedException.conflict("现在轮到的不是这一级审批。");
        }
        return next;
    }

    /** Whether he applied for it or proposed it. */
    boolean isParty(String userId) {
        return userId.equals(appliedBy) || userId.equals(proposedBy);
    }

    private void mustNotHaveShipped() {
        if (advanceOpened) {
            throw RefusedException.conflict("换货已先行发出，不能拒绝或撤回；请修改方案。");
        }
    }

    /** Without a fault it is refused in principle, and nobody has to be asked for that (T2). */
    void decline(String why) {
        mustBe(ReturnStatus.ANSWERED);
        mustNotHaveShipped();
        if (isFault()) {
            throw RefusedException.conflict("质量问题、发错货和运输损坏不能直接拒绝，请提出方案报批。");
        }
        refusal = why;
    }

    void refuse(Instant now) {
        mustBeOpen();
        mustNotHaveShipped();
        if (refusal == null) {
            throw wrongState();
        }
        end(ReturnStatus.REFUSED, now);
    }

    void withdraw(Instant now) {
        mustBeOpen();
        mustNotHaveShipped();
        if (holdsGoods()) {
            throw RefusedException.conflict("货已收到，不能撤回；请选择不予退换，货退回客户。");
        }
        if (status != ReturnStatus.APPLIED && status != ReturnStatus.ANSWERED) {
            throw wrongState();
        }
        end(ReturnStatus.WITHDRAWN, now);
    }

    private void end(ReturnStatus end, Instant now) {
        status = end;
        closedAt = now;
    }

    /** Whether goods of this case are in our warehouse that nothing was done with yet. */
    boolean holdsGoods() {
        return disposedBy == null && lines.stream().anyMatch(line -> line.received() > 0);
    }

    // ---- goods (T5, T6)

    /** What to do now that it is granted. */
    Next begin(LocalDate today, Instant now) {
        mustBe(ReturnStatus.AWAITED);
        if (appraisedBy != null) {
            status = ReturnStatus.APPRAISED;
            return Next.HERE;
        }
        if (lines.stream().noneMatch(ReturnLine::isGoodsBack)) {
            warehouseDone(now);
            return Next.NOTHING;
        }
        goodsDueOn = today.plusDays(arrivalDays);
        return lines.stream().anyMatch(ReturnLine::isAdvance) && !advanceOpened ? Next.ADVANCE : Next.GOODS;
    }

    /** @param orderNumber the order that sends the replacement */
    void advanceOpened(String orderNumber) {
        advanceOpened = true;
        advanceOrder = orderNumber;
    }

    /** The order that was to go in advance was cancelled: what it was for is exchanged once the goods are here. */
    void advanceFailed() {
        advanceOpened = false;
        lines.stream().filter(ReturnLine::isAdvance).forEach(ReturnLine::leaveForLater);
    }

    /**
     * The warehouse counted what arrived, on top of what had come before.
     *
     * @param counts units per line, 0 or more
     * @return whether it is now exactly what was approved; if not, the assistant decides and nothing goes into stock
     */
    boolean receive(List<Integer> counts) {
        mustBe(ReturnStatus.AWAITED);
        if (counts.size() != lines.size()) {
            throw RefusedException.invalid("counts", "清点应逐行对应批准的 " + lines.size() + " 行。");
        }
        for (int i = 0; i < counts.size(); i++) {
            lines.get(i).receive(counts.get(i));
        }
        boolean complete = lines.stream().allMatch(ReturnLine::isComplete)
                && lines.stream().allMatch(line -> line.isGoodsBack() || line.received() == 0);
        if (complete) {
            settleReceived();
        } else {
            status = ReturnStatus.DIFFERENT;
        }
        return complete;
    }

    /** What came is all that comes: what is missing is not settled, what is too much goes back to the customer. */
    void acceptDifference() {
        mustBe(ReturnStatus.DIFFERENT);
        if (!anythingReceived()) {
            throw RefusedException.conflict("一件也没有收到，请继续等货。");
        }
        settleReceived();
    }

    /** The rest is still to come, by that day. */
    void awaitRest(LocalDate until) {
        mustBe(ReturnStatus.DIFFERENT);
        goodsDueOn = until;
        status = ReturnStatus.AWAITED;
    }

    private void settleReceived() {
        lines.forEach(ReturnLine::settleReceived);
        status = ReturnStatus.RECEIVED;
    }

    private boolean anythingReceived() {
        return lines.stream().anyMatch(line -> line.received() > 0);
    }

    /**
     * The goods did not come in time (T8). What came is settled; what left in advance is claimed; if there is neither, the
     * case lapses.
     *
     * @return {@code received}, {@code claim} or {@code lapsed}
     */
    String lapse(Instant now) {
        mustBe(ReturnStatus.AWAITED);
        lines.forEach(ReturnLine::settleReceived);
        if (anythingReceived()) {
            status = ReturnStatus.RECEIVED;
            return "received";
        }
        boolean keptWithoutGoods = lines.stream().anyMatch(line -> !line.isGoodsBack());
        if (advanceOpened || keptWithoutGoods) {
            warehouseDone(now);
            return "claim";
        }
        end(ReturnStatus.LAPSED, now);
        return "lapsed";
    }

    /**
     * Technical says what the goods are (T5).
     *
     * @return whether the solution still fits; if not, cost bearing and outcome are settled anew
     */
    boolean appraise(List<Finding> findings, String actor, Instant now) {
        mustBe(ReturnStatus.RECEIVED);
        if (findings.size() != lines.size()) {
            throw RefusedException.invalid("findings", "鉴定应逐行对应批准的 " + lines.size() + " 行。");
        }
        boolean fits = true;
        for (int i = 0; i < findings.size(); i++) {
            ReturnLine line = lines.get(i);
            Finding finding = findings.get(i);
            if (line.received() == 0) {
                continue;
            }
            if (finding == null || finding.verdict() == null) {
                throw RefusedException.invalid("findings[" + i + "].verdict", "第 " + (i + 1) + " 行：请填写鉴定结论。");
            }
            if (finding.good() < 0 || finding.good() > line.received()) {
                throw RefusedException.invalid(
                        "findings[" + i + "].good", "第 " + (i + 1) + " 行：完好数量应为 0 至 " + line.received() + "。");
            }
            line.find(finding);
            boolean denied = reason.isFault() && finding.verdict() != Verdict.CONFIRMED;
            faultDenied |= denied;
            fits &= !denied
                    && finding.verdict() != Verdict.CUSTOMER_CAUSED
                    && !(line.outcome() == ReturnOutcome.REPAIR && !finding.repairable());
        }
        appraisedBy = actor;
        status = fits ? ReturnStatus.APPRAISED : ReturnStatus.ANSWERED;
        if (!fits) {
            proposalFrom = now;
        }
        return fits;
    }

    /**
     * The warehouse puts the goods where they belong (T6), once.
     *
     * @return units that go back into stock, by product code
     */
    Map<String, Integer> dispose(List<Disposition> dispositions, String actor, Instant now) {
        mustBe(ReturnStatus.APPRAISED);
        if (dispositions.size() != lines.size()) {
            throw RefusedException.invalid("dispositions", "处置应逐行对应批准的 " + lines.size() + " 行。");
        }
        List<Fault> faults = new ArrayList<>();
        Map<String, Integer> restock = new TreeMap<>();
        for (int i = 0; i < dispositions.size(); i++) {
            ReturnLine line = lines.get(i);
            Disposition disposition = dispositions.get(i);
            int count = line.isGoodsBack() ? line.settled() : 0;
            String at = "dispositions[" + i + "]";
            if (disposition.sum() != count) {
                faults.add(
                        Fault.of(at, "第 " + (i + 1) + " 行：各项处置合计应为 " + count + " 件，现为 " + disposition.sum() + " 件。"));
            } else if (disposition.restock() > line.good()) {
                faults.add(Fault.of(at + ".restock", "第 " + (i + 1) + " 行：鉴定完好的只有 " + line.good() + " 件，不能多入库。"));
            } else if (line.outcome() == ReturnOutcome.REPAIR && disposition.toRepair() != count) {
                faults.add(Fault.of(at + ".toRepair", "第 " + (i + 1) + " 行：客户的返修品只能送修。"));
            } else {
                line.dispose(disposition);
                restock.merge(line.productCode(), disposition.restock(), Integer::sum);
            }
        }
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        disposedBy = actor;
        warehouseDone(now);
        restock.values().removeIf(quantity -> quantity == 0);
        return restock;
    }

    /** The warehouse has nothing more to do: what is left is settling (T8). */
    private void warehouseDone(Instant now) {
        warehouseDoneAt = now;
        status = ReturnStatus.SETTLING;
        openWork(ReturnWork.Kind.REFUND, refundDue().signum() > 0);
        openWork(ReturnWork.Kind.EXCHANGE, lines.stream().anyMatch(ReturnLine::awaitsExchange));
        openWork(ReturnWork.Kind.REPAIR, lines.stream().anyMatch(ReturnLine::awaitsRepair));
        openWork(
                ReturnWork.Kind.MANUFACTURER,
                lines.stream().anyMatch(line -> line.disposition().toManufacturer() > 0));
        openWork(ReturnWork.Kind.CLAIM, claim().signum() > 0);
        checkFinance(now);
    }

    private void openWork(ReturnWork.Kind kind, boolean wanted) {
        if (wanted) {
            works.add(new ReturnWork(kind));
        }
    }

    private void checkFinance(Instant now) {
        if (financeDoneAt == null
                && works.stream().filter(work -> work.kind().isFinance()).allMatch(ReturnWork::isDone)) {
            financeDoneAt = now;
        }
    }

    // ---- settling (T7)

    /** What is to be done, in a fixed order. */
    List<ReturnWork> works() {
        return works.stream()
                .sorted(java.util.Comparator.comparing(ReturnWork::kind))
                .toList();
    }

    /** Refused when there is no such work, or it was done before. */
    void mustAwait(ReturnWork.Kind kind) {
        mustBe(ReturnStatus.SETTLING);
        if (works.stream().noneMatch(work -> work.kind() == kind && !work.isDone())) {
            throw RefusedException.conflict("退货 " + returnNumber + " 没有待办的“" + kind.label() + "”。");
        }
    }

    void done(ReturnWork.Kind kind, String actor, String note, Instant now) {
        mustAwait(kind);
        works.stream().filter(work -> work.kind() == kind).forEach(work -> work.done(actor, note, now));
        checkFinance(now);
    }

    /** Which try to send the goods this is, counted from 1. */
    int shipmentAttempt(ReturnWork.Kind kind) {
        return works.stream()
                .filter(work -> work.kind() == kind)
                .mapToInt(ReturnWork::attempt)
                .max()
                .orElse(1);
    }

    void shipmentFailed(ReturnWork.Kind kind) {
        works.stream().filter(work -> work.kind() == kind).forEach(ReturnWork::failed);
    }

    /** All that is refunded, CNY, for what was settled. */
    BigDecimal refundDue() {
        return lines.stream().map(ReturnLine::refundDue).reduce(Money.amount(BigDecimal.ZERO), BigDecimal::add);
    }

    /** Units that came back for their money, by product code. */
    Map<String, Integer> refundedGoods() {
        Map<String, Integer> goods = new TreeMap<>();
        lines.stream()
                .filter(line -> line.outcome() == ReturnOutcome.REFUND && line.isGoodsBack() && line.settled() > 0)
                .forEach(line -> goods.merge(line.productCode(), line.settled(), Integer::sum));
        return goods;
    }

    /** What the customer pays for goods sent in advance whose old ones never came, CNY. */
    BigDecimal claim() {
        return advanceOpened
                ? lines.stream().map(ReturnLine::claim).reduce(Money.amount(BigDecimal.ZERO), BigDecimal::add)
                : Money.amount(BigDecimal.ZERO);
    }

    /** Finance prepares the invoice for what left in advance; another person verifies it (R7). */
    void prepareClaim(String invoiceNumber, String taxNumber, String actor) {
        mustAwait(ReturnWork.Kind.CLAIM);
        claimInvoiceNumber = invoiceNumber;
        claimTaxNumber = taxNumber;
        claimPreparedBy = actor;
    }

    /** @param names of the products, by their code */
    List<PreparedValue> claimValues(Map<String, String> names) {
        List<PreparedValue> values = new ArrayList<>();
        List<ReturnLine> claimed =
                lines.stream().filter(line -> line.claimed() > 0).toList();
        for (int i = 0; i < claimed.size(); i++) {
            ReturnLine line = claimed.get(i);
            values.add(new PreparedValue(
                    VerifiedField.PRODUCT, i, line.productCode() + " " + names.get(line.productCode())));
            values.add(new PreparedValue(VerifiedField.QUANTITY, i, String.valueOf(line.claimed())));
            values.add(new PreparedValue(
                    VerifiedField.UNIT_PRICE, i, line.unitPrice().toPlainString()));
        }
        values.add(PreparedValue.of(VerifiedField.AMOUNT, claim().toPlainString()));
        values.add(PreparedValue.of(VerifiedField.INVOICE_NUMBER, claimInvoiceNumber));
        values.add(PreparedValue.of(VerifiedField.TAX_NUMBER, claimTaxNumber));
        return values;
    }

    /** Refused without the proof that another person saw exactly this invoice (T8, R7). */
    void claimMustBeVerified(Agreement proof) {
        mustAwait(ReturnWork.Kind.CLAIM);
        if (proof == null || proof.verifiedBy().equals(claimPreparedBy)) {
            throw RefusedException.conflict("退换货 " + returnNumber + " 的追偿发票未经另一人复核，不能入账。");
        }
    }

    String claimInvoiceNumber() {
        return claimInvoiceNumber;
    }

    String claimPreparedBy() {
        return claimPreparedBy;
    }

    /** @param invoice number of the invoice to be credited */
    void prepareRefund(String invoice, String creditNoteNumber, String account, String actor) {
        mustAwait(ReturnWork.Kind.REFUND);
        invoiceNumber = invoice;
        this.creditNoteNumber = creditNoteNumber;
        refundAccount = account;
        refundAmount = refundDue();
        refundPreparedBy = actor;
    }

    List<PreparedValue> refundValues(String customerName) {
        return List.of(
                PreparedValue.of(VerifiedField.CUSTOMER, customerName),
                PreparedValue.of(VerifiedField.ACCOUNT, refundAccount),
                PreparedValue.of(VerifiedField.AMOUNT, refundAmount.toPlainString()));
    }

    /** What the proof of two people has to be about (V3). */
    String refundFingerprint(String customerName) {
        List<PreparedValue> values = new ArrayList<>(refundValues(customerName));
        values.add(PreparedValue.of(VerifiedField.INVOICE_NUMBER, invoiceNumber + " / " + creditNoteNumber));
        return VerificationService.fingerprint(values);
    }

    /** Refused without the proof that another person saw exactly this refund (T7, V1). */
    void mustBeVerified(Agreement proof) {
        mustAwait(ReturnWork.Kind.REFUND);
        if (proof == null || proof.verifiedBy().equals(refundPreparedBy)) {
            throw RefusedException.conflict("退货 " + returnNumber + " 的退款未经另一人复核，不能入账。");
        }
    }

    // ---- end (T8)

    void close(String actor, Instant now) {
        mustBe(ReturnStatus.SETTLING);
        if (warehouseDoneAt == null || financeDoneAt == null || !works.stream().allMatch(ReturnWork::isDone)) {
            throw RefusedException.conflict("仓库收货和财务办理都完成后才能结案（" + returnNumber + "）。");
        }
        closedBy = actor;
        end(ReturnStatus.CLOSED, now);
    }

    /** Units of each order line that this case no longer takes: they may be returned another time. */
    Map<Integer, Integer> givenUp() {
        Map<Integer, Integer> givenUp = new LinkedHashMap<>();
        boolean taken = status == ReturnStatus.CLOSED;
        for (ReturnLine line : lines) {
            // what was repaired is the customer's again
            int kept = taken && line.outcome() != ReturnOutcome.REPAIR ? line.settled() : 0;
            if (line.quantity() > kept) {
                givenUp.put(line.orderLine(), line.quantity() - kept);
            }
        }
        return givenUp;
    }

    /** Everybody who acted on the values of the refund before it is verified (V1). */
    Set<String> refundParties() {
        Set<String> parties = new HashSet<>();
        parties.add(appliedBy);
        if (proposedBy != null) {
            parties.add(proposedBy);
        }
        return parties;
    }

    /** Digest of what was proposed: an agreement to it stands for it alone. */
    private String termsDigest() {
        StringBuilder terms = new StringBuilder()
                .append(solution)
                .append('|')
                .append(List.of(goodsBorneBy, outwardBorneBy, backBorneBy, repairBorneBy))
                .append('|')
                .append(faultDenied);
        lines.forEach(line -> terms.append('|')
                .append(line.outcome())
                .append(line.isGoodsBack())
                .append(line.isAdvance())
                .append(line.replacementProduct())
                .append(line.surcharge())
                .append('/')
                .append(line.refundAmount())
                .append(line.received()));
        return Digest.sha256(terms.toString());
    }

    private void mustBeOpen() {
        if (!status.isOpen()) {
            throw RefusedException.conflict("退货 " + returnNumber + " 已结束（" + status.label() + "）。");
        }
    }

    private void mustBe(ReturnStatus wanted) {
        if (status != wanted) {
            throw wrongState();
        }
    }

    private RefusedException wrongState() {
        return RefusedException.conflict("退货 " + returnNumber + " 现在是“" + status.label() + "”，不能这样办理。");
    }

    // ---- facts

    String returnNumber() {
        return returnNumber;
    }

    String contentDigest() {
        return contentDigest;
    }

    String orderNumber() {
        return orderNumber;
    }

    String customerCode() {
        return customerCode;
    }

    /** Null while there is none. */
    String invoiceNumber() {
        return invoiceNumber;
    }

    ReturnReason reason() {
        return reason;
    }

    String description() {
        return description;
    }

    BigDecimal amount() {
        return amount;
    }

    ReturnStatus status() {
        return status;
    }

    String severity() {
        return severity;
    }

    String appliedBy() {
        return appliedBy;
    }

    Instant appliedAt() {
        return appliedAt;
    }

    Instant answeredAt() {
        return answeredAt;
    }

    Instant proposedAt() {
        return proposedAt;
    }

    String proposedBy() {
        return proposedBy;
    }

    String solution() {
        return solution;
    }

    CostBearer goodsBorneBy() {
        return goodsBorneBy;
    }

    CostBearer outwardBorneBy() {
        return outwardBorneBy;
    }

    CostBearer backBorneBy() {
        return backBorneBy;
    }

    CostBearer repairBorneBy() {
        return repairBorneBy;
    }

    /** Which proposal is the last one, counted from 1. */
    int approvedRound() {
        return roundNumber;
    }

    Integer tableVersion() {
        return tableVersion;
    }

    /** The last moment for the first answer (T9). */
    Instant answerBy() {
        return appliedAt.plusSeconds(60L * answerMinutes);
    }

    /** The last moment for a solution (T9), counted anew whenever one is wanted anew. */
    Instant proposeBy() {
        return proposalFrom.plusSeconds(60L * proposalMinutes);
    }

    /** The last day for the goods to arrive; null while none are expected. */
    LocalDate goodsDueOn() {
        return goodsDueOn;
    }

    /** The last day before the case lapses (T8). */
    LocalDate lapsesOn() {
        return goodsDueOn.plusDays(chaseDays);
    }

    /** The order that sends the replacement in advance; null when there is none. */
    String advanceOrder() {
        return advanceOrder;
    }

    Instant warehouseDoneAt() {
        return warehouseDoneAt;
    }

    Instant financeDoneAt() {
        return financeDoneAt;
    }

    String creditNoteNumber() {
        return creditNoteNumber;
    }

    String refundAccount() {
        return refundAccount;
    }

    BigDecimal refundAmount() {
        return refundAmount;
    }

    String refundPreparedBy() {
        return refundPreparedBy;
    }

    Instant closedAt() {
        return closedAt;
    }

    /** Why it was refused; null unless it was. */
    String refusal() {
        return refusal;
    }

    List<ReturnLine> lines() {
        return List.copyOf(lines);
    }

    List<ReturnApproval> approvals() {
        return List.copyOf(approvals);
    }
}
