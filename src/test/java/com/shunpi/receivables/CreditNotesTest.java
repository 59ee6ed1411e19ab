package com.shunpi.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.order.OrderDesk;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** T7: credit notes never exceed their invoice, and what was paid already is paid back once. */
@ShunpiTest
class CreditNotesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Autowired
    private CreditNotes notes;

    @Autowired
    private Receivables receivables;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ObjectMapper json;

    @LocalServerPort
    private int port;

    private String customer;
    private String invoice;

    @BeforeEach
    void begin() {
        customer = desk.customer(Grade.B);
        invoice = OrderDesk.unique("FP");
        receivables.issue(new Invoice.Facts(
                invoice, customer, null, DAY, DAY, new BigDecimal("100.00"), new BigDecimal("70.00"), false));
    }

    private CreditNote book(String caseNumber, String amount) {
        return notes.book("CN-" + caseNumber, invoice, caseNumber, new BigDecimal(amount), "finance1", "finance2");
    }

    @Test
    void whatWasPaidAlreadyIsPayable() {
        String first = OrderDesk.unique("RT");
        assertThat(book(first, "20.00").payable()).isEqualByComparingTo("0.00");
        assertThat(receivables.openInvoices(customer))
                .extracting(OpenInvoice::open)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("10.00"));
        String second = OrderDesk.unique("RT");
        assertThat(book(second, "25.00").payable()).isEqualByComparingTo("15.00");
        assertThat(receivables.openInvoices(customer)).isEmpty();
        assertThatThrownBy(() -> book(OrderDesk.unique("RT"), "55.01")).hasMessageContaining("最多还能冲红 55.00");
        assertThat(notes.creditable(invoice)).isEqualByComparingTo("55.00");

        assertThatThrownBy(() -> notes.confirmRepaid(first, "B1" + first, DAY, "finance1"))
                .hasMessageContaining("没有待退的款项");
        notes.confirmRepaid(second, "B" + second, DAY, "finance1");
        assertThatThrownBy(() -> notes.confirmRepaid(second, "C" + second, DAY, "finance1"))
                .hasMessageContaining("或已退过");
    }

    @Test
    void whatWasCreditedIsNotOwedFromThatDayOn() throws Exception { // A8
        book(OrderDesk.unique("RT"), "20.00");
        assertThat(owed("2026-11-23")).isEqualTo("10.00");
        assertThat(owed("2026-11-22")).isEqualTo("30.00");
    }

    /** In the report on receivables, as of a day. */
    private String owed(String day) throws Exception {
        JsonNode report = json.readTree(HttpUser.basic(port, "finance1")
                .get("/api/reports/receivables-aging?from=" + day + "&to=" + day)
                .body());
        for (JsonNode row : report.get("rows")) {
            if (row.get("customerCode").asText().equals(customer)) {
                return row.get("total").asText();
            }
        }
        return null;
    }

    @Test
    void oneNotePerCaseAndNumber() {
        String number = OrderDesk.unique("RT");
        book(number, "10.00");
        assertThatThrownBy(() -> book(number, "10.00")).hasMessageContaining("已存在");
        assertThatThrownBy(() -> notes.book("other", invoice, number, new BigDecimal("10.00"), "finance1", "finance2"))
                .hasMessageContaining("已开过红字发票");
        assertThat(notes.creditable(invoice)).isEqualByComparingTo("90.00");
    }

    @Test
    void theTableRefusesOnePersonAndMoreThanWasInvoiced() { // V1
        assertThatThrownBy(() -> notes.book(
                        OrderDesk.unique("CN"),
                        invoice,
                        OrderDesk.unique("RT"),
                        new BigDecimal("10.00"),
                        "finance1",
                        "finance1"))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("update invoice set credited = 100.01 where invoice_number = ?")
                        .param(invoice)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }
}
