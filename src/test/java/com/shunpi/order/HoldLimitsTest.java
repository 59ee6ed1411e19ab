package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Receivables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the table of hold limits says, on both sides of each limit (R4, F1). */
@ShunpiTest
class HoldLimitsTest {

    @Autowired
    private OrderDesk desk;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private HoldLimits limits;

    @ParameterizedTest
    @CsvSource({"0, false", "3, false", "4, true"})
    void anInvoiceHoldsWhenItIsOverdueForMoreThanThreeDays(int days, boolean held) {
        String customer = desk.customer(Grade.B);
        overdue(customer, days);

        assertThat(reasonsOf(customer, 1).contains(HoldReason.OVERDUE)).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({"100.00, false", "99.99, true"})
    void theCreditLimitMayBeUsedToTheLastFen(String limit, boolean held) {
        String customer = desk.customer(Grade.B, PaymentTerms.CREDIT, limit);

        assertThat(reasonsOf(customer, 1).contains(HoldReason.CREDIT_LIMIT)).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({"B, 10000, false", "B, 10001, true", "C, 10001, true", "A, 10001, false"})
    void aLargeOrderIsHeldUnlessTheGradeIsExempt(Grade grade, int hundreds, boolean held) {
        String customer = desk.customer(grade, PaymentTerms.CREDIT, "9000000.00");

        assertThat(reasonsOf(customer, hundreds).contains(HoldReason.CREDIT_LIMIT))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void aCreditLimitCountsUpToItsLastDay(int daysPast, boolean held) {
        String customer = desk.customer(Grade.B);
        Customer known = masterData.customer(customer).orElseThrow();
        LocalDate until = desk.today().minusDays(daysPast);
        masterData.saveCustomers(List.of(new Customer.Facts(
                customer,
                known.name(),
                known.grade(),
                known.discount(),
                known.paymentTerms(),
                known.creditLimit(),
                known.creditDays(),
                known.contact(),
                known.phone(),
                known.email(),
                known.address(),
                known.salesRep(),
                known.region(),
                until)));
        Order order = desk.order(desk.receive(desk.draft(customer, line(desk.product(10), 1))));

        assertThat(order.openHolds().containsKey(HoldReason.CREDIT_LIMIT)).isEqualTo(held);
        if (held) {
            assertThat(order.openHolds().get(HoldReason.CREDIT_LIMIT).detail()).isEqualTo("信用额度已于 " + until + " 到期");
        }
    }

    @Test
    void prepaidOrdersAreNoMatterOfCredit() {
        String customer = desk.prepaidCustomer();
        overdue(customer, 40);

        assertThat(reasonsOf(customer, 10_001)).containsExactly(HoldReason.PAYMENT);
    }

    @ParameterizedTest
    @CsvSource({"A", "B", "C"})
    void theTableHasARowForEveryGrade(Grade grade) {
        HoldLimits.Limits found =
                limits.of(masterData.customer(desk.customer(grade)).orElseThrow());

        assertThat(found.overdueDays()).isNotNull();
        assertThat(found.checksCreditLimit()).isTrue();
    }

    @Test
    void anEmptyCellIsNotChecked() {
        HoldLimits.Limits none = new HoldLimits.Limits(null, null, null, null);

        assertThat(none.isOverdueTooLong(1000)).isFalse();
        assertThat(none.isOverdueTooMuch(new BigDecimal("1e9"))).isFalse();
        assertThat(none.isOverCreditLimit(new BigDecimal("1e9"), BigDecimal.ZERO))
                .isFalse();
        assertThat(none.isLargeOrder(new BigDecimal("1e9"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"5000.00, false", "5000.01, true"})
    void aToleratedAmountOverdueIsToleratedToTheLastFen(BigDecimal amount, boolean tooMuch) {
        assertThat(new HoldLimits.Limits(null, 5000L, null, null).isOverdueTooMuch(amount))
                .isEqualTo(tooMuch);
    }

    private List<HoldReason> reasonsOf(String customer, int quantity) {
        String product = desk.product(20_000);
        return List.copyOf(desk.order(desk.receive(desk.draft(customer, line(product, quantity))))
                .openHolds()
                .keySet());
    }

    private void overdue(String customer, int days) {
        receivables.issue(new Invoice.Facts(
                OrderDesk.unique("I"),
                customer,
                null,
                desk.today().minusDays(days + 30L),
                desk.today().minusDays(days),
                new BigDecimal("10.00"),
                BigDecimal.ZERO,
                false));
    }
}
