package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Stock;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Receivables;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Goods that a returns case sends, on the way of an order (T7). */
@ShunpiTest
class ReplacementsTest {

    private static final BigDecimal FREE = BigDecimal.ZERO;

    @Autowired
    private Replacements replacements;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private OrderActions actions;

    @Autowired
    private Login login;

    @Autowired
    private Stock stock;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aCaseSellsNothing() {
        assertThatThrownBy(() -> replacements.open(wanted("RT-1", OrderKind.SALE, "C", "P", FREE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotInTheHouseIsRefusedByField() {
        String customer = desk.customer(Grade.B);
        assertThatThrownBy(() ->
                        replacements.open(wanted(OrderDesk.unique("RT-"), OrderKind.REPLACEMENT, customer, "NO", FREE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::field)
                                .containsExactly("lines[0].productCode"));
    }

    @Test
    void theSameShipmentAskedForTwiceIsOneOrder() {
        String customer = desk.customer(Grade.B);
        Replacements.Wanted wanted =
                wanted(OrderDesk.unique("RT-"), OrderKind.REPLACEMENT, customer, desk.product(5), FREE);
        assertThat(replacements.open(wanted)).isEqualTo(replacements.open(wanted));
    }

    @Test
    void aSaleNamesNoCaseAndAReplacementNamesOne() { // the table's constraint
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(5), 1)));
        assertThatThrownBy(() -> jdbc.sql("update sales_order set kind = 'REPLACEMENT' where order_number = ?")
                        .param(number)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void otherGoodsGoOutFreeOfChargeWhateverTheCustomerOwes() {
        // no credit at all, and a debt long due: a sale would be held
        String customer = desk.customer(Grade.B, PaymentTerms.CREDIT, "0.00");
        LocalDate old = desk.today().minusDays(300);
        receivables.issue(new Invoice.Facts(
                OrderDesk.unique("FP"), customer, null, old, old, new BigDecimal("500.00"), BigDecimal.ZERO, false));
        String product = desk.product(5);
        String number = start(wanted(OrderDesk.unique("RT-"), OrderKind.REPLACEMENT, customer, product, FREE));
        assertThat(desk.order(number).openHolds()).isEmpty();
        // who answers for the case counts as who entered it (V1)
        assertThat(desk.order(number).enteredBy()).isEqualTo("assistant1");

        desk.review(number);
        desk.verify(number);
        assertThat(stock.available(List.of(product))).containsEntry(product, 3);
        assertThat(deliveries.of(number)).isEmpty();
        desk.ship(number);
        // no invoice, neither as a task nor as a claim
        assertThat(desk.steps(number)).containsExactly("userTask_fileNote");
        assertThat(deliveries.of(number).orElseThrow().lines())
                .extracting(Deliveries.Line::productCode, Deliveries.Line::quantity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(product, 2));
        desk.file(number);
        assertThat(replacements.status(number)).isEqualTo(OrderStatus.ARCHIVED);
        assertThat(receivables.invoiceOf(number)).isEmpty();
    }

    @Test
    void theCustomersOwnGoodsAreNotTakenFromStock() {
        String product = desk.product(0, true);
        String number = start(wanted(OrderDesk.unique("RT-"), OrderKind.REPAIR, desk.customer(Grade.C), product, FREE));
        desk.review(number);
        desk.verify(number);
        desk.ship(number);
        assertThat(masterData.products(List.of(product)).get(product).stock()).isZero();
        assertThat(desk.steps(number)).containsExactly("userTask_fileNote");
    }

    @Test
    void otherGoodsWaitForStockLikeASale() { // R3, R13
        String product = desk.product(1);
        String number =
                start(wanted(OrderDesk.unique("RT-"), OrderKind.REPLACEMENT, desk.customer(Grade.B), product, FREE));
        desk.review(number);
        assertThat(desk.steps(number)).containsExactly("userTask_promiseDate");
    }

    @Test
    void aSurchargeIsOwedAndInvoiced() { // R4, R7
        String customer = desk.customer(Grade.B, PaymentTerms.CREDIT, "0.00");
        String number = start(wanted(
                OrderDesk.unique("RT-"), OrderKind.REPLACEMENT, customer, desk.product(5), new BigDecimal("8.50")));
        assertThat(desk.order(number).openHolds()).containsOnlyKeys(HoldReason.CREDIT_LIMIT);
        desk.review(number);
        desk.complete(
                "director",
                number,
                "userTask_releaseHold",
                "decision",
                "release",
                "comment",
                "换货差价",
                "reviewOn",
                desk.today().plusDays(5).toString());
        desk.verify(number);
        desk.ship(number);
        desk.invoice(number);
        assertThat(receivables.invoiceOf(number).orElseThrow().amount()).isEqualByComparingTo("17.00");
    }

    @Test
    void onlyTheDeliveryCanBeChangedOnTheWay() {
        String product = desk.product(5);
        String number =
                start(wanted(OrderDesk.unique("RT-"), OrderKind.REPLACEMENT, desk.customer(Grade.B), product, FREE));
        Order order = desk.order(number);
        OrderDraft other = order.withPrices(List.of());
        assertThatThrownBy(() -> login.run(
                        "assistant1",
                        () -> actions.change(
                                number, OrderDesk.with(other, other.consignee(), List.of(line(product, 3, "0.0000"))))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(order.caseNumber());
        login.run("assistant1", () -> actions.change(number, OrderDesk.with(other, "王五", other.lines())));
        assertThat(desk.order(number).consignee()).isEqualTo("王五");
    }

    /** As the call activity of a returns case does: under the order's number, and with nothing else. */
    private String start(Replacements.Wanted wanted) {
        String number = replacements.open(wanted);
        runtimeService.startProcessInstanceByKey("order-review", number);
        return number;
    }

    private static Replacements.Wanted wanted(
            String caseNumber, OrderKind kind, String customer, String product, BigDecimal surcharge) {
        return new Replacements.Wanted(
                caseNumber,
                "1",
                kind,
                customer,
                LocalDate.of(2026, 12, 20),
                "快递",
                "李四",
                "021-5550101",
                "上海市收货路 2 号",
                null,
                List.of(new Replacements.Line(product, 2, surcharge)),
                "assistant1");
    }
}
