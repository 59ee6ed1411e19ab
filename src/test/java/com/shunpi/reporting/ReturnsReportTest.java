package com.shunpi.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.order.OrderDesk;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** T3, A8: what came back, per product, cause and responsible side, counted by hand in a month of its own. */
@ShunpiTest
class ReturnsReportTest {

    @Autowired
    private ReturnsReport report;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Login login;

    @Autowired
    private JdbcClient jdbc;

    private String customer;

    /** A return of one line at 100.00; refunded in full for what was settled. */
    private void returned(
            String number, Instant at, String status, String product, String reason, int quantity, int settled) {
        jdbc.sql(
                        "insert into return_case (return_number, version, source, external_number, content_digest, order_number,"
                                + " customer_code, reason, description, amount, status, fault_denied, severity, answer_minutes,"
                                + " proposal_minutes, arrival_days, chase_days, applied_by, applied_at, proposal_from,"
                                + " round_number, advance_opened, warehouse_done_at, finance_done_at) values (:number, 0, 'report', :number, 'x', 'SO-1', :customer,"
                                + " :reason, 'x', 100, :status, false, '一般', 60, 60, 5, 5, 'rep1', :at, :at, 0, false, :at, :at)")
                .param("number", number)
                .param("customer", customer)
                .param("reason", reason)
                .param("status", status)
                .param("at", Timestamp.from(at))
                .update();
        jdbc.sql(
                        "insert into return_line (return_number, position, order_line, product_code, unit_price, quantity, wanted,"
                                + " outcome, goods_back, advance, surcharge, refund_amount, received, settled, repairable, good,"
                                + " restocked, scrapped, to_repair, to_manufacturer) values (:number, 0, 0, :product, 100,"
                                + " :quantity, 'REFUND', 'REFUND', true, false, 0, :refund, :settled, :settled, false, :settled,"
                                + " :settled, 0, 0, 0)")
                .param("number", number)
                .param("product", product)
                .param("quantity", quantity)
                .param("settled", settled)
                .param("refund", quantity * 100)
                .update();
    }

    private void complaint(String number, String side) {
        jdbc.sql("insert into quality_complaint values (:qc, 0, :number, 'x', :side, 'x', 'assistant1', :at)")
                .param("qc", "QC-" + number)
                .param("number", number)
                .param("side", side)
                .param("at", Timestamp.from(Instant.parse("2025-02-10T02:00:00Z")))
                .update();
    }

    private List<Map<String, Object>> rows(LocalDate from, LocalDate to) {
        return login.as("manager", () -> report.rows(new Report.Period(from, to)));
    }

    @Test
    void perProductCauseAndResponsibleSide() {
        customer = desk.customer(Grade.B);
        String one = desk.product(1);
        String other = desk.product(1);
        String id = OrderDesk.unique("R");
        // the month begins in Shanghai, eight hours before it does in Greenwich
        Instant first = Instant.parse("2025-01-31T16:00:00Z");
        returned("RT-1" + id, first, "CLOSED", one, "QUALITY", 3, 2);
        complaint("RT-1" + id, "MANUFACTURER");
        returned("RT-2" + id, first, "SETTLING", one, "QUALITY", 1, 1);
        complaint("RT-2" + id, "MANUFACTURER");
        returned("RT-3" + id, first, "CLOSED", one, "QUALITY", 1, 1);
        complaint("RT-3" + id, "CARRIER");
        returned("RT-4" + id, first, "CLOSED", other, "NOT_WANTED", 5, 5);
        // none of these is a return of this month
        returned("RT-5" + id, first, "REFUSED", one, "QUALITY", 9, 9);
        returned("RT-6" + id, first, "LAPSED", one, "QUALITY", 9, 9);
        returned("RT-7" + id, first.minusSeconds(1), "CLOSED", one, "QUALITY", 9, 9);
        returned("RT-8" + id, Instant.parse("2025-02-28T16:00:00Z"), "CLOSED", one, "QUALITY", 9, 9);

        List<Map<String, Object>> rows = rows(LocalDate.of(2025, 2, 1), LocalDate.of(2025, 2, 28));
        assertThat(rows)
                .extracting(row -> row.get("productCode") + " " + row.get("reason") + " " + row.get("responsibleSide")
                        + " " + row.get("cases") + " " + row.get("quantity") + " " + row.get("amount") + " "
                        + row.get("refund") + " " + row.get("restocked"))
                .containsExactlyInAnyOrder(
                        one + " 质量问题 承运商 1 1 100.00 100.00 1",
                        one + " 质量问题 生产厂家 2 3 300.00 300.00 3",
                        other + " 客户不要了  1 5 500.00 500.00 5");
        assertThat(rows(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 2, 28))).isEmpty();
    }
}
