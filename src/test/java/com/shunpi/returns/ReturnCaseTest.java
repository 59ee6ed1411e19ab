package com.shunpi.returns;

import static com.shunpi.workflow.Groups.SALES_DIRECTOR;
import static com.shunpi.workflow.Groups.SALES_MANAGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.returns.Solution.Complaint;
import com.shunpi.returns.Solution.Costs;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** T2–T8 in the aggregate: the refusals first. */
class ReturnCaseTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Costs COSTS =
            new Costs(CostBearer.COMPANY, CostBearer.COMPANY, CostBearer.CARRIER, CostBearer.NONE);
    private static final Complaint COMPLAINT = new Complaint("虚焊", CostBearer.MANUFACTURER, "加严检验");
    private static final List<ApprovalStep> TWO_STEPS = List.of(
            new ApprovalStep(SALES_MANAGER, List.of("确认")), new ApprovalStep(SALES_DIRECTOR, List.of("超过 5000 元")));

    private static Solution.Line line(ReturnOutcome outcome, String refund) {
        return new Solution.Line(outcome, true, false, null, BigDecimal.ZERO, new BigDecimal(refund));
    }

    private static Solution solution(Complaint complaint, Solution.Line... lines) {
        return new Solution("按约定办理", COSTS, List.of(lines), complaint);
    }

    /** Two units at 100.00, answered. */
    private static ReturnCase answered(ReturnReason reason) {
        ReturnDraft draft = new ReturnDraft("test", "E1", "SO-1", "C1", reason, "不通电", List.of(), List.of());
        ReturnCase returned = new ReturnCase(
                "RT-1",
                draft,
                "INV-1",
                List.of(new ReturnLine(0, "P1", new BigDecimal("100.0000"), 2, ReturnOutcome.REFUND)),
                new ReturnGrade("一般", 60, 1440, 15, 15),
                "rep1",
                NOW);
        returned.answer("assistant1", NOW);
        return returned;
    }

    private static ReturnCase proposed(Solution.Line terms) {
        ReturnCase returned = answered(ReturnReason.QUALITY);
        returned.propose(solution(COMPLAINT, terms), TWO_STEPS, 1, "assistant1", NOW);
        return returned;
    }

    private static Set<String> holders(String role) {
        return Set.of(role.equals(SALES_MANAGER) ? "manager" : "director");
    }

    private static ReturnCase granted(Solution.Line terms) {
        ReturnCase returned = proposed(terms);
        returned.advance(ReturnCaseTest::holders, NOW);
        returned.approve(SALES_MANAGER, "manager", null, NOW);
        returned.advance(ReturnCaseTest::holders, NOW);
        returned.approve(SALES_DIRECTOR, "director", null, NOW);
        assertThat(returned.advance(ReturnCaseTest::holders, NOW)).isEmpty();
        returned.begin(TODAY, NOW);
        return returned;
    }

    private static void refusesTerms(ReturnReason reason, Solution solution, String message) {
        assertThatThrownBy(() -> answered(reason).propose(solution, TWO_STEPS, 1, "assistant1", NOW))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFaultNeedsItsComplaintRecordBeforeAnybodyApproves() { // T3
        refusesTerms(ReturnReason.QUALITY, solution(null, line(ReturnOutcome.REFUND, "200")), "品质投诉单");
        ReturnCase other = answered(ReturnReason.NOT_WANTED);
        other.propose(solution(null, line(ReturnOutcome.REFUND, "200")), TWO_STEPS, 1, "assistant1", NOW);
        assertThat(other.status()).isEqualTo(ReturnStatus.PROPOSED);
    }

    @Test
    void termsThatMakeNoSenseAreRefused() { // T7
        refusesTerms(ReturnReason.QUALITY, solution(COMPLAINT, line(ReturnOutcome.REFUND, "200.01")), "不能超过原售价 200.00");
        refusesTerms(ReturnReason.QUALITY, solution(COMPLAINT, line(ReturnOutcome.REFUND, "0")), "请填写退款金额");
        refusesTerms(ReturnReason.QUALITY, solution(COMPLAINT, line(ReturnOutcome.REPAIR, "1")), "返修须把货退回");
        refusesTerms(ReturnReason.QUALITY, solution(COMPLAINT), "逐行对应");
        refusesTerms(
                ReturnReason.QUALITY,
                solution(
                        COMPLAINT,
                        new Solution.Line(ReturnOutcome.REFUND, true, true, null, BigDecimal.ZERO, BigDecimal.ONE)),
                "只用于换货");
        refusesTerms(
                ReturnReason.QUALITY,
                solution(
                        COMPLAINT,
                        new Solution.Line(ReturnOutcome.EXCHANGE, false, true, null, BigDecimal.ZERO, BigDecimal.ZERO)),
                "旧货须退回");
    }

    @Test
    void onlyWhoseTurnItIsDecides() { // T4
        ReturnCase returned = proposed(line(ReturnOutcome.REFUND, "200"));
        assertThatThrownBy(() -> returned.approve(SALES_DIRECTOR, "director", null, NOW))
                .hasMessageContaining("不是这一级");
        assertThatThrownBy(() -> returned.approve(SALES_MANAGER, "assistant1", null, NOW))
                .hasMessageContaining("自己");
        assertThatThrownBy(() -> returned.approve(SALES_MANAGER, "rep1", null, NOW))
                .hasMessageContaining("自己");
        assertThatThrownBy(() -> returned.begin(TODAY, NOW)).hasMessageContaining("审批中");
    }

    @Test
    void whoHoldsBothRolesIsAskedOnce() { // T4
        ReturnCase returned = proposed(line(ReturnOutcome.REFUND, "200"));
        returned.approve(SALES_MANAGER, "boss", null, NOW);
        assertThat(returned.advance(role -> Set.of("boss"), NOW)).isEmpty();
        assertThat(returned.currentRound())
                .extracting(ReturnApproval::state)
                .containsExactly(ReturnApproval.State.APPROVED, ReturnApproval.State.SKIPPED);
    }

    @Test
    void whoAgreedAndThenProposesItHimselfHasAgreedToNothing() { // T4
        ReturnCase returned = proposed(line(ReturnOutcome.REFUND, "200"));
        returned.approve(SALES_MANAGER, "boss", null, NOW);
        returned.revise(SALES_DIRECTOR, "director", "再谈", NOW);
        returned.propose(solution(COMPLAINT, line(ReturnOutcome.REFUND, "200")), TWO_STEPS, 1, "boss", NOW);
        assertThat(returned.advance(role -> Set.of("boss"), NOW)).contains(SALES_MANAGER);
    }

    @Test
    void nothingIsClosedBeforeWarehouseAndFinanceAreDone() { // T8
        ReturnCase returned = granted(line(ReturnOutcome.REFUND, "200"));
        assertThatThrownBy(() -> returned.close("assistant1", NOW)).hasMessageContaining("待收货");
        returned.receive(List.of(2));
        returned.appraise(List.of(new Finding(Verdict.CONFIRMED, false, 2)), "technical1", NOW);
        returned.dispose(List.of(new Disposition(2, 0, 0, 0)), "warehouse1", NOW);
        assertThat(returned.warehouseDoneAt()).isNotNull();
        assertThat(returned.financeDoneAt()).isNull();
        assertThatThrownBy(() -> returned.close("assistant1", NOW)).hasMessageContaining("财务");
        returned.done(ReturnWork.Kind.REFUND, "finance1", "CN-1", NOW);
        assertThatThrownBy(() -> returned.done(ReturnWork.Kind.REFUND, "finance1", "CN-1", NOW))
                .hasMessageContaining("没有待办");
        returned.close("assistant1", NOW);
        assertThat(returned.status()).isEqualTo(ReturnStatus.CLOSED);
    }

    @Test
    void goodsAreDisposedOfOnceAndNoMoreThanWereGood() { // T6
        ReturnCase returned = granted(line(ReturnOutcome.REFUND, "200"));
        returned.receive(List.of(2));
        assertThatThrownBy(() -> returned.dispose(List.of(new Disposition(2, 0, 0, 0)), "warehouse1", NOW))
                .hasMessageContaining("待鉴定");
        assertThatThrownBy(
                        () -> returned.appraise(List.of(new Finding(Verdict.CONFIRMED, false, 3)), "technical1", NOW))
                .hasMessageContaining("0 至 2");
        returned.appraise(List.of(new Finding(Verdict.CONFIRMED, false, 1)), "technical1", NOW);
        assertThatThrownBy(() -> returned.dispose(List.of(new Disposition(2, 0, 0, 0)), "warehouse1", NOW))
                .hasMessageContaining("不能多入库");
        assertThat(returned.dispose(List.of(new Disposition(1, 1, 0, 0)), "warehouse1", NOW))
                .containsEntry("P1", 1);
        assertThatThrownBy(() -> returned.dispose(List.of(new Disposition(1, 1, 0, 0)), "warehouse1", NOW))
                .hasMessageContaining("办理中");
    }

    @Test
    void aFaultThatIsNotConfirmedIsNone() { // T2, T5
        ReturnCase returned = granted(line(ReturnOutcome.REFUND, "200"));
        returned.receive(List.of(2));
        assertThat(returned.appraise(List.of(new Finding(Verdict.NOT_CONFIRMED, true, 2)), "technical1", NOW))
                .isFalse();
        assertThat(returned.isFault()).isFalse();
        assertThat(returned.status()).isEqualTo(ReturnStatus.ANSWERED);
    }

    @Test
    void whatCannotBeRepairedIsSettledAnew() { // T5
        ReturnCase returned = granted(line(ReturnOutcome.REPAIR, "0"));
        returned.receive(List.of(2));
        assertThat(returned.appraise(List.of(new Finding(Verdict.CONFIRMED, false, 0)), "technical1", NOW))
                .isFalse();
        assertThat(returned.isFault()).isTrue();
        assertThatThrownBy(() -> returned.propose(
                        solution(COMPLAINT, line(ReturnOutcome.REPAIR, "0")), TWO_STEPS, 1, "assistant1", NOW))
                .hasMessageContaining("不能修复");
    }

    @Test
    void aSolutionWantedAnewHasItsTimeAnew() { // T9
        Instant later = NOW.plus(Duration.ofDays(3));
        ReturnCase returned = proposed(line(ReturnOutcome.REFUND, "200"));
        assertThat(returned.proposeBy()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        returned.revise(SALES_MANAGER, "manager", "太多", later);
        assertThat(returned.proposeBy()).isEqualTo(later.plus(Duration.ofDays(1)));

        ReturnCase denied = granted(line(ReturnOutcome.REFUND, "200"));
        denied.receive(List.of(2));
        denied.appraise(List.of(new Finding(Verdict.NOT_CONFIRMED, true, 2)), "technical1", later);
        assertThat(denied.proposeBy()).isEqualTo(later.plus(Duration.ofDays(1)));
    }

    @Test
    void nothingIsGrantedThatNobodyWasAskedAbout() { // T2, T4
        ReturnCase returned = answered(ReturnReason.QUALITY);
        returned.propose(solution(COMPLAINT, line(ReturnOutcome.REFUND, "200")), List.of(), 1, "assistant1", NOW);
        assertThatThrownBy(() -> returned.advance(ReturnCaseTest::holders, NOW)).hasMessageContaining("还没有审批人");
    }

    @Test
    void whatTheCustomerCausedIsSettledAnewThoughNoFaultWasClaimed() { // T5
        ReturnCase returned = answered(ReturnReason.NOT_WANTED);
        returned.propose(
                solution(null, line(ReturnOutcome.REFUND, "200")), TWO_STEPS.subList(0, 1), 1, "assistant1", NOW);
        returned.approve(SALES_MANAGER, "manager", null, NOW);
        returned.advance(ReturnCaseTest::holders, NOW);
        returned.begin(TODAY, NOW);
        returned.receive(List.of(2));
        assertThat(returned.appraise(List.of(new Finding(Verdict.CUSTOMER_CAUSED, true, 0)), "technical1", NOW))
                .isFalse();
    }

    @Test
    void goodsThatWereToStayWithTheCustomerAreADifference() { // T6
        ReturnCase returned = twoLines(
                line(ReturnOutcome.REFUND, "100"),
                new Solution.Line(ReturnOutcome.REFUND, false, false, null, BigDecimal.ZERO, new BigDecimal("10")));
        assertThat(returned.receive(List.of(1, 1))).isFalse();
        assertThat(returned.status()).isEqualTo(ReturnStatus.DIFFERENT);
    }

    @Test
    void whatDidNotComeIsNotAppraised() { // T5, T6
        ReturnCase returned = twoLines(line(ReturnOutcome.REFUND, "100"), line(ReturnOutcome.REFUND, "100"));
        returned.receive(List.of(0, 0));
        assertThatThrownBy(returned::acceptDifference).hasMessageContaining("一件也没有收到");
        returned.awaitRest(TODAY);
        returned.receive(List.of(1, 0));
        returned.acceptDifference();
        assertThatThrownBy(() -> returned.appraise(Arrays.asList(null, null), "technical1", NOW))
                .hasMessageContaining("请填写鉴定结论");
        assertThat(returned.appraise(Arrays.asList(new Finding(Verdict.CONFIRMED, false, 1), null), "technical1", NOW))
                .isTrue();
        assertThat(returned.refundDue()).isEqualByComparingTo("100.00");
    }

    @Test
    void theCustomersGoodsAreRepairedAndNothingElse() { // T6, T7
        ReturnCase returned = granted(line(ReturnOutcome.REPAIR, "0"));
        returned.receive(List.of(2));
        returned.appraise(List.of(new Finding(Verdict.CONFIRMED, true, 2)), "technical1", NOW);
        for (Disposition other : List.of(new Disposition(2, 0, 0, 0), new Disposition(0, 1, 1, 0))) {
            assertThatThrownBy(() -> returned.dispose(List.of(other), "warehouse1", NOW))
                    .hasMessageContaining("只能送修");
        }
        assertThat(returned.dispose(List.of(new Disposition(0, 0, 2, 0)), "warehouse1", NOW))
                .isEmpty();
        returned.done(ReturnWork.Kind.REPAIR, "assistant1", "SO-2", NOW);
        returned.close("assistant1", NOW);
        // they are his again, and may come back another time (T1)
        assertThat(returned.givenUp()).containsOnly(Map.entry(0, 2));
    }

    @Test
    void nothingIsClosedBeforeTheManufacturerHasHisGoods() { // T7, T8
        ReturnCase returned = granted(line(ReturnOutcome.REFUND, "200"));
        returned.receive(List.of(2));
        returned.appraise(List.of(new Finding(Verdict.CONFIRMED, false, 0)), "technical1", NOW);
        returned.dispose(List.of(new Disposition(0, 0, 0, 2)), "warehouse1", NOW);
        returned.done(ReturnWork.Kind.REFUND, "finance1", "CN-1", NOW);
        assertThat(returned.financeDoneAt()).isNotNull();
        assertThatThrownBy(() -> returned.close("assistant1", NOW)).isInstanceOf(RefusedException.class);
        returned.done(ReturnWork.Kind.MANUFACTURER, "purchasing1", "SF1", NOW);
        returned.close("assistant1", NOW);
        assertThat(returned.givenUp()).isEmpty();
    }

    @Test
    void anotherInvoiceOrNoteIsAnotherRefund() { // T7, V3
        ReturnCase returned = granted(line(ReturnOutcome.REFUND, "200"));
        returned.receive(List.of(2));
        returned.appraise(List.of(new Finding(Verdict.CONFIRMED, false, 2)), "technical1", NOW);
        returned.dispose(List.of(new Disposition(2, 0, 0, 0)), "warehouse1", NOW);
        Set<String> fingerprints = new HashSet<>();
        for (String note : List.of("INV-1/CN-1", "INV-1/CN-2", "INV-2/CN-1")) {
            returned.prepareRefund(note.split("/")[0], note.split("/")[1], "6222", "finance1");
            fingerprints.add(returned.refundFingerprint("客户"));
        }
        assertThat(fingerprints).hasSize(3);
    }

    /** One unit each at 100.00, granted on these terms. */
    private static ReturnCase twoLines(Solution.Line first, Solution.Line second) {
        ReturnDraft draft =
                new ReturnDraft("test", "E2", "SO-1", "C1", ReturnReason.QUALITY, "不通电", List.of(), List.of());
        ReturnCase returned = new ReturnCase(
                "RT-2",
                draft,
                "INV-1",
                List.of(
                        new ReturnLine(0, "P1", new BigDecimal("100.0000"), 1, ReturnOutcome.REFUND),
                        new ReturnLine(1, "P2", new BigDecimal("100.0000"), 1, ReturnOutcome.REFUND)),
                new ReturnGrade("一般", 60, 1440, 15, 15),
                "rep1",
                NOW);
        returned.answer("assistant1", NOW);
        returned.propose(solution(COMPLAINT, first, second), TWO_STEPS.subList(0, 1), 1, "assistant1", NOW);
        returned.approve(SALES_MANAGER, "manager", null, NOW);
        returned.advance(ReturnCaseTest::holders, NOW);
        returned.begin(TODAY, NOW);
        return returned;
    }

    @Test
    void theRefundFollowsWhatCame() { // T6, T7
        ReturnCase returned = granted(line(ReturnOutcome.REFUND, "150"));
        assertThat(returned.receive(List.of(1))).isFalse();
        returned.acceptDifference();
        assertThat(returned.refundDue()).isEqualByComparingTo("75.00");
    }
}
