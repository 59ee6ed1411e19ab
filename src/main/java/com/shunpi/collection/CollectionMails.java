package com.shunpi.collection;

import com.shunpi.masterdata.Customer;
import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import com.shunpi.shared.Money;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The mails of collection. The event in each makes it go out once per recipient (A7). */
@Component
class CollectionMails {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年M月d日");

    private final Outbox outbox;
    private final Directory directory;

    CollectionMails(Outbox outbox, Directory directory) {
        this.outbox = outbox;
        this.directory = directory;
    }

    /**
     * A mail about some invoices of a customer, not yet sent.
     *
     * @param recipient a mail address, or {@code group:} and a group where the customer has no rep; empty when there is none
     * @param subject in Chinese
     */
    record Letter(String event, String template, String recipient, String subject, List<Planned> invoices) {

        BigDecimal amount() {
            return invoices.stream().map(Planned::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** The mails that the actions of a day make: one to the rep before the due date (C2), one to the customer per kind. */
    List<Letter> letters(Customer customer, List<Planned> actions, LocalDate day) {
        Map<String, List<Planned>> byEvent = new LinkedHashMap<>();
        for (Planned action : actions) {
            String event = action.mailEvent(day);
            if (event != null) {
                byEvent.computeIfAbsent(event, any -> new ArrayList<>()).add(action);
            }
        }
        List<Letter> letters = new ArrayList<>();
        byEvent.forEach((event, invoices) -> letters.add(letter(customer, event, invoices)));
        return letters;
    }

    private Letter letter(Customer customer, String event, List<Planned> invoices) {
        Planned first = invoices.get(0);
        if (first.isBeforeDue()) {
            return new Letter(event, "collection-reminder", repOf(customer), "到期前提醒与对账单", invoices);
        }
        boolean due = first.letter() == Stages.Letter.DUE;
        return new Letter(
                event,
                due ? "collection-due" : "collection-overdue",
                customer.email() == null ? "" : customer.email(),
                due ? "货款到期通知" : "逾期催款函",
                invoices);
    }

    private String repOf(Customer customer) {
        if (customer.salesRep() == null) {
            return "group:" + Groups.SALES_ASSISTANT;
        }
        String address = directory.mailOf(customer.salesRep());
        return address == null ? "user:" + customer.salesRep() : address;
    }

    /** @param statement everything the customer owes */
    void send(Letter letter, Customer customer, String caseNumber, List<Claim> statement, LocalDate day) {
        Map<String, Object> values = new HashMap<>();
        values.put("customerName", customer.name());
        values.put("contact", text(customer.contact()));
        values.put("phone", text(customer.phone()));
        values.put("day", DATE.format(day));
        values.put("total", Money.text(letter.amount()));
        Map<String, LocalDate> dueDates = new HashMap<>();
        statement.forEach(claim -> dueDates.put(claim.invoiceNumber(), claim.dueDate()));
        values.put(
                "invoices",
                letter.invoices().stream()
                        .map(planned -> Map.of(
                                "number", planned.invoiceNumber(),
                                "dueDate", DATE.format(dueDates.get(planned.invoiceNumber())),
                                "amount", Money.text(planned.amount()),
                                "days", String.valueOf(Math.max(0, planned.daysOverdue()))))
                        .toList());
        values.put("statement", statement(statement));
        values.put("balance", Money.text(statement.stream().map(Claim::open).reduce(BigDecimal.ZERO, BigDecimal::add)));
        tell(letter.recipient(), new Notice(letter.event(), caseNumber, letter.template(), values));
    }

    static List<Map<String, String>> statement(List<Claim> claims) {
        return claims.stream()
                .map(claim -> Map.of(
                        "number", claim.invoiceNumber(),
                        "invoiceDate", DATE.format(claim.invoiceDate()),
                        "dueDate", DATE.format(claim.dueDate()),
                        "amount", Money.text(claim.amount()),
                        "open", Money.text(claim.open()),
                        "objection", claim.isObjected() ? claim.objection() : ""))
                .toList();
    }

    private void tell(String recipient, Notice notice) {
        if (recipient.startsWith("group:")) {
            outbox.tellGroup(recipient.substring("group:".length()), notice);
        } else {
            outbox.tell(recipient.startsWith("user:") ? null : recipient, notice);
        }
    }

    /** Somebody did not follow up in time: his manager hears of it. */
    void late(CollectionCase late, Customer customer, BigDecimal open) {
        outbox.tellGroup(
                Groups.SALES_MANAGER,
                new Notice(
                        late.caseNumber() + "/late/" + late.step() + "/" + late.stepSince(),
                        late.caseNumber(),
                        "collection-late",
                        Map.of(
                                "caseNumber", late.caseNumber(),
                                "customerName", customer.name(),
                                "step", late.step().label(),
                                "since", DATE.format(late.stepSince()),
                                "amount", Money.text(open))));
    }

    /** A list with figures to everybody in a group (C9). */
    void list(String group, String event, String template, Map<String, Object> values) {
        outbox.tellGroup(group, new Notice(event, null, template, values));
    }

    /** The half-yearly statement that a customer is to confirm (C9). */
    void reconciliation(Customer customer, LocalDate asOf, BigDecimal balance, List<Claim> claims) {
        outbox.tell(
                customer.email(),
                new Notice(
                        Planned.event(customer.code(), "reconciliation", asOf),
                        null,
                        "reconciliation",
                        Map.of(
                                "customerName", customer.name(),
                                "contact", text(customer.contact()),
                                "asOf", DATE.format(asOf),
                                "balance", Money.text(balance),
                                "statement", statement(claims))));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
