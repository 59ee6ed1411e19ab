package com.shunpi.collection;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The open cases, the most pressing first (F9, F10). One statement. */
@Component
class CallList {

    private static final String ROWS =
            "select c.case_number, c.customer_code, u.name customer_name, u.sales_rep, u.region, c.status, c.stage,"
                    + " c.step, c.hold, c.broken_promises, c.rests_until, sum(i.unpaid) unpaid,"
                    + " count(*) invoices, min(i.due_date) oldest_due,"
                    + " (select max(k.contacted_on) from collection_contact k where k.case_number = c.case_number)"
                    + " last_contact,"
                    + " (select max(a.label) from collection_action a where a.case_number = c.case_number"
                    + " and a.stage = c.stage) stage_label,"
                    + " (select max(p.amount) from collection_promise p where p.open_case = c.case_number) promised"
                    + " from collection_case c join customer u on u.code = c.customer_code"
                    + " join collection_item m on m.case_number = c.case_number and m.open_invoice is not null"
                    + " join open_invoice i on i.invoice_number = m.invoice_number"
                    + " where c.open_customer is not null and (cast(:rep as varchar) is null or u.sales_rep = :rep)"
                    + " group by c.case_number, c.customer_code, u.name, u.sales_rep, u.region, c.status, c.stage, c.step,"
                    + " c.hold, c.broken_promises, c.rests_until";

    private final JdbcClient jdbc;

    /**
     * One case. Amounts in CNY.
     *
     * @param salesRep user id; null when the customer has none
     * @param restsUntil promised day; null when nothing is promised
     * @param lastContact null when nobody has called yet
     */
    record Row(
            String caseNumber,
            String customerCode,
            String customerName,
            String salesRep,
            String region,
            String status,
            int stage,
            String stageLabel,
            String step,
            boolean hold,
            int brokenPromises,
            LocalDate restsUntil,
            BigDecimal promised,
            BigDecimal unpaid,
            int invoices,
            LocalDate oldestDue,
            LocalDate lastContact) {

        long daysOverdue(LocalDate today) {
            return Math.max(0, ChronoUnit.DAYS.between(oldestDue, today));
        }
    }

    CallList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A promise that is due or was broken comes first, then the higher stage, then the larger amount; what rests comes last.
     *
     * @param rep only his customers; null for everybody's
     */
    List<Row> rows(String rep, LocalDate today) {
        return jdbc.sql(ROWS).param("rep", rep).query(Row.class).list().stream()
                .sorted(Comparator.comparing((Row row) -> rank(row, today))
                        .thenComparing(Row::stage, Comparator.reverseOrder())
                        .thenComparing(Row::unpaid, Comparator.reverseOrder())
                        .thenComparing(Row::caseNumber))
                .toList();
    }

    private static int rank(Row row, LocalDate today) {
        if (row.restsUntil() != null) {
            return row.restsUntil().isAfter(today) ? 3 : 0;
        }
        if (row.status().equals("LEGAL")) {
            return 4;
        }
        return row.brokenPromises() > 0 ? 1 : 2;
    }
}
