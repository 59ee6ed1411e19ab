package com.shunpi.collection;

import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The half-yearly statements and what customers say to them (C9): the table {@code reconciliation}. */
@Repository
class Reconciliations {

    /** @param confirmedBalance what the customer says he owes, CNY; null while he has not answered */
    record Row(
            String customerCode,
            String customerName,
            LocalDate asOf,
            BigDecimal balance,
            LocalDate sentOn,
            BigDecimal confirmedBalance,
            LocalDate confirmedOn,
            String note) {}

    private final JdbcClient jdbc;

    Reconciliations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest first; those that wait for an answer before the others. */
    List<Row> list() {
        return jdbc.sql(
                        "select r.customer_code, c.name customer_name, r.as_of, r.balance, r.sent_on, r.confirmed_balance,"
                                + " r.confirmed_on, r.note from reconciliation r join customer c on c.code = r.customer_code"
                                + " order by r.as_of desc, case when r.confirmed_on is null then 0 else 1 end, r.customer_code"
                                + " fetch first 500 rows only")
                .query(Row.class)
                .list();
    }

    /** @return the balance that was sent, CNY */
    BigDecimal confirm(
            String customerCode, LocalDate asOf, BigDecimal balance, String note, String actor, LocalDate day) {
        BigDecimal sent = jdbc.sql("select balance from reconciliation where customer_code = ? and as_of = ?")
                .param(customerCode)
                .param(asOf)
                .query(BigDecimal.class)
                .optional()
                .orElseThrow(() -> RefusedException.notFound("没有客户 " + customerCode + " 截至 " + asOf + " 的对账单。"));
        int changed = jdbc.sql("update reconciliation set confirmed_balance = ?, confirmed_on = ?, note = ?,"
                        + " recorded_by = ? where customer_code = ? and as_of = ? and confirmed_on is null")
                .param(balance)
                .param(day)
                .param(note)
                .param(actor)
                .param(customerCode)
                .param(asOf)
                .update();
        if (changed == 0) {
            throw RefusedException.conflict("客户 " + customerCode + " 截至 " + asOf + " 的对账单已登记过结果。");
        }
        return sent;
    }
}
