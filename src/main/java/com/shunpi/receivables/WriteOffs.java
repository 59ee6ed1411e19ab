package com.shunpi.receivables;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code invoice_write_off}: added to, never changed. */
@Repository
class WriteOffs {

    private final JdbcClient jdbc;
    private final Clock clock;

    WriteOffs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void keep(WriteOff writeOff, BigDecimal amount) {
        jdbc.sql(
                        "insert into invoice_write_off (invoice_number, amount, case_number, reason, proposed_by, confirmed_by,"
                                + " approved_by, written_off_on) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(writeOff.invoiceNumber())
                .param(amount)
                .param(writeOff.caseNumber())
                .param(writeOff.reason())
                .param(writeOff.proposedBy())
                .param(writeOff.confirmedBy())
                .param(writeOff.approvedBy())
                .param(LocalDate.now(clock.withZone(ZoneId.of("Asia/Shanghai"))))
                .update();
    }
}
