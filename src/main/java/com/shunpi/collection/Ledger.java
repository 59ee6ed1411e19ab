package com.shunpi.collection;

import com.shunpi.receivables.InvoiceObjections;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is owed, what was done about it and what was said: the tables around the case. Plain SQL, so that a day on which
 * nothing happens costs three statements, however many customers there are.
 */
@Repository
class Ledger {

    private static final String CLAIMS =
            "select i.invoice_number, i.customer_code, i.invoice_date, i.due_date, i.amount,"
                    + " i.unpaid, i.disputed, m.case_number,"
                    + " (select max(a.stage) from collection_action a where a.invoice_number = i.invoice_number) reached"
                    + " from open_invoice i left join collection_item m on m.open_invoice = i.invoice_number"
                    + " where i.unpaid > 0";

    private final JdbcClient jdbc;
    private final JdbcTemplate jdbcTemplate;
    private final ObjectProvider<InvoiceObjections> objections;
    private final Clock clock;

    /** A row of the follow-up sheet (C4). */
    record Contact(
            LocalDate contactedOn,
            String person,
            String means,
            String said,
            LocalDate promisedOn,
            BigDecimal promisedAmount,
            String recordedBy,
            Instant recordedAt) {}

    /** What was done about an invoice. */
    record Action(
            String invoiceNumber,
            int stage,
            String label,
            LocalDate actedOn,
            long daysOverdue,
            BigDecimal amount,
            String letter,
            String step,
            String mailEvent,
            LocalDate withdrawnOn) {}

    record Dispute(
            String invoiceNumber,
            String reason,
            String raisedBy,
            LocalDate raisedOn,
            String settledBy,
            LocalDate settledOn,
            String settlement) {}

    Ledger(JdbcTemplate jdbcTemplate, ObjectProvider<InvoiceObjections> objections, Clock clock) {
        this.jdbcTemplate = jdbcTemplate;
        this.jdbc = JdbcClient.create(jdbcTemplate);
        this.objections = objections;
        this.clock = clock;
    }

    /** What is open and due by a day, of everybody; by customer, the oldest due date first. */
    List<Claim> dueBy(LocalDate day) {
        return withObjections(
                jdbc.sql(CLAIMS + " and i.due_date <= :day" + " order by i.customer_code, i.due_date, i.invoice_number")
                        .param("day", day)
                        .query((row, n) -> claim(row))
                        .list());
    }

    /** What a customer owes, the oldest due date first. */
    List<Claim> of(String customerCode) {
        return withObjections(
                jdbc.sql(CLAIMS + " and i.customer_code = :customer order by i.due_date, i.invoice_number")
                        .param("customer", customerCode)
                        .query((row, n) -> claim(row))
                        .list());
    }

    private static Claim claim(java.sql.ResultSet row) throws java.sql.SQLException {
        Number reached = (Number) row.getObject("reached");
        return new Claim(
                row.getString("invoice_number"),
                row.getString("customer_code"),
                row.getObject("invoice_date", LocalDate.class),
                row.getObject("due_date", LocalDate.class),
                row.getBigDecimal("amount"),
                row.getBigDecimal("unpaid"),
                reached == null ? null : reached.intValue(),
                row.getString("case_number"),
                row.getBoolean("disputed"),
                row.getBoolean("disputed") ? "客户有争议" : null);
    }

    /** Asks everybody who keeps objections, once for all (C7). */
    private List<Claim> withObjections(List<Claim> claims) {
        List<InvoiceObjections> sources = objections.stream().toList();
        if (claims.isEmpty() || sources.isEmpty()) {
            return claims;
        }
        Set<String> numbers = claims.stream().map(Claim::invoiceNumber).collect(Collectors.toSet());
        Map<String, String> found = new HashMap<>();
        sources.forEach(source ->
                source.of(numbers).forEach((number, why) -> found.merge(number, why, (a, b) -> a + "；" + b)));
        return claims.stream()
                .map(claim -> found.containsKey(claim.invoiceNumber()) && !claim.isObjected()
                        ? new Claim(
                                claim.invoiceNumber(),
                                claim.customerCode(),
                                claim.invoiceDate(),
                                claim.dueDate(),
                                claim.amount(),
                                claim.open(),
                                claim.reached(),
                                claim.caseNumber(),
                                claim.disputed(),
                                found.get(claim.invoiceNumber()))
                        : claim)
                .toList();
    }

    // ---- what belongs to a case (C1)

    /** The invoices in an open case, paid ones included until they have left. */
    List<String> itemsOf(String caseNumber) {
        return jdbc.sql("select invoice_number from collection_item where case_number = ? and open_invoice is not null")
                .param(caseNumber)
                .query(String.class)
                .list();
    }

    /** Every invoice that was ever in the case. */
    List<String> everIn(String caseNumber) {
        return jdbc.sql("select invoice_number from collection_item where case_number = ?")
                .param(caseNumber)
                .query(String.class)
                .list();
    }

    void join(String caseNumber, Collection<String> invoiceNumbers, LocalDate day) {
        jdbcTemplate.batchUpdate(
                "insert into collection_item (case_number, invoice_number, open_invoice, joined_on) values (?, ?, ?, ?)",
                invoiceNumbers,
                100,
                (insert, number) -> {
                    insert.setString(1, caseNumber);
                    insert.setString(2, number);
                    insert.setString(3, number);
                    insert.setObject(4, day);
                });
    }

    void leave(String caseNumber, Collection<String> invoiceNumbers, LocalDate day) {
        if (!invoiceNumbers.isEmpty()) {
            jdbc.sql("update collection_item set open_invoice = null, left_on = :day"
                            + " where case_number = :case and invoice_number in (:numbers)")
                    .param("day", day)
                    .param("case", caseNumber)
                    .param("numbers", invoiceNumbers)
                    .update();
        }
    }

