package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shunpi.FlowCoverage;
import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Stock;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Payment;
import com.shunpi.receivables.Receivables;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The diagram {@code order-review} on the real services: a test per branch and per end, each saying where the token is and
 * what was not passed. After the last one every sequence flow of the diagram has to have been passed.
 */
@ShunpiTest
@TestInstance(Lifecycle.PER_CLASS)
class OrderReviewProcessTest {

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Login login;

    @Autowired
    private MutableClock clock;

    @Autowired
    private OrderActions actions;

    @Autowired
    private OrderService orders;

    @Autowired
    private Replacements replacements;

    @Autowired
    private Stock stock;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private HistoryService historyService;

    @Autowired
    private RepositoryService repositoryService;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FlowCoverage coverage;

    private int testsRun;

    @BeforeEach
    void begin() {
        clock.reset();
        testsRun++;
    }

    @AfterAll
    void everyFlowWasPassed() {
        long tests = Arrays.stream(getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        // a single test run by hand says nothing about the others
        if (testsRun == tests) {
            assertThat(coverage.notPassed(repositoryService, "order-review")).isEmpty();
        }
    }

    // ---- the good way

    @Test
    void whatAReturnsCaseSendsFreeOfChargeIsNotInvoiced() { // T7, more of it in ReplacementsTest
        String product = desk.product(10);
        String number = replacements.open(new Replacements.Wanted(
                OrderDesk.unique("RT-"),
                "1",
                OrderKind.REPLACEMENT,
                desk.customer(Grade.B),
                desk.today().plusDays(9),
                "快递",
                "李四",
                "021-5550101",
                "上海市收货路 2 号",
                null,
                List.of(new Replacements.Line(product, 1, BigDecimal.ZERO)),
                "assistant1"));
        runtimeService.startProcessInstanceByKey("order-review", number);
        desk.review(number);
        desk.verify(number);
        desk.ship(number);
        assertThat(desk.steps(number)).containsExactly("userTask_fileNote");
        desk.file(number);
        assertThat(endsOf(number)).contains("endEvent_archived");
        assertThat(receivables.invoiceOf(number)).isEmpty();
    }

    @Test
    void aCompleteAndGoodOrderGoesThroughAllHandsToTheArchive() {
        String product = desk.product(10);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 4)));
        assertThat(number).matches("SO-2026\\d{4}-\\d{4,}"); // R6
        assertThat(desk.steps(number)).containsExactly("userTask_reviewOrder");

        desk.review(number);
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
        assertThat(stock.available(List.of(product))).containsEntry(product, 10);

        desk.verify(number);
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.RELEASED);
        assertThat(stock.available(List.of(product))).containsEntry(product, 6); // R13
        assertThat(mailsTo(number)).containsExactly("order-confirmed"); // R2
        assertThat(desk.order(number).shipBy()).isEqualTo(LocalDate.of(2026, 11, 26)); // R8: three working days

        desk.ship(number);
        assertThat(mailsTo(number)).containsExactly("order-confirmed", "dispatch"); // R9
        assertThat(masterData.products(List.of(product)).get(product).stock()).isEqualTo(6);
        assertThat(stock.heldBy(number)).isEmpty();

        desk.invoice(number);
        assertThat(receivables.invoiceOf(number).orElseThrow().dueDate()).isEqualTo(LocalDate.of(2026, 12, 23));

        desk.file(number);
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.ARCHIVED); // R10
        assertThat(endsOf(number))
                .contains("endEvent_archived")
                .doesNotContain("endEvent_rejected", "endEvent_cancelled");
        assertThat(decisions.of(number))
                .extracting(Decision::step, Decision::actor, Decision::choice)
                .containsExactly(
                        tuple("userTask_reviewOrder", "assistant1", "approve"),
                        tuple("userTask_verifyDocument", "assistant2", "agree"),
                        tuple("userTask_shipOrder", "warehouse1", "ship"),
                        tuple("userTask_prepareInvoice", "finance1", "issue"),
                        tuple("userTask_verifyInvoice", "finance2", "agree"),
                        tuple("userTask_fileNote", "assistant1", "archive")); // A1
    }

    // ---- R1

    @Test
    void anIncompleteOrderGoesBackWithEveryFaultAndComesAgain() {
        String product = desk.product(10);
        OrderDraft good = desk.draft(desk.customer(Grade.B), line(product, 1));
        OrderDraft faulty = new OrderDraft(
                good.source(),
                good.externalNumber(),
                good.customerCode(),
                null,
                good.deliveryMode(),
                null,
                null,
                good.address(),
                good.orderedAt(),
                false,
                null,
                good.lines());
        String number = desk.receive(faulty);

        assertThat(desk.steps(number)).containsExactly("userTask_completeOrder");
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.RETURNED);
        assertThat(desk.order(number).openHolds().get(HoldReason.INCOMPLETE).detail())
                .isEqualTo("缺少：要求交期、收货人、电话");
        assertThat(mailsTo(number)).containsExactly("order-returned");

        // sent again as faulty as before: it comes back
        desk.complete("assistant1", number, "userTask_completeOrder", "decision", "resubmit");
        assertThat(desk.steps(number)).containsExactly("userTask_completeOrder");

        resubmit(number, good);
        assertThat(desk.steps(number)).containsExactly("userTask_reviewOrder");
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.IN_REVIEW);
        Decision correction = decisions.of(number).get(1);
        assertThat(correction.facts().get("differences").toString()).contains("收货人：（无） → 李四");
    }

    @Test
    void theCustomerWithdrawsAnIncompleteOrder() {
        OrderDraft draft = desk.draft(desk.customer(Grade.B), line(desk.product(10), 1));
        String number = desk.receive(OrderDesk.with(draft, null, draft.lines()));
        desk.complete("assistant1", number, "userTask_completeOrder", "decision", "cancel", "comment", "客户不要了");
        assertCancelled(number);
    }

    @Test
    void aDiscontinuedProductGoesBack() {
        String gone = desk.product(10, true);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(gone, 1)));
        assertThat(desk.steps(number)).containsExactly("userTask_completeOrder");
        assertThat(desk.order(number).openHolds()).containsOnlyKeys(HoldReason.DISCONTINUED);
        assertThatThrownBy(() -> orders.review(number, "assistant1")).isInstanceOf(RefusedException.class);
    }

    @Test
    void anUnknownCustomerOrProductIsRefusedByField() {
        OrderDraft draft = desk.draft("NOBODY", line("NOTHING", 1));
        assertThatThrownBy(() -> desk.receive(draft))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting("field")
                                .containsExactly("customerCode", "lines[0].productCode"));
    }

    @Test
    void theReviewerSendsBackOrRejects() {
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        desk.complete("assistant2", number, "userTask_reviewOrder", "decision", "return", "comment", "电话不对");
        assertThat(desk.steps(number)).containsExactly("userTask_completeOrder");

        desk.complete("assistant1", number, "userTask_completeOrder", "decision", "resubmit");
        desk.complete("assistant2", number, "userTask_reviewOrder", "decision", "reject", "comment", "重复下单");
        assertRejected(number);
    }

    @Test
    void anythingButApprovalNeedsAComment() {
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        assertThatThrownBy(() -> desk.complete("assistant1", number, "userTask_reviewOrder", "decision", "reject"))
                .hasStackTraceContaining("请填写意见或原因");
        assertThatThrownBy(() -> desk.complete(
                        "assistant1", number, "userTask_reviewOrder", "decision", "whatever", "comment", "x"))
                .hasStackTraceContaining("没有这个选项");
        assertThat(desk.steps(number)).containsExactly("userTask_reviewOrder");
        assertThat(decisions.of(number)).isEmpty();
    }

    // ---- R5, P5

    @Test
    void belowTheCustomersPriceItWaitsForASpecialPrice() {
        String product = desk.product(10);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 3, "90.00")));
        desk.review(number);
        assertThat(desk.steps(number)).containsExactly("userTask_submitRequest");
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.HELD);

        desk.submitPrice(number);
        assertThat(desk.steps(number)).containsExactly("userTask_approvePrice");
        desk.complete("manager", number, "userTask_approvePrice", "decision", "approve");
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
        desk.verify(number);
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.RELEASED);
        assertThat(drawn(product)).containsExactly(3); // P5
        assertThat(jdbc.sql("select quantity || ' ' || actor from price_agreement_entry where document_number = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactly("3 assistant2"); // N2: who drew it for what
    }

    @Test
    void aRefusedSpecialPriceSendsTheOrderBack() {
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 3, "90.00")));
        desk.review(number);
        desk.submitPrice(number);
        desk.complete("manager", number, "userTask_approvePrice", "decision", "reject", "comment", "太低");
        assertThat(desk.steps(number)).containsExactly("userTask_completeOrder");
        assertThat(desk.order(number).verifiedBy()).isNull();
    }

    @Test
    void aWithdrawnSpecialPriceSendsTheOrderBack() {
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 3, "90.00")));
        desk.review(number);
        desk.complete("rep1", number, "userTask_submitRequest", "decision", "withdraw", "comment", "客户同意原价");
        assertThat(desk.steps(number)).containsExactly("userTask_completeOrder");
    }

    @Test
    void anAcceptedCounterOfferChangesTheOrderAndItIsReviewedAgain() { // R5, R11
        String product = desk.product(10);
        String other = desk.product(10);
        String number =
                desk.receive(desk.draft(desk.customer(Grade.B), line(product, 3, "88.00"), line(other, 1, "100.00")));
        desk.review(number);
        desk.submitPrice(number);
        desk.complete(
                "manager",
                number,
                "userTask_approvePrice",
                "decision",
                "counter",
                "comment",
                "最多让到 92",
                "offer",
                "{\"lines\":[{\"askedPrice\":\"92.00\",\"quantity\":3}]}");
        assertThat(desk.steps(number)).containsExactly("userTask_answerOffer");
        desk.complete("rep2", number, "userTask_answerOffer", "decision", "accept");

        assertThat(desk.steps(number)).containsExactly("userTask_reviewOrder");
        assertThat(desk.order(number).lines())
                .extracting(line -> line.unitPrice().toPlainString())
                .containsExactly("92.0000", "100.0000");
        assertThat(desk.order(number).amount()).isEqualByComparingTo("376.00");
        assertThat(desk.order(number).reviewedBy()).isNull();
        assertThat(decisions.of(number))
                .filteredOn(decision -> decision.step().equals("adoptPrices"))
                .singleElement()
                .satisfies(decision -> assertThat(
                                decision.facts().get("differences").toString())
                        .contains(product + " × 3 @ 88.0000 → " + product + " × 3 @ 92.0000"));

        // the agreed price needs nobody's word again
        desk.review(number);
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
        desk.verify(number);
        assertThat(drawn(product)).containsExactly(3);
    }

    @Test
    void oneUnitOverAsksForThatUnitAloneAndNothingElse() { // P5, F8
        String customer = desk.customer(Grade.B);
        String product = desk.product(50);
        String other = desk.product(50);
        agreement(customer, product, "90.00", 5);
        agreement(customer, other, "90.00", 5);

        String equal = desk.receive(desk.draft(customer, line(product, 2, "90.00"), line(other, 2, "95.00")));
        desk.review(equal);
        assertThat(desk.steps(equal)).containsExactly("userTask_verifyDocument");
        desk.verify(equal);
        assertThat(desk.order(equal).status()).isEqualTo(OrderStatus.RELEASED);

        String over = desk.receive(desk.draft(customer, line(product, 4, "90.00"), line(other, 3, "90.00")));
        desk.review(over);
        assertThat(desk.steps(over)).containsExactly("userTask_submitRequest");
        assertThat(jdbc.sql("select l.product_code || ' ' || l.quantity from special_price_line l"
                                + " join special_price_request r on r.request_number = l.request_number"
                                + " where r.order_number = ?")
                        .param(over)
                        .query(String.class)
                        .list())
                .containsExactly(product + " 1");
        desk.submitPrice(over);
        desk.complete("manager", over, "userTask_approvePrice", "decision", "approve");
        desk.verify(over);
        assertThat(desk.order(over).status()).isEqualTo(OrderStatus.RELEASED);
        assertThat(drawn(product)).containsExactly(5, 1);
        assertThat(drawn(other)).containsExactly(5);
    }

    @Test
    void aWorsePriceOrAnExpiredDateAsksAgain() { // P5
        String customer = desk.customer(Grade.B);
        String product = desk.product(50);
        agreement(customer, product, "90.00", 20);

        String early = desk.receive(desk.draft(customer, line(product, 1, "90.00")));
        jdbc.sql("update price_agreement set valid_from = ? where product_code = ?")
                .params(desk.today().plusDays(1), product)
                .update();
        desk.review(early);
        assertThat(desk.steps(early)).containsExactly("userTask_submitRequest");
        jdbc.sql("update price_agreement set valid_from = ? where product_code = ?")
                .params(desk.today(), product)
                .update();

        String worse = desk.receive(desk.draft(customer, line(product, 1, "89.9999")));
        desk.review(worse);
        assertThat(desk.steps(worse)).containsExactly("userTask_submitRequest");

        clock.advance(Duration.ofDays(30));
        String lastDay = desk.receive(desk.draft(customer, line(product, 1, "90.00")));
        desk.review(lastDay);
        assertThat(desk.steps(lastDay)).containsExactly("userTask_verifyDocument");
        clock.advance(Duration.ofDays(1));
        String late = desk.receive(desk.draft(customer, line(product, 1, "90.00")));
        desk.review(late);
        assertThat(desk.steps(late)).containsExactly("userTask_submitRequest");
        // what was agreed when it was reviewed is looked at once more when it is released
        desk.verify(lastDay);
        assertThat(desk.steps(lastDay)).containsExactly("userTask_submitRequest");
    }

    /** By an order that is cancelled afterwards, so that nothing of it is drawn. */
    private void agreement(String customer, String product, String price, int quantity) {
        String number = desk.receive(desk.draft(customer, line(product, quantity, price)));
        desk.review(number);
        desk.submitPrice(number);
        desk.complete("manager", number, "userTask_approvePrice", "decision", "approve");
        login.run("assistant1", () -> actions.cancel(number, "只为协议"));
    }

    private List<Integer> drawn(String product) {
        return jdbc.sql("select drawn from price_agreement where product_code = ? order by id")
                .param(product)
                .query(Integer.class)
                .list();
    }

    // ---- R7

    @Test
    void whoEnteredOrReviewedNeverVerifies() {
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        desk.complete("assistant2", number, "userTask_reviewOrder", "decision", "approve");
        for (String user : List.of("assistant1", "assistant2")) {
            assertThatThrownBy(() -> desk.verify(user, number)).hasStackTraceContaining("双人复核");
        }
        desk.verify("manager", number);
        assertThat(desk.order(number).verifiedBy()).isEqualTo("manager");
    }

    @Test
    void aMismatchSendsTheOrderBackAndIsVerifiedAnew() {
        OrderDraft draft = desk.draft(desk.customer(Grade.B), line(desk.product(10), 1));
        String number = desk.receive(draft);
        desk.review(number);
        desk.complete("assistant2", number, "userTask_verifyDocument", "decision", "mismatch", "comment", "数量应为 2");
        assertThat(desk.steps(number)).containsExactly("userTask_completeOrder");
        resubmit(
                number,
                OrderDesk.with(
                        draft,
                        draft.consignee(),
                        List.of(line(draft.lines().get(0).productCode(), 2))));
        desk.review(number);
        desk.verify(number);
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.RELEASED);
    }

    @Test
    void theInvoiceIsVerifiedByAnotherPersonAndCorrectedOnMismatch() {
        String number = released(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        desk.ship(number);
        desk.complete(
                "finance1",
                number,
                "userTask_prepareInvoice",
                "decision",
                "issue",
                "invoiceNumber",
                "X" + number,
                "taxNumber",
                "错的");
        assertThatThrownBy(() -> desk.verifyInvoice("finance1", number)).hasStackTraceContaining("双人复核");
        desk.complete("finance2", number, "userTask_verifyInvoice", "decision", "mismatch", "comment", "税号不对");
        assertThat(receivables.invoiceOf(number)).isEmpty();
        assertThat(desk.steps(number)).containsExactly("userTask_prepareInvoice");
        desk.invoice(number);
        assertThat(receivables.invoiceOf(number)).isPresent();
    }

    // ---- R4: prepaid

    @Test
    void aPrepaidOrderWaitsUntilFinanceConfirmsTheReceipt() {
        String number = desk.receive(desk.draft(desk.prepaidCustomer(), line(desk.product(10), 2)));
        desk.review(number);
        assertThat(desk.steps(number)).containsExactly("userTask_confirmReceipt");

        assertThatThrownBy(() -> confirmReceipt(number, "199.99")).hasStackTraceContaining("到款仍不足");
        assertThat(receivables.receivedFor(number)).isEqualByComparingTo("0");

        confirmReceipt(number, "200.00");
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
        desk.verify(number);
        desk.ship(number);
        desk.invoice(number);
        assertThat(receivables.invoiceOf(number).orElseThrow().open()).isEqualByComparingTo("0");
    }

    @Test
    void aReceiptFromTheBankLetsThePrepaidOrderGoOnByItself() {
        String customer = desk.prepaidCustomer();
        String number = desk.receive(desk.draft(customer, line(desk.product(10), 2)));
        desk.review(number);
        pay(customer, number, "150.00");
        assertThat(desk.steps(number)).containsExactly("userTask_confirmReceipt");
        pay(customer, number, "50.00");
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
    }

    @Test
    void goodsWithoutPaymentNeedAReasonTheDirectorAndFinance() {
        String number = desk.receive(desk.draft(desk.prepaidCustomer(), line(desk.product(10), 2)));
        desk.review(number);
        desk.complete("finance1", number, "userTask_confirmReceipt", "decision", "not-received", "comment", "未到账");
        assertThatThrownBy(() -> desk.complete("assistant1", number, "userTask_requestUnpaid", "decision", "request"))
                .hasStackTraceContaining("请填写意见或原因");

        desk.complete("assistant1", number, "userTask_requestUnpaid", "decision", "wait", "comment", "客户说明天付");
        assertThat(desk.steps(number)).containsExactly("userTask_confirmReceipt");
        desk.complete("finance1", number, "userTask_confirmReceipt", "decision", "not-received", "comment", "仍未到账");

        desk.complete("assistant1", number, "userTask_requestUnpaid", "decision", "request", "comment", "工地停工");
        desk.complete("director", number, "userTask_approveUnpaid", "decision", "reject", "comment", "先催款");
        assertThat(desk.steps(number)).containsExactly("userTask_requestUnpaid");

        desk.complete("assistant1", number, "userTask_requestUnpaid", "decision", "request", "comment", "工地停工");
        desk.complete("director", number, "userTask_approveUnpaid", "decision", "approve");
        assertThat(desk.order(number).isHeldBy(HoldReason.PAYMENT)).isTrue();
        desk.complete("finance1", number, "userTask_checkUnpaid", "decision", "reject", "comment", "缺合同");
        assertThat(desk.steps(number)).containsExactly("userTask_requestUnpaid");

        desk.complete("assistant1", number, "userTask_requestUnpaid", "decision", "request", "comment", "工地停工");
        desk.complete("director", number, "userTask_approveUnpaid", "decision", "approve");
        desk.complete("finance1", number, "userTask_checkUnpaid", "decision", "approve");
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
        desk.verify(number);
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.RELEASED);
    }

    // ---- R4: credit

    @Test
    void everyReasonOfACreditHoldIsListedAndReleasedTogether() {
        String customer = desk.customer(Grade.B, PaymentTerms.CREDIT, "500.00");
        overdueInvoice(customer, "400.00", 40);
        masterData.block(customer, true);
        String number = desk.receive(desk.draft(customer, line(desk.product(10), 2)));
        assertThat(desk.order(number).openHolds())
                .containsOnlyKeys(HoldReason.CREDIT_LIMIT, HoldReason.OVERDUE, HoldReason.ACCOUNT); // F1
        desk.review(number);
        assertThat(desk.steps(number)).containsExactly("userTask_releaseHold");

        assertThatThrownBy(() -> desk.complete(
                        "director", number, "userTask_releaseHold", "decision", "release", "comment", "x"))
                .hasStackTraceContaining("请填写复核日期");
        desk.complete(
                "director",
                number,
                "userTask_releaseHold",
                "decision",
                "release",
                "comment",
                "已承诺本周付款",
                "reviewOn",
                "2026-12-01");
        assertThat(desk.order(number).openHolds()).isEmpty();
        assertThat(desk.order(number).releasedHolds()).hasSize(3);
        desk.verify(number);
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.RELEASED);
    }

    @Test
    void aReleaseCountsOnlyUntilItsReviewDate() {
        String number = overLimit();
        desk.review(number);
        desk.complete(
                "director",
                number,
                "userTask_releaseHold",
                "decision",
                "release",
                "comment",
                "老客户",
                "reviewOn",
                "2026-11-24");
        clock.advance(Duration.ofDays(2));
        desk.verify(number);
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.HELD);
        assertThat(desk.steps(number)).containsExactly("userTask_releaseHold"); // F3
    }

    @Test
    void checkAgainClearsAHoldWhoseCauseIsGone() {
        String customer = desk.customer(Grade.B);
        String invoice = overdueInvoice(customer, "400.00", 40);
        String number = desk.receive(desk.draft(customer, line(desk.product(10), 2)));
        desk.review(number);
        desk.complete("director", number, "userTask_releaseHold", "decision", "check-again", "comment", "看看是否已付");
        assertThat(desk.steps(number)).containsExactly("userTask_releaseHold");

        // the payment itself looks again, in its own transaction
        login.run(
                "finance1",
                () -> receivables.record(
                        new Payment.Facts(
                                OrderDesk.unique("B"),
                                customer,
                                invoice,
                                null,
                                new BigDecimal("400.00"),
                                desk.today(),
                                "客户",
                                "工行"),
                        "finance1"));
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
        assertThat(desk.order(number).openHolds()).isEmpty();
    }

    @Test
    void aForcedHoldStaysUntilSomebodyReleasesIt() {
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        login.run("manager", () -> actions.hold(number, "客户信息存疑"));
        desk.review(number);
        assertThat(desk.steps(number)).containsExactly("userTask_releaseHold");
        login.run("assistant1", () -> actions.checkAgain(number));
        assertThat(desk.steps(number)).containsExactly("userTask_releaseHold"); // F3
        desk.complete("director", number, "userTask_releaseHold", "decision", "reject", "comment", "确有问题");
        assertRejected(number);
    }

    @Test
    void creditIsUsedInTheOrderOfReceipt() {
        String customer = desk.customer(Grade.B, PaymentTerms.CREDIT, "1000.00");
        String product = desk.product(100);
        String first = desk.receive(desk.draft(customer, line(product, 6)));
        String second = desk.receive(desk.draft(customer, line(product, 6)));
        assertThat(desk.order(first).openHolds()).isEmpty();
        assertThat(desk.order(second).openHolds()).containsOnlyKeys(HoldReason.CREDIT_LIMIT); // F2
        login.run("assistant1", () -> actions.cancel(first, "客户取消"));
        assertThat(login.as("assistant1", () -> orders.examine(second).openHolds()))
                .isEmpty();
    }

    // ---- R3, R13

    @Test
    void aShortageIsPromisedAndWaitsForTheGoods() {
        String product = desk.product(2);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 5)));
        desk.review(number);
        assertThat(desk.steps(number)).containsExactly("userTask_promiseDate");
        desk.complete(
                "assistant1", number, "userTask_promiseDate", "decision", "promise", "promisedDate", "2026-12-05");
        assertThat(desk.steps(number)).isEmpty();
        assertThat(mailsTo(number)).containsExactly("shortage");
        assertThat(stock.heldBy(number)).containsEntry(product, 2);
        assertThat(jdbc.sql("select quantity from shortage where order_number = ?")
                        .param(number)
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);

        stock.receive(product, 2);
        assertThat(desk.steps(number)).isEmpty();
        stock.receive(product, 1);
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
        desk.verify(number);
        desk.ship(number);
        assertThat(masterData.products(List.of(product)).get(product).stock()).isZero();
    }

    @Test
    void goodsThatArriveWhileTheDateIsBeingPromisedAreTaken() {
        String product = desk.product(0);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 5)));
        desk.review(number);
        stock.receive(product, 5);
        desk.complete(
                "assistant1", number, "userTask_promiseDate", "decision", "promise", "promisedDate", "2026-12-05");
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");
        assertThat(mailsTo(number)).isEmpty();
    }

    @Test
    void theCustomerDoesNotWaitForTheGoods() {
        String product = desk.product(0);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 5)));
        desk.review(number);
        desk.complete("assistant1", number, "userTask_promiseDate", "decision", "cancel", "comment", "客户等不了");
        assertCancelled(number);
    }

    @Test
    void goodsThatArriveServeUrgentAThenGradeThenTime() {
        String product = desk.product(0);
        String c = waiting(product, Grade.C, 4, false);
        String b = waiting(product, Grade.B, 4, false);
        String lateA = waiting(product, Grade.A, 4, false);
        String urgentA = waiting(product, Grade.A, 4, true);

        stock.receive(product, 6);
        assertThat(stock.heldBy(urgentA)).containsEntry(product, 4);
        assertThat(stock.heldBy(lateA)).containsEntry(product, 2);
        assertThat(stock.heldBy(b)).isEmpty();
        assertThat(desk.steps(urgentA)).containsExactly("userTask_verifyDocument");
        assertThat(desk.steps(lateA)).isEmpty();

        stock.receive(product, 6);
        assertThat(desk.steps(b)).containsExactly("userTask_verifyDocument");
        assertThat(desk.steps(c)).isEmpty();

        // what a cancelled order held goes to the next in line
        login.run("assistant1", () -> actions.cancel(b, "客户取消"));
        assertThat(desk.steps(c)).containsExactly("userTask_verifyDocument");
    }

    @Test
    void stockTakenBetweenCheckAndReleaseHoldsTheOrderAgain() {
        String product = desk.product(5);
        String customer = desk.customer(Grade.B);
        String first = desk.receive(desk.draft(customer, line(product, 5)));
        String second = desk.receive(desk.draft(customer, line(product, 5)));
        desk.review(first);
        desk.review(second);
        desk.verify(first);
        desk.verify(second);
        assertThat(desk.order(first).status()).isEqualTo(OrderStatus.RELEASED);
        assertThat(desk.order(second).status()).isEqualTo(OrderStatus.HELD);
        assertThat(desk.steps(second)).containsExactly("userTask_promiseDate");
        assertThat(mailsTo(second)).isEmpty();
    }

    @Test
    void aProductDiscontinuedMeanwhileSendsTheOrderBack() {
        String product = desk.product(5);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 5)));
        desk.saveProduct(product, 5, true);
        assertThatThrownBy(() -> desk.review(number)).hasStackTraceContaining("资料不齐");
        desk.saveProduct(product, 5, false);
        desk.review(number);
        desk.saveProduct(product, 5, true);
        desk.verify(number);
        assertThat(desk.steps(number)).containsExactly("userTask_completeOrder");
    }

    // ---- R11

    @Test
    void aChangeBeforeReleaseVoidsWhatWasApproved() {
        String product = desk.product(10);
        OrderDraft draft = desk.draft(desk.customer(Grade.B), line(product, 3, "90.00"));
        String number = desk.receive(draft);
        desk.review(number);
        desk.submitPrice(number);
        desk.complete("manager", number, "userTask_approvePrice", "decision", "approve");
        assertThat(desk.steps(number)).containsExactly("userTask_verifyDocument");

        login.run(
                "assistant1",
                () -> actions.change(number, OrderDesk.with(draft, "王五", List.of(line(product, 4, "80.00")))));
        assertThat(desk.steps(number)).containsExactly("userTask_reviewOrder");
        assertThat(desk.order(number).reviewedBy()).isNull();
        assertThat(jdbc.sql("select status from verification where document_number = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactly("VOID");
        Decision change = decisions.of(number).get(3);
        assertThat(change.step()).isEqualTo("change");
        assertThat(change.facts().get("differences").toString())
                .contains("收货人：李四 → 王五", product + " × 3 @ 90.0000 → " + product + " × 4 @ 80.0000");

        desk.review(number);
        // 80.00 is worse than the 90.00 that was agreed: it is asked again
        assertThat(desk.steps(number)).containsExactly("userTask_submitRequest");
    }

    @Test
    void theCustomerCancelsBeforeReleaseAndNotAfterwards() {
        String product = desk.product(10);
        OrderDraft draft = desk.draft(desk.customer(Grade.B), line(product, 3));
        String number = desk.receive(draft);
        login.run("assistant1", () -> actions.cancel(number, "客户取消"));
        assertCancelled(number);
        assertThat(mailsTo(number)).containsExactly("order-cancelled");

        String released = released(desk.draft(desk.customer(Grade.B), line(product, 3)));
        assertThatThrownBy(() -> login.run("assistant1", () -> actions.cancel(released, "太晚")))
                .hasMessageContaining("退换货");
        assertThatThrownBy(() -> login.run(
                        "assistant1",
                        () -> actions.change(released, desk.draft(desk.customer(Grade.B), line(product, 1)))))
                .isInstanceOf(RefusedException.class);
        assertThat(desk.steps(released)).containsExactly("userTask_shipOrder");
    }

    // ---- R2, R8, R12

    @Test
    void theAssistantIsRemindedAndThenTheManagerIsTold() {
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        clock.advance(Duration.ofHours(20).minusSeconds(1));
        assertThat(desk.runDueTimers(number)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(desk.runDueTimers(number)).containsExactly("timer_replyReminder");
        assertThat(mailsTo(number)).containsOnly("reply-reminder");
        clock.advance(Duration.ofHours(4));
        assertThat(desk.runDueTimers(number)).containsExactly("timer_replyOverdue");
        assertThat(mailsTo(number)).contains("reply-overdue");
        // the review goes on
        assertThat(desk.steps(number)).containsExactly("userTask_reviewOrder");
    }

    @Test
    void nobodyIsTroubledWhenTheCustomerHasHisAnswer() {
        String product = desk.product(0);
        String number = waiting(product, Grade.B, 1, false);
        clock.advance(Duration.ofHours(25));
        assertThat(desk.runDueTimers(number)).containsExactlyInAnyOrder("timer_replyReminder", "timer_replyOverdue");
        assertThat(mailsTo(number)).containsExactly("shortage");
    }

    @Test
    void goodsThatDoNotShipInThreeWorkingDaysAreReported() {
        // Friday: Saturday and Sunday do not count
        clock.advance(Duration.ofDays(4));
        String number = released(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        assertThat(desk.order(number).shipBy()).isEqualTo(LocalDate.of(2026, 12, 2));
        clock.advance(Duration.ofDays(5));
        assertThat(desk.runDueTimers(number)).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(desk.runDueTimers(number)).containsExactly("timer_shippingOverdue");
        assertThat(mailsTo(number)).contains("shipping-overdue");
        assertThat(desk.steps(number)).containsExactly("userTask_shipOrder");
    }

    @Test
    void anUrgentOrderOfAnACustomerGoesFirstAndIsToldAtOnce() {
        String product = desk.product(10);
        String urgentA = desk.receive(OrderDesk.urgent(desk.draft(desk.customer(Grade.A), line(product, 1))));
        String urgentB = desk.receive(OrderDesk.urgent(desk.draft(desk.customer(Grade.B), line(product, 1))));
        assertThat(mailsTo(urgentA)).hasSize(3).containsOnly("urgent-order"); // manager, warehouse1, warehouse2
        assertThat(mailsTo(urgentB)).isEmpty();
        assertThat(desk.task(urgentA, "userTask_reviewOrder").getPriority())
                .isGreaterThan(desk.task(urgentB, "userTask_reviewOrder").getPriority());
    }

    // ----

    private String released(OrderDraft draft) {
        String number = desk.receive(draft);
        desk.review(number);
        desk.verify(number);
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.RELEASED);
        return number;
    }

    private String overLimit() {
        return desk.receive(
                desk.draft(desk.customer(Grade.B, PaymentTerms.CREDIT, "100.00"), line(desk.product(10), 2)));
    }

    /** An order that lacks everything and waits for it. */
    private String waiting(String product, Grade grade, int quantity, boolean urgent) {
        clock.advance(Duration.ofMinutes(1));
        OrderDraft draft = desk.draft(desk.customer(grade), line(product, quantity));
        String number = desk.receive(urgent ? OrderDesk.urgent(draft) : draft);
        desk.review(number);
        desk.complete(
                "assistant1", number, "userTask_promiseDate", "decision", "promise", "promisedDate", "2026-12-05");
        return number;
    }

    private void resubmit(String number, OrderDraft draft) {
        desk.complete(
                "assistant1", number, "userTask_completeOrder", "decision", "resubmit", "order", OrderJson.of(draft));
    }

    private void confirmReceipt(String number, String amount) {
        desk.complete(
                "finance1",
                number,
                "userTask_confirmReceipt",
                "decision",
                "confirm",
                "bankReference",
                OrderDesk.unique("B"),
                "payer",
                "客户公司",
                "bank",
                "工商银行",
                "receivedAmount",
                amount,
                "receivedOn",
                "2026-11-23");
    }

    private void pay(String customer, String number, String amount) {
        login.run(
                "finance1",
                () -> receivables.record(
                        new Payment.Facts(
                                OrderDesk.unique("B"),
                                customer,
                                null,
                                number,
                                new BigDecimal(amount),
                                desk.today(),
                                "客户",
                                "工行"),
                        "finance1"));
    }

    private String overdueInvoice(String customer, String amount, int daysOverdue) {
        String invoice = OrderDesk.unique("I");
        receivables.issue(new Invoice.Facts(
                invoice,
                customer,
                null,
                desk.today().minusDays(daysOverdue + 30L),
                desk.today().minusDays(daysOverdue),
                new BigDecimal(amount),
                BigDecimal.ZERO,
                false));
        return invoice;
    }

    private void assertCancelled(String number) {
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(stock.heldBy(number)).isEmpty();
        assertThat(endsOf(number)).contains("endEvent_cancelled").doesNotContain("endEvent_archived");
        assertThat(desk.instance(number)).isNull();
    }

    private void assertRejected(String number) {
        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(endsOf(number)).contains("endEvent_rejected").doesNotContain("endEvent_archived");
        assertThat(mailsTo(number)).contains("order-rejected");
        assertThat(desk.instance(number)).isNull();
    }

    private List<String> endsOf(String number) {
        return historyService.createHistoricProcessInstanceQuery().processInstanceBusinessKey(number).list().stream()
                .flatMap(instance -> historyService
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(instance.getId())
                        .activityType("noneEndEvent")
                        .list()
                        .stream())
                .map(activity -> activity.getActivityId())
                .toList();
    }

    /** The templates of the mails written for an order, in order. */
    private List<String> mailsTo(String number) {
        return jdbc.sql("select template from mail_outbox where case_number = ? order by id")
                .param(number)
                .query(String.class)
                .list();
    }
}
