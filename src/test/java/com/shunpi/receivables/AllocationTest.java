package com.shunpi.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.order.OrderDesk;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which money pays which invoice (C6): oldest first unless named, never more than there is, never more than is owed. */
@ShunpiTest
class AllocationTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Autowired
    private Receivables receivables;

    @Autowired
    private MasterData masterData;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private JdbcClient jdbc;

    private String customer;

    @BeforeEach
    void customer() {
        customer = OrderDesk.unique("AC");
        masterData.saveCustomers(List.of(new Customer.Facts(
                customer,
                customer,
                Grade.B,
                new BigDecimal("1.0000"),
                PaymentTerms.CREDIT,
                new BigDecimal("100000.00"),
                30,
                null,
                null,
                null,
                null,
                null,
                null,
                null)));
    }

    private String invoice(String amount, LocalDate due, boolean disputed) {
        String number = OrderDesk.unique("AI");
        receivables.saveInvoices(List.of(new Invoice.Facts(
                number, customer, null, due.minusDays(30), due, new BigDecimal(amount), BigDecimal.ZERO, disputed)));
        return number;
    }

    private String invoice(String amount, LocalDate due) {
        return invoice(amount, due, false);
    }

    private String pay(String amount, String invoice) {
        String reference = OrderDesk.unique("AB");
        receivables.record(
                new Payment.Facts(reference, customer, invoice, null, new BigDecimal(amount), DAY, null, null),
                "finance1");
        return reference;
    }

    private String open(String invoice) {
        return receivables.invoices(List.of(invoice)).get(invoice).open().toPlainString();
    }

    private List<String> allocations(String reference) {
        return jdbc.sql("select invoice_number, amount from payment_allocation where bank_reference = ? order by id")
                .param(reference)
                .query((row, n) -> row.getString(1) + " " + row.getBigDecimal(2))
                .list();
    }

    @Test
    void withoutANameTheOldestDueDateIsPaidFirst() {
        String later = invoice("100.00", DAY.plusDays(10));
        String oldest = invoice("100.00", DAY.minusDays(10));
        String disputed = invoice("100.00", DAY.minusDays(20), true);
        String reference = pay("150.00", null);
        assertThat(allocations(reference)).containsExactly(oldest + " 100.00", later + " 50.00");
        assertThat(open(disputed)).isEqualTo("100.00");
    }

    @Test
    void theNamedInvoiceIsPaidFirst() {
        String oldest = invoice("100.00", DAY.minusDays(10));
        String named = invoice("100.00", DAY.plusDays(10));
        String reference = pay("130.00", named);
        assertThat(allocations(reference)).containsExactly(named + " 100.00", oldest + " 30.00");
    }

    @Test
    void whatIsLeftPaysTheNextInvoice() {
        String first = invoice("100.00", DAY);
        pay("250.00", first);
        assertThat(receivables.credit(customer)).isEqualByComparingTo("150.00");
        String second = invoice("120.00", DAY.plusDays(5));
        assertThat(open(second)).isEqualTo("0.00");
        assertThat(receivables.credit(customer)).isEqualByComparingTo("30.00");
        String number = OrderDesk.unique("AI");
        receivables.issue(new Invoice.Facts(
                number, customer, null, DAY, DAY.plusDays(30), new BigDecimal("100.00"), BigDecimal.ZERO, false));
        assertThat(open(number)).isEqualTo("70.00");
        assertThat(receivables.credit(customer)).isZero();
    }

    @Test
    void moneyForAnOrderIsNotForOldInvoices() {
        String old = invoice("100.00", DAY.minusDays(10));
        jdbc.sql("insert into payment (bank_reference, version, customer_code, order_number, amount, received_on,"
                        + " recorded_by, recorded_at) values (?, 0, ?, ?, 80, date '2026-11-20', 'finance1',"
                        + " timestamp with time zone '2026-11-20 00:00:00+00')")
                .param(OrderDesk.unique("AB"))
                .param(customer)
                .param("SO-" + customer)
                .update();
        assertThat(receivables.credit(customer)).isZero();
        String number = OrderDesk.unique("AI");
        receivables.issue(new Invoice.Facts(
                number,
                customer,
                "SO-" + customer,
                DAY,
                DAY.plusDays(30),
                new BigDecimal("60.00"),
                BigDecimal.ZERO,
                false));
        assertThat(open(number)).isEqualTo("0.00");
        assertThat(open(old)).isEqualTo("100.00");
        // the order is billed: the rest is to the customer's credit
        assertThat(receivables.credit(customer)).isEqualByComparingTo("20.00");
    }

    @Test
    void inOneImportMoneyForAnOrderIsNotForOldInvoicesEither() { // R4
        String order = desk.received();
        customer = jdbc.sql("select customer_code from sales_order where order_number = ?")
                .param(order)
                .query(String.class)
                .single();
        String old = invoice("100.00", DAY.minusDays(10));
        receivables.recordAll(
                List.of(
                        new Payment.Facts(
                                OrderDesk.unique("AB"),
                                customer,
                                null,
                                order,
                                new BigDecimal("50.00"),
                                DAY,
                                null,
                                null),
                        new Payment.Facts(
                                OrderDesk.unique("AB"),
                                customer,
                                null,
                                null,
                                new BigDecimal("30.00"),
                                DAY,
                                null,
                                null)),
                "finance1");
        assertThat(open(old)).isEqualTo("70.00");
        assertThat(receivables.receivedFor(order)).isEqualByComparingTo("50.00");
    }

    @Test
    void aClosedInvoiceTakesNoMoney() {
        String invoice = invoice("100.00", DAY);
        pay("100.00", invoice);
        assertThatThrownBy(() -> pay("1.00", invoice))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("已结清");
        assertThat(receivables.credit(customer)).isZero();
    }

    @Test
    void twentyReceiptsAtOnceNeverPayMoreThanIsOwed() throws Exception {
        String invoice = invoice("100.00", DAY);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<String>> calls = IntStream.range(0, 20)
                    .<Callable<String>>mapToObj(i -> () -> pay("10.00", null))
                    .toList();
            for (Future<String> done : threads.invokeAll(calls)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(open(invoice)).isEqualTo("0.00");
        assertThat(receivables.credit(customer)).isEqualByComparingTo("100.00");
        assertThat(jdbc.sql("select sum(amount) from payment_allocation where invoice_number = ?")
                        .param(invoice)
                        .query(BigDecimal.class)
                        .single())
                .isEqualByComparingTo("100.00");
    }

    @Test
    void theTablesSayItOnceMore() {
        String invoice = invoice("100.00", DAY);
        String reference = pay("40.00", invoice);
        assertThatThrownBy(() -> jdbc.sql("update payment set allocated = 41 where bank_reference = ?")
                        .param(reference)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("update invoice set paid = 101 where invoice_number = ?")
                        .param(invoice)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("insert into invoice_write_off (invoice_number, amount, case_number, reason,"
                                + " proposed_by, confirmed_by, approved_by, written_off_on) values (?, 1, 'CF-1', 'x', 'a',"
                                + " 'gm', 'gm', date '2026-11-20')")
                        .param(invoice)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class); // C10
    }

    @Test
    void anAmountBelowWhatWasReceivedIsRefused() {
        String invoice = invoice("100.00", DAY);
        pay("60.00", invoice);
        Receivables.Kept kept = receivables
                .saveInvoices(List.of(new Invoice.Facts(
                        invoice,
                        customer,
                        null,
                        DAY.minusDays(30),
                        DAY,
                        new BigDecimal("50.00"),
                        BigDecimal.ZERO,
                        false)))
                .get(0);
        assertThat(kept.outcome()).isEqualTo(Receivables.Outcome.REFUSED);
        assertThat(open(invoice)).isEqualTo("40.00");
    }
}