    /** What came in for the invoices that were in the case on a day, CNY (C5). */
    BigDecimal paidOf(String caseNumber, LocalDate joinedBy) {
        return jdbc.sql("select coalesce(sum(i.paid), 0) from collection_item m"
                        + " join invoice i on i.invoice_number = m.invoice_number"
                        + " where m.case_number = ? and m.joined_on <= ?")
                .param(caseNumber)
                .param(joinedBy)
                .query(BigDecimal.class)
                .single();
    }

    /** What is open in a case, objected invoices included, CNY. */
    BigDecimal openOf(String caseNumber) {
        return jdbc.sql("select coalesce(sum(i.unpaid), 0) from collection_item m"
                        + " join open_invoice i on i.invoice_number = m.open_invoice where m.case_number = ?")
                .param(caseNumber)
                .query(BigDecimal.class)
                .single();
    }

    // ---- what was done (C2, C3)

    /** Each stage comes once per invoice: a second row for the same is refused by the table. */
    void acted(String caseNumber, LocalDate day, Collection<Planned> actions) {
        jdbcTemplate.batchUpdate(
                "insert into collection_action (invoice_number, stage, customer_code, case_number, label, acted_on,"
                        + " days_overdue, amount, letter, step, mail_event) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                actions,
                100,
                (insert, action) -> {
                    insert.setString(1, action.invoiceNumber());
                    insert.setInt(2, action.stage());
                    insert.setString(3, action.customerCode());
                    insert.setString(4, action.stage() == Planned.BEFORE_DUE ? null : caseNumber);
                    insert.setString(5, action.label());
                    insert.setObject(6, day);
                    insert.setLong(7, action.daysOverdue());
                    insert.setBigDecimal(8, action.amount());
                    insert.setString(9, action.letter().name());
                    insert.setString(10, action.followUp().name());
                    insert.setString(11, action.mailEvent(day));
                });
    }

    /** Of a customer, the latest first. */
    List<Action> actionsOf(String customerCode, LocalDate since) {
        return jdbc.sql("select invoice_number, stage, label, acted_on, days_overdue, amount, letter, step, mail_event,"
                        + " withdrawn_on from collection_action where customer_code = ? and acted_on >= ?"
                        + " order by acted_on desc, stage desc, invoice_number")
                .param(customerCode)
                .param(since)
                .query(Action.class)
                .list();
    }

    void withdrawn(String mailEvent, Collection<String> invoiceNumbers, LocalDate day) {
        if (!invoiceNumbers.isEmpty()) {
            jdbc.sql("update collection_action set withdrawn_on = :day where mail_event = :event"
                            + " and invoice_number in (:numbers)")
                    .param("day", day)
                    .param("event", mailEvent)
                    .param("numbers", invoiceNumbers)
                    .update();
        }
    }

    // ---- what was said (C4, C7)

    void contact(String customerCode, String caseNumber, ContactInput.Read contact, String actor) {
        jdbc.sql(
                        "insert into collection_contact (customer_code, case_number, contacted_on, person, means, said,"
                                + " promised_on, promised_amount, recorded_by, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(customerCode)
                .param(caseNumber)
                .param(contact.contactedOn())
                .param(contact.person())
                .param(contact.means())
                .param(contact.said())
                .param(contact.promisedOn())
                .param(contact.promisedAmount())
                .param(actor)
                .param(now())
                .update();
    }

    List<Contact> contactsOf(String customerCode) {
        return jdbc.sql("select contacted_on, person, means, said, promised_on, promised_amount, recorded_by,"
                        + " recorded_at from collection_contact where customer_code = ?"
                        + " order by recorded_at desc, id desc fetch first 100 rows only")
                .param(customerCode)
                .query((row, n) -> new Contact(
                        row.getObject(1, LocalDate.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, LocalDate.class),
                        row.getBigDecimal(6),
                        row.getString(7),
                        row.getObject(8, OffsetDateTime.class).toInstant()))
                .list();
    }

    void dispute(String invoiceNumber, String reason, String actor, LocalDate day) {
        jdbc.sql("insert into collection_dispute (invoice_number, open_invoice, reason, raised_by, raised_on)"
                        + " values (?, ?, ?, ?, ?)")
                .param(invoiceNumber)
                .param(invoiceNumber)
                .param(reason)
                .param(actor)
                .param(day)
                .update();
    }

    void settleDispute(String invoiceNumber, String settlement, String actor, LocalDate day) {
        jdbc.sql("update collection_dispute set open_invoice = null, settlement = ?, settled_by = ?, settled_on = ?"
                        + " where open_invoice = ?")
                .param(settlement)
                .param(actor)
                .param(day)
                .param(invoiceNumber)
                .update();
    }

    /** How many invoices of a case somebody is to settle a dispute about. */
    int disputesIn(String caseNumber) {
        return jdbc.sql("select count(*) from collection_dispute d join collection_item m"
                        + " on m.open_invoice = d.open_invoice where m.case_number = ?")
                .param(caseNumber)
                .query(Integer.class)
                .single();
    }

    List<Dispute> disputesOf(String customerCode) {
        return jdbc.sql("select d.invoice_number, d.reason, d.raised_by, d.raised_on, d.settled_by, d.settled_on,"
                        + " d.settlement from collection_dispute d join invoice i on i.invoice_number = d.invoice_number"
                        + " where i.customer_code = ? order by d.id desc")
                .param(customerCode)
                .query(Dispute.class)
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
