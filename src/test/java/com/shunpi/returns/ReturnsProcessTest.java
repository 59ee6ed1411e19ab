package com.shunpi.returns;

import static com.shunpi.returns.ReturnsDesk.advance;
import static com.shunpi.returns.ReturnsDesk.disposition;
import static com.shunpi.returns.ReturnsDesk.exchange;
import static com.shunpi.returns.ReturnsDesk.finding;
import static com.shunpi.returns.ReturnsDesk.line;
import static com.shunpi.returns.ReturnsDesk.refund;
import static com.shunpi.returns.ReturnsDesk.repair;
import static com.shunpi.returns.ReturnsDesk.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shunpi.FlowCoverage;
import com.shunpi.ShunpiTest;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.masterdata.Stock;
import com.shunpi.monitoring.Reader;
import com.shunpi.order.OrderDesk;
import com.shunpi.receivables.CreditNote;
import com.shunpi.receivables.CreditNotes;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.OpenInvoice;
import com.shunpi.receivables.Payment;
import com.shunpi.receivables.Receivables;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The diagram {@code returns} on the real services: a test per end event and per branch (T1–T9). */
@ShunpiTest
@TestInstance(Lifecycle.PER_CLASS)
class ReturnsProcessTest {

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private Stock stock;

    @Autowired
    private Receivables receivables;

    @Autowired
    private CreditNotes creditNotes;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private ReturnApproverExclusion exclusion;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private RepositoryService repositoryService;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FlowCoverage coverage;

    private final Reader figures = new Reader();
    private ReturnsDesk desk;
    private int testsRun;

    @BeforeAll
    void hireHands() {
        desk = new ReturnsDesk();
        beans.autowireBean(desk);
        beans.autowireBean(figures);
    }

    @BeforeEach
    void begin() {
        testsRun++;
    }

    @AfterAll
    void everyFlowWasPassed() {
        long tests = Arrays.stream(getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        if (testsRun == tests) {
            assertThat(coverage.notPassed(repositoryService, ReturnsProcess.KEY))
                    .isEmpty();
        }
    }

    private static ReturnDraft.Line[] lines(ReturnDraft.Line... lines) {
        return lines;
    }

    private int free(String product) {
        return stock.available(List.of(product)).get(product);
    }

    private int taken(ReturnsDesk.Sold sold, int line) {
        return jdbc.sql("select taken from return_ledger where order_number = ? and line_number = ?")
                .param(sold.order())
                .param(line)
                .query(Integer.class)
                .single();
    }

    private List<String> mails(String number) {
        return jdbc.sql("select template || ' ' || recipient from mail_outbox where case_number = ? order by id")
                .param(number)
                .query(String.class)
                .list();
    }

    private Invoice invoice(ReturnsDesk.Sold sold) {
        return receivables.invoiceOf(sold.order()).orElseThrow();
    }

    // ---- T7: refund

    @Test
    void goodsComeBackAreAppraisedAndCredited() { // T3, T5, T6, T7, T8
        ReturnsDesk.Sold sold = desk.sold(10);
        int before = free(sold.products().get(0));
        String number = desk.granted(sold, lines(line(0, 3, ReturnOutcome.REFUND)), refund("300"));
        assertThat(desk.waiting(number)).containsExactly("userTask_receiveGoods");
        assertThat(jdbc.sql("select complaint_number || ' ' || responsible_side from quality_complaint"
                                + " where return_number = ?")
                        .param(number)
                        .query(String.class)
                        .single())
                .matches("QC-\\d{8}-\\d{4} MANUFACTURER");

        desk.receive(number, "3");
        // counted is not in stock yet (T6)
        assertThat(free(sold.products().get(0))).isEqualTo(before);
        desk.appraise(number, finding("confirmed", false, 2));
        assertThatThrownBy(() -> desk.dispose(number, disposition(3, 0, 0, 0))).hasMessageContaining("完好的只有 2 件");
        assertThatThrownBy(() -> desk.dispose(number, disposition(2, 0, 0, 0))).hasMessageContaining("合计应为 3 件");
        desk.dispose(number, disposition(2, 1, 0, 0));
        assertThat(free(sold.products().get(0))).isEqualTo(before + 2);

        assertThat(desk.waiting(number)).containsExactly("userTask_prepareCreditNote");
        desk.credit(number);
        assertThat(invoice(sold).open()).isEqualByComparingTo("1000.00");
        assertThatThrownBy(() -> desk.verifyRefund("finance1", number, "300.00"))
                .hasMessageContaining("另一人复核");
        desk.verifyRefund("finance2", number, "300.00");

        assertThat(invoice(sold).open()).isEqualByComparingTo("700.00");
        assertThat(creditNotes.of(number))
                .get()
                .extracting(CreditNote::preparedBy, CreditNote::verifiedBy)
                .containsExactly("finance1", "finance2");
        assertThat(desk.waiting(number)).containsExactly("userTask_closeReturn");
        desk.close(number);
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(desk.passed(number))
                .contains("endEvent_closed")
                .doesNotContain("userTask_payBack", "callActivity_shipGoods");
        assertThat(desk.stored(number).status()).isEqualTo(ReturnStatus.CLOSED);
        assertThat(taken(sold, 0)).isEqualTo(3);
        assertThat(decisions.of(number))
                .extracting(Decision::step, Decision::actor)
                .contains(
                        tuple("application", "rep1"),
                        tuple("userTask_approveReturn", "manager"),
                        tuple("userTask_disposeGoods", "warehouse1"),
                        tuple("userTask_verifyInvoice", "finance2"));
    }

    @Test
    void whatIsRefundedComesBackToTheAgreementItWasDrawnFrom() { // N2
        ReturnsDesk.Sold sold = desk.sold(10);
        String request = OrderDesk.unique("SP-");
        jdbc.sql("insert into special_price_request (request_number, version, kind, customer_code, requested_by,"
                        + " requested_at, state) values (?, 0, 'CUSTOMER', ?, 'rep1', current_timestamp, 'APPROVED')")
                .params(request, sold.customer())
                .update();
        jdbc.sql(
                        "insert into price_agreement (request_number, customer_code, product_code, floor_price, quantity,"
                                + " drawn, valid_from, valid_to) values (?, ?, ?, 100, 20, 10, date '2026-01-01', date '2027-01-01')")
                .params(request, sold.customer(), sold.products().get(0))
                .update();
        jdbc.sql(
                        "insert into price_agreement_entry (agreement_id, document_number, quantity, actor, entered_at)"
                                + " select id, ?, 10, 'assistant2', current_timestamp from price_agreement where request_number = ?")
                .params(sold.order(), request)
                .update();
        String number = desk.granted(sold, lines(line(0, 3, ReturnOutcome.REFUND)), refund("300"));
        desk.receive(number, "3");
        desk.appraise(number, finding("confirmed", false, 3));
        desk.dispose(number, disposition(3, 0, 0, 0));
        desk.credit(number);
        assertThat(drawn(request)).isEqualTo(10);
        desk.verifyRefund("finance2", number, "300.00");
        assertThat(drawn(request)).isEqualTo(7);
    }

    private int drawn(String request) {
        return jdbc.sql("select drawn from price_agreement where request_number = ?")
                .param(request)
                .query(Integer.class)
                .single();
    }

    @Test
    void whatWasPaidAlreadyIsPaidBack() { // T7, T8
        ReturnsDesk.Sold sold = desk.sold(10);
        desk.login.run(
                "finance1",
                () -> receivables.record(
                        new Payment.Facts(
                                "B-" + sold.order(),
                                sold.customer(),
                                "INV-" + sold.order(),
                                null,
                                new BigDecimal("900.00"),
                                desk.returns.today(),
                                "客户",
                                "工行"),
                        "finance1"));
        String number = desk.granted(sold, lines(line(0, 3, ReturnOutcome.REFUND)), refund("300"));
        desk.receive(number, "3");
        desk.appraise(number, finding("confirmed", false, 0));
        desk.dispose(number, disposition(0, 3, 0, 0));
        desk.credit(number);
        desk.verifyRefund("finance2", number, "300");

        assertThat(invoice(sold).open()).isZero();
        assertThat(creditNotes.of(number).orElseThrow().payable()).isEqualByComparingTo("200.00");
        assertThat(desk.waiting(number)).containsExactly("userTask_payBack");
        // T8: the warehouse is done, finance is not
        assertThat(desk.stored(number).warehouseDoneAt()).isNotNull();
        assertThat(desk.stored(number).financeDoneAt()).isNull();
        assertThatThrownBy(() -> desk.returns.close(number, "assistant1")).hasMessageContaining("财务");
        desk.complete(
                "finance1",
                number,
                "userTask_payBack",
                "decision",
                "paid",
                "bankReference",
                "PB-" + number,
                "paidOn",
                desk.returns.today().toString());
        assertThat(creditNotes.of(number).orElseThrow().repaidReference()).isEqualTo("PB-" + number);
        desk.close(number);
        assertThat(desk.isEnded(number)).isTrue();
    }

    @Test
    void noMoreIsRefundedThanIsLeftOfTheInvoice() { // T7
        ReturnsDesk.Sold sold = desk.sold(5);
        String number = desk.granted(sold, lines(line(0, 1, ReturnOutcome.REFUND)), refund("80"));
        desk.receive(number, "1");
        desk.appraise(number, finding("confirmed", false, 1));
        desk.dispose(number, disposition(1, 0, 0, 0));
        String other = OrderDesk.unique("RT-");
        creditNotes.book("CN-" + other, "INV-" + sold.order(), other, new BigDecimal("420.01"), "finance1", "finance2");
        // said to who prepares it, not only when it is booked
        assertThatThrownBy(() -> desk.credit(number)).hasMessageContaining("还能冲红的 79.99 元");
        assertThatThrownBy(() -> desk.credit(number, "CN-" + other)).hasMessageContaining("已存在");
        assertThat(desk.waiting(number)).containsExactly("userTask_prepareCreditNote");
    }

    @Test
    void aRefundThatDoesNotAgreeIsPreparedAnew() { // T7, V2
        ReturnsDesk.Sold sold = desk.sold(5);
        String number = desk.granted(sold, lines(line(0, 1, ReturnOutcome.REFUND)), refund("80"));
        desk.receive(number, "1");
        desk.appraise(number, finding("confirmed", false, 1));
        desk.dispose(number, disposition(1, 0, 0, 0));
        desk.credit(number);
        assertThatThrownBy(() -> desk.returns.bookRefund(number)).hasMessageContaining("未经另一人复核");
        // whoever had a hand in it does not verify it (V1)
        assertThat(jdbc.sql("select user_id from verification_party p join verification v"
                                + " on v.verification_number = p.verification_number where v.document_number = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("rep1", "assistant1", "finance1");
        desk.verifyRefund("finance2", number, "90");
        assertThat(creditNotes.of(number)).isEmpty();
        assertThat(desk.waiting(number)).containsExactly("userTask_prepareCreditNote");
        desk.credit(number);
        desk.verifyRefund("finance2", number, "80.00");
        assertThat(invoice(sold).open()).isEqualByComparingTo("420.00");
    }

    @Test
    void moneyWithoutGoodsNeedsTheDirectorAndNoWarehouse() { // T4, T7
        ReturnsDesk.Sold sold = desk.sold(5);
        String number = desk.apply(sold, ReturnReason.TRANSPORT_DAMAGE, line(0, 2, ReturnOutcome.REFUND));
        desk.answer(number);
        desk.propose(number, terms("refund", "\"refundAmount\":\"60\",\"goodsBack\":false"));
        desk.approve("manager", number);
        assertThat(desk.approver(number)).isEqualTo("sales-director");
        desk.approve("director", number);
        assertThat(desk.waiting(number)).containsExactly("userTask_prepareCreditNote");
        assertThat(desk.passed(number)).doesNotContain("userTask_receiveGoods");
        desk.credit(number);
        desk.verifyRefund("finance2", number, "60.00");
        desk.close(number);
        assertThat(desk.isEnded(number)).isTrue();
    }

    // ---- T7: exchange, repair, manufacturer

    @Test
    void oneCaseRefundsExchangesRepairsAndSendsToTheManufacturer() { // T7
        ReturnsDesk.Sold sold = desk.sold(4, 4, 4);
        String number = desk.granted(
                sold,
                lines(
                        line(0, 1, ReturnOutcome.REFUND),
                        line(1, 2, ReturnOutcome.EXCHANGE),
                        line(2, 1, ReturnOutcome.REPAIR)),
                refund("100"),
                exchange(),
                repair());
        desk.receive(number, "1", "2", "1");
        desk.appraise(
                number, finding("confirmed", false, 0), finding("confirmed", false, 0), finding("confirmed", true, 0));
        assertThatThrownBy(() ->
                        desk.dispose(number, disposition(0, 1, 0, 0), disposition(0, 0, 0, 2), disposition(0, 1, 0, 0)))
                .hasMessageContaining("返修品只能送修");
        desk.dispose(number, disposition(0, 1, 0, 0), disposition(0, 0, 0, 2), disposition(0, 0, 1, 0));

        assertThat(desk.waiting(number))
                .containsExactly("userTask_prepareCreditNote", "userTask_repairGoods", "userTask_sendToManufacturer");
        String replacement = desk.shipment(number);
        assertThat(desk.orders.steps(replacement)).containsExactly("userTask_reviewOrder");
        desk.orders.send(replacement);
        assertThatThrownBy(() -> desk.returns.close(number, "assistant1")).hasMessageContaining("完成后才能结案");

        desk.complete("purchasing1", number, "userTask_sendToManufacturer", "decision", "sent", "waybill", "SF123456");
        desk.complete("technical1", number, "userTask_repairGoods", "decision", "repaired", "comment", "换了电源板");
        String repaired = desk.shipment(number);
        assertThat(repaired).isNotEqualTo(replacement);
        desk.orders.send(repaired);
        desk.credit(number);
        desk.verifyRefund("finance2", number, "100.00");
        assertThat(desk.waiting(number)).containsExactly("userTask_closeReturn");
        desk.close(number);
        assertThat(desk.isEnded(number)).isTrue();
        // what was repaired is the customer's again, what was exchanged is not (T1)
        assertThat(taken(sold, 1)).isEqualTo(2);
        assertThat(taken(sold, 2)).isZero();
    }

    @Test
    void aShipmentThatWasCancelledIsSentAgainOrSettledOtherwise() { // T7
        ReturnsDesk.Sold sold = desk.sold(2);
        String number = desk.granted(sold, lines(line(0, 1, ReturnOutcome.EXCHANGE)), exchange());
        desk.receive(number, "1");
        desk.appraise(number, finding("confirmed", false, 1));
        desk.dispose(number, disposition(1, 0, 0, 0));
        String first = desk.shipment(number);
        desk.orders.complete("assistant2", first, "userTask_reviewOrder", "decision", "reject", "comment", "型号停产");
        assertThat(desk.waiting(number)).containsExactly("userTask_resolveShipment");
        desk.complete("assistant1", number, "userTask_resolveShipment", "decision", "again", "comment", "换一个型号再发");
        String second = desk.shipment(number);
        assertThat(second).isNotEqualTo(first);
        desk.orders.complete("assistant2", second, "userTask_reviewOrder", "decision", "reject", "comment", "还是没有");
        desk.complete("assistant1", number, "userTask_resolveShipment", "decision", "settled", "comment", "客户改要维修券");
        desk.close(number);
        assertThat(desk.isEnded(number)).isTrue();
    }

    @Test
    void anotherItemAtASurcharge() { // T7
        ReturnsDesk.Sold sold = desk.sold(2);
        String better = desk.orders.product(5);
        String number = desk.granted(
                sold,
                lines(line(0, 1, ReturnOutcome.EXCHANGE)),
                terms("exchange", "\"replacementProduct\":\"" + better + "\",\"surcharge\":\"20\""));
        desk.receive(number, "1");
        desk.appraise(number, finding("confirmed", false, 1));
        desk.dispose(number, disposition(1, 0, 0, 0));
        assertThat(jdbc.sql("select l.product_code || ' ' || l.quantity || ' ' || o.amount from order_line l"
                                + " join sales_order o on o.order_number = l.order_number where o.order_number = ?")
                        .param(desk.shipment(number))
                        .query(String.class)
                        .single())
                .isEqualTo(better + " 1 20.00");
    }

    // ---- T7, T8: advance replacement

    @Test
    void aReplacementLeavesBeforeTheGoodsAreBack() { // T7
        ReturnsDesk.Sold sold = desk.sold(2);
        String number = desk.granted(sold, lines(line(0, 1, ReturnOutcome.EXCHANGE)), advance());
        String replacement = desk.shipment(number);
        assertThat(desk.waiting(number)).containsExactly("userTask_receiveGoods");
        desk.orders.send(replacement);
        desk.receive(number, "1");
        desk.appraise(number, finding("confirmed", false, 1));
        desk.dispose(number, disposition(1, 0, 0, 0));
        assertThat(desk.waiting(number)).containsExactly("userTask_closeReturn");
        desk.close(number);
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(desk.passed(number))
                .contains("callActivity_shipAdvance")
                .doesNotContain("callActivity_shipGoods", "userTask_invoiceClaim");
    }

    @Test
    void goodsThatNeverComeForAnAdvanceReplacementAreInvoiced() { // T8
        ReturnsDesk.Sold sold = desk.sold(2);
        String number = desk.granted(sold, lines(line(0, 2, ReturnOutcome.EXCHANGE)), advance());
        String replacement = desk.shipment(number);
        desk.clock.advance(Duration.ofDays(40));
        assertThat(desk.runDueTimers(number)).contains("timer_goodsLapsed");
        assertThat(desk.waiting(number)).containsExactly("userTask_invoiceClaim");
        assertThatThrownBy(() -> desk.returns.close(number, "assistant1")).hasMessageContaining("财务");
        assertThatThrownBy(() -> desk.returns.prepareClaim(number, "CL-" + number, "T-1", "finance1"))
                .hasMessageContaining("还没有发出");
        desk.orders.send(replacement);
        desk.claim(number, "CL-" + number);
        assertThat(desk.waiting(number)).containsExactly("userTask_verifyInvoice");
        assertThatThrownBy(() -> desk.returns.bookClaim(number)).hasMessageContaining("未经另一人复核");
        assertThatThrownBy(() -> desk.verifyClaim("finance1", number, "2", "200.00"))
                .hasMessageContaining("另一人复核"); // R7
        // a slip in the quantity: back to who prepared it, and once more
        desk.verifyClaim("finance2", number, "1", "200.00");
        assertThat(desk.waiting(number)).containsExactly("userTask_invoiceClaim");
        assertThat(receivables.openInvoices(sold.customer()))
                .extracting(OpenInvoice::invoiceNumber)
                .doesNotContain("CL-" + number);
        desk.claim(number, "CL-" + number);
        desk.verifyClaim("finance2", number, "2", "200.00");
        assertThat(receivables.openInvoices(sold.customer()))
                .extracting(OpenInvoice::invoiceNumber)
                .contains("CL-" + number);
        desk.close(number);
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(taken(sold, 0)).isZero();
    }

    @Test
    void anAdvanceReplacementThatNeverLeftIsNotClaimed() { // T8
        ReturnsDesk.Sold sold = desk.sold(2);
        String number = desk.granted(sold, lines(line(0, 2, ReturnOutcome.EXCHANGE)), advance());
        String replacement = desk.shipment(number);
        desk.clock.advance(Duration.ofDays(40));
        desk.runDueTimers(number);
        desk.orders.complete(
                "assistant2", replacement, "userTask_reviewOrder", "decision", "reject", "comment", "旧货没有来");
        desk.claim(number, "CL-" + number);
        assertThat(receivables.openInvoices(sold.customer()))
                .extracting(OpenInvoice::invoiceNumber)
                .doesNotContain("CL-" + number);
        desk.close(number);
        assertThat(desk.passed(number)).contains("endEvent_nothingClaimed").doesNotContain("callActivity_verifyClaim");
    }

    @Test
    void anAdvanceReplacementThatWasCancelledIsSentOnceTheGoodsAreHere() { // T7
        ReturnsDesk.Sold sold = desk.sold(2);
        String number = desk.granted(sold, lines(line(0, 1, ReturnOutcome.EXCHANGE)), advance());
        desk.orders.complete(
                "assistant2", desk.shipment(number), "userTask_reviewOrder", "decision", "reject", "comment", "先等货");
        desk.receive(number, "1");
        desk.appraise(number, finding("confirmed", false, 1));
        desk.dispose(number, disposition(1, 0, 0, 0));
        desk.orders.send(desk.shipment(number));
        desk.close(number);
        assertThat(desk.passed(number)).contains("callActivity_shipGoods");
    }

    // ---- T6, T8: what arrives

    @Test
    void goodsThatDoNotArriveAreChasedAndThenTheCaseLapses() { // T8
        ReturnsDesk.Sold sold = desk.sold(2);
        String number = desk.granted(sold, lines(line(0, 2, ReturnOutcome.REFUND)), refund("200"));
        desk.clock.advance(Duration.ofDays(15));
        assertThat(desk.runDueTimers(number)).isEmpty();
        desk.clock.advance(Duration.ofDays(1));
        assertThat(desk.runDueTimers(number)).containsExactly("timer_goodsDue");
        assertThat(mails(number))
                .anyMatch(mail -> mail.startsWith("return-chase") && mail.contains("@example.com"))
                .anyMatch(mail -> mail.startsWith("return-chase assistant1"));
        desk.complete("assistant1", number, "userTask_chaseCustomer", "decision", "asked", "comment", "说明天寄");
        assertThat(desk.waiting(number)).containsExactly("userTask_receiveGoods");
        desk.clock.advance(Duration.ofDays(15));
        assertThat(desk.runDueTimers(number)).containsExactly("timer_goodsLapsed");
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(desk.passed(number)).contains("endEvent_lapsed");
        assertThat(desk.stored(number).status()).isEqualTo(ReturnStatus.LAPSED);
        assertThat(taken(sold, 0)).isZero();
        assertThat(mails(number)).anyMatch(mail -> mail.startsWith("return-lapsed"));
    }

    @Test
    void whatCameInPartIsSettledWhenTheRestLapses() { // T6, T8
        ReturnsDesk.Sold sold = desk.sold(5);
        String number = desk.granted(sold, lines(line(0, 4, ReturnOutcome.REFUND)), refund("400"));
        desk.receive(number, "1");
        assertThat(desk.waiting(number)).containsExactly("userTask_resolveDifference");
        desk.complete(
                "assistant1",
                number,
                "userTask_resolveDifference",
                "decision",
                "await",
                "comment",
                "其余下周到",
                "goodsDueOn",
                desk.returns.today().plusDays(7).toString());
        desk.clock.advance(Duration.ofDays(30));
        assertThat(desk.runDueTimers(number)).contains("timer_goodsLapsed");
        // the task to chase is gone with what it waited for
        assertThat(desk.waiting(number)).containsExactly("userTask_appraiseGoods");
        desk.appraise(number, finding("confirmed", false, 1));
        desk.dispose(number, disposition(1, 0, 0, 0));
        assertThat(desk.stored(number).refundDue()).isEqualByComparingTo("100.00");
        desk.credit(number);
        desk.verifyRefund("finance2", number, "100");
        desk.close(number);
        // what did not come may be returned another time
        assertThat(taken(sold, 0)).isEqualTo(1);
    }

    @Test
    void aDifferenceGoesToTheAssistantAndNotIntoStock() { // T6
        ReturnsDesk.Sold sold = desk.sold(5);
        int before = free(sold.products().get(0));
        String number = desk.granted(sold, lines(line(0, 2, ReturnOutcome.REFUND)), refund("200"));
        desk.receive(number, "3");
        assertThat(desk.waiting(number)).containsExactly("userTask_resolveDifference");
        assertThatThrownBy(() -> desk.complete(
                        "warehouse1", number, "userTask_resolveDifference", "decision", "accept", "comment", "多一件"))
                .hasMessageContaining("待办范围");
        desk.complete("assistant1", number, "userTask_resolveDifference", "decision", "accept", "comment", "多的寄回");
        desk.appraise(number, finding("confirmed", false, 3));
        // one more than was approved: no more than that is ours
        assertThatThrownBy(() -> desk.dispose(number, disposition(3, 0, 0, 0))).hasMessageContaining("合计应为 2 件");
        desk.dispose(number, disposition(2, 0, 0, 0));
        assertThat(free(sold.products().get(0))).isEqualTo(before + 2);
        assertThat(desk.stored(number).refundDue()).isEqualByComparingTo("200.00");
    }

    // ---- T5: appraisal

    @Test
    void whatTheCustomerCausedIsSettledAnewAndOnlyTheGeneralManagerGrantsIt() { // T2, T5
        ReturnsDesk.Sold sold = desk.sold(3);
        String number = desk.granted(sold, lines(line(0, 1, ReturnOutcome.REFUND)), refund("100"));
        desk.receive(number, "1");
        desk.appraise(number, finding("customer-caused", false, 0));
        assertThat(desk.waiting(number)).containsExactly("userTask_proposeSolution");
        assertThatThrownBy(() -> desk.propose(number, repair())).hasMessageContaining("不能修复");
        assertThatThrownBy(() -> desk.complete(
                        "assistant1", number, "userTask_proposeSolution", "decision", "withdraw", "comment", "算了"))
                .hasMessageContaining("不能撤回");
        desk.propose(number, refund("30"));
        desk.approve("manager", number);
        assertThat(desk.approver(number)).isEqualTo("general-manager");
        desk.approve("gm", number);
        assertThat(desk.waiting(number)).containsExactly("userTask_disposeGoods");
        desk.dispose(number, disposition(0, 1, 0, 0));
        desk.credit(number);
        desk.verifyRefund("finance2", number, "30");
        desk.close(number);
        assertThat(invoice(sold).open()).isEqualByComparingTo("270.00");
    }

    @Test
    void goodsThatAreRefusedAfterTheAppraisalGoBackToTheCustomer() { // T2, T5
        ReturnsDesk.Sold sold = desk.sold(3);
        String number = desk.granted(sold, lines(line(0, 1, ReturnOutcome.REFUND)), refund("100"));
        desk.receive(number, "1");
        desk.appraise(number, finding("not-confirmed", true, 1));
        desk.propose(number, refund("50"));
        desk.approve("manager", number);
        desk.complete("gm", number, "userTask_approveReturn", "decision", "reject", "comment", "没有故障");
        assertThat(desk.waiting(number)).containsExactly("userTask_sendGoodsBack");
        desk.complete("warehouse1", number, "userTask_sendGoodsBack", "decision", "sent", "waybill", "SF99");
        assertThat(desk.passed(number)).contains("endEvent_refused");
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(taken(sold, 0)).isZero();
    }

    // ---- T2, T4: who decides

    @Test
    void withoutAFaultItIsRefusedAtOnceOrTheGeneralManagerGrantsIt() { // T2
        ReturnsDesk.Sold sold = desk.sold(5);
        String declined = desk.apply(sold, ReturnReason.NOT_WANTED, line(0, 1, ReturnOutcome.REFUND));
        desk.answer(declined);
        desk.complete("assistant1", declined, "userTask_proposeSolution", "decision", "refuse", "comment", "没有质量问题，不退");
        assertThat(desk.passed(declined)).contains("endEvent_refused").doesNotContain("userTask_approveReturn");
        assertThat(desk.isEnded(declined)).isTrue();
        assertThat(mails(declined)).anyMatch(mail -> mail.startsWith("return-refused"));
        assertThat(taken(sold, 0)).isZero();

        String granted = desk.apply(sold, ReturnReason.NOT_WANTED, line(0, 1, ReturnOutcome.REFUND));
        desk.answer(granted);
        desk.propose(granted, refund("100"));
        desk.approve("manager", granted);
        assertThat(desk.approver(granted)).isEqualTo("general-manager");
        assertThatThrownBy(() -> desk.approve("director", granted)).hasMessageContaining("待办范围");
        desk.approve("gm", granted);
        assertThat(desk.waiting(granted)).containsExactly("userTask_receiveGoods");
    }

    @Test
    void aFaultIsNotRefusedWithoutTheApprovers() { // T2, T4
        String number = desk.apply(desk.sold(5), ReturnReason.QUALITY, line(0, 1, ReturnOutcome.REFUND));
        desk.answer(number);
        assertThatThrownBy(() -> desk.complete(
                        "assistant1", number, "userTask_proposeSolution", "decision", "refuse", "comment", "不退"))
                .hasMessageContaining("请提出方案报批");
    }

    @Test
    void stepsComeInOrderAndARefusalEndsIt() { // T4
        String number = desk.apply(desk.sold(600), ReturnReason.QUALITY, line(0, 600, ReturnOutcome.REFUND));
        desk.answer(number);
        desk.propose(number, refund("60000"));
        assertThat(desk.approver(number)).isEqualTo("sales-manager");
        assertThatThrownBy(() -> desk.approve("gm", number)).hasMessageContaining("待办范围");
        desk.approve("manager", number);
        assertThat(desk.approver(number)).isEqualTo("sales-director");
        desk.approve("director", number);
        assertThat(desk.approver(number)).isEqualTo("general-manager");
        desk.complete("gm", number, "userTask_approveReturn", "decision", "reject", "comment", "证据不足");
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(desk.passed(number)).contains("endEvent_refused").doesNotContain("userTask_receiveGoods");
    }

    @Test
    void aRevisedSolutionIsAskedAnewAndTheSameOneIsNot() { // T4
        String number = desk.apply(desk.sold(100), ReturnReason.QUALITY, line(0, 60, ReturnOutcome.REFUND));
        desk.answer(number);
        desk.propose(number, refund("6000"));
        desk.approve("manager", number);
        desk.complete("director", number, "userTask_approveReturn", "decision", "revise", "comment", "写清责任");
        // the same terms once more: the manager has agreed to them already
        desk.propose(number, refund("6000"));
        assertThat(desk.approver(number)).isEqualTo("sales-director");
        desk.complete("director", number, "userTask_approveReturn", "decision", "revise", "comment", "少退一点");
        desk.propose(number, refund("5000"));
        assertThat(desk.approver(number)).isEqualTo("sales-manager");
    }

    @Test
    void nobodyDecidesOnHisOwnApplication() { // T4
        ReturnsDesk.Sold sold = desk.sold(5);
        ReturnDraft draft = desk.draft(sold, ReturnReason.QUALITY, line(0, 1, ReturnOutcome.REFUND));
        String number = desk.login
                .as("manager", () -> desk.intake.receive(draft, "manager"))
                .returnNumber();
        desk.answer(number);
        desk.propose(number, refund("100"));
        // the only manager is the applicant: the director decides in his place
        assertThat(desk.approver(number)).isEqualTo("sales-director");
        assertThatThrownBy(() -> desk.returns.approve(number, "sales-director", "manager", null))
                .hasMessageContaining("自己");
        // he cannot even take the task, though he may be a director as well
        for (String party : List.of("manager", "assistant1")) {
            assertThat(exclusion.refusal(ReturnsProcess.KEY, ReturnsProcess.APPROVE, number, party))
                    .as(party)
                    .isPresent();
        }
        assertThat(exclusion.refusal(ReturnsProcess.KEY, ReturnsProcess.APPROVE, number, "director"))
                .isEmpty();
    }

    @Test
    void theCustomerWithdraws() { // T1, T8
        ReturnsDesk.Sold sold = desk.sold(5);
        String first = desk.apply(sold, ReturnReason.QUALITY, line(0, 2, ReturnOutcome.REFUND));
        desk.complete("assistant1", first, "userTask_answerCustomer", "decision", "withdraw", "comment", "客户自己修好了");
        assertThat(desk.passed(first)).contains("endEvent_notTakenUp");
        String second = desk.apply(sold, ReturnReason.QUALITY, line(0, 5, ReturnOutcome.REFUND));
        desk.answer(second);
        desk.complete("assistant1", second, "userTask_proposeSolution", "decision", "withdraw", "comment", "不退了");
        assertThat(desk.passed(second)).contains("endEvent_withdrawn");
        assertThat(taken(sold, 0)).isZero();
    }

    // ---- T9

    @Test
    void theManagerIsToldOfALateAnswerAndALateSolution() { // T9
        String number = desk.apply(desk.sold(5), ReturnReason.OTHER, line(0, 1, ReturnOutcome.REFUND));
        desk.clock.advance(Duration.ofMinutes(59));
        assertThat(desk.runDueTimers(number)).isEmpty();
        desk.clock.advance(Duration.ofMinutes(1));
        assertThat(desk.runDueTimers(number)).containsExactly("timer_answerOverdue");
        assertThat(mails(number)).containsExactly("return-overdue manager@demo.shunpi.example");
        double late = figures.now("shunpi.late", "limit", "return-answer");
        desk.answer(number);
        assertThat(figures.now("shunpi.late", "limit", "return-answer")).isEqualTo(late - 1);
        double lateSolutions = figures.now("shunpi.late", "limit", "return-proposal");
        desk.clock.advance(Duration.ofHours(22).plusMinutes(59));
        assertThat(desk.runDueTimers(number)).isEmpty();
        desk.clock.advance(Duration.ofMinutes(1));
        assertThat(desk.runDueTimers(number)).containsExactly("timer_proposalOverdue");
        assertThat(mails(number)).hasSize(2);
        assertThat(desk.waiting(number)).containsExactly("userTask_proposeSolution");
        assertThat(figures.now("shunpi.late", "limit", "return-proposal")).isGreaterThan(lateSolutions);
    }

    @Test
    void whoAnswersInTimeIsNotReported() { // T9
        String number = desk.apply(desk.sold(5), ReturnReason.OTHER, line(0, 1, ReturnOutcome.REFUND));
        desk.answer(number);
        desk.clock.advance(Duration.ofHours(2));
        assertThat(desk.runDueTimers(number)).isEmpty();
        // a timer that fires at the very moment finds that he has
        desk.returns.escalateAnswer(number);
        assertThat(mails(number)).isEmpty();
        desk.propose(number, refund("100"));
        desk.returns.escalateProposal(number);
        assertThat(mails(number)).doesNotContain("return-overdue manager@demo.shunpi.example");
    }

    // ---- T1: from Tasklist

    @Test
    void theStartFormRegistersAnApplication() { // T1
        ReturnsDesk.Sold sold = desk.sold(5);
        String instance = desk.login.as(
                "rep1",
                () -> runtimeService
                        .startProcessInstanceByKey(ReturnsProcess.KEY, Map.of(ReturnsProcess.APPLICATION, """
                        {"source": "tasklist", "externalNumber": "T-%1$s", "orderNumber": "%1$s", "customerCode": "%2$s",
                         "reason": "wrong-delivery", "description": "发成了别的型号",
                         "lines": [{"lineNumber": "0", "quantity": "2", "outcome": "exchange"}]}
                        """.formatted(
                                        sold.order(), sold.customer())))
                        .getId());
        String number = desk.historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getBusinessKey();
        assertThat(number).startsWith("RT-");
        assertThat(desk.waiting(number)).containsExactly("userTask_answerCustomer");
        assertThat(desk.stored(number).lines())
                .extracting(ReturnLine::quantity, ReturnLine::wanted)
                .containsExactly(tuple(2, ReturnOutcome.EXCHANGE));
    }
}
