package com.shunpi.order;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Product;
import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import com.shunpi.shared.Money;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The mails of order review. The event in each makes it go out once per recipient (A7). */
@Component
class OrderMails {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年M月d日");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm").withZone(WorkingDays.ZONE);

    private final Outbox outbox;
    private final Directory directory;
    private final OrderSettings settings;

    OrderMails(Outbox outbox, Directory directory, OrderSettings settings) {
        this.outbox = outbox;
        this.directory = directory;
        this.settings = settings;
    }

    void confirmed(Order order, Customer customer, Map<String, Product> products) {
        Map<String, Object> values = values(order, customer);
        values.put(
                "lines",
                order.lines().stream()
                        .map(line -> Map.of(
                                "productCode", line.productCode(),
                                "name", products.get(line.productCode()).name(),
                                "quantity", String.valueOf(line.quantity()),
                                "unitPrice", Money.text(line.unitPrice()),
                                "amount", line.amount().toPlainString()))
                        .toList());
        outbox.tell(customer.email(), notice(order, "order-confirmed", "confirmed", values));
    }

    /** To the person who entered it (R1); every return is an event of its own. */
    void returned(Order order) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "orderNumber", order.orderNumber(),
                "externalNumber", order.externalNumber(),
                "faults",
                        order.openHolds().entrySet().stream()
                                .map(entry -> Map.of(
                                        "message",
                                        entry.getKey().label() + "："
                                                + entry.getValue().detail()))
                                .toList()));
        outbox.tell(
                directory.mailOf(order.enteredBy()),
                notice(order, "order-returned", "returned/" + order.version(), values));
    }

    void rejected(Order order, Customer customer) {
        outbox.tell(customer.email(), notice(order, "order-rejected", "rejected", values(order, customer)));
    }

    void cancelled(Order order, Customer customer) {
        outbox.tell(customer.email(), notice(order, "order-cancelled", "cancelled", values(order, customer)));
    }

    void shortage(Order order, Customer customer, Map<String, Integer> missing, Map<String, Product> products) {
        Map<String, Object> values = values(order, customer);
        values.put("promisedDate", DATE.format(order.promisedDate()));
        values.put(
                "lines",
                missing.entrySet().stream()
                        .map(entry -> Map.of(
                                "name", products.get(entry.getKey()).name(),
                                "quantity", String.valueOf(order.quantities().get(entry.getKey())),
                                "missing", String.valueOf(entry.getValue())))
                        .toList());
        outbox.tell(customer.email(), notice(order, "shortage", "shortage/" + order.promisedDate(), values));
    }

    void dispatched(Order order, Customer customer) {
        Map<String, Object> values = values(order, customer);
        values.put("carrier", order.carrier());
        values.put("waybill", order.waybill());
        values.put("pieces", String.valueOf(order.pieces()));
        values.put("dispatchedOn", DATE.format(order.dispatchedOn()));
        outbox.tell(customer.email(), notice(order, "dispatch", "dispatched", values));
    }

    /** R12: manager and warehouse, at once. */
    void urgent(Order order, Customer customer) {
        Notice notice = notice(order, "urgent-order", "urgent", values(order, customer));
        outbox.tellGroup(Groups.SALES_MANAGER, notice);
        outbox.tellGroup(Groups.WAREHOUSE, notice);
    }

    void replyReminder(Order order, Customer customer) {
        outbox.tellGroup(
                Groups.SALES_ASSISTANT, notice(order, "reply-reminder", "reply-reminder", values(order, customer)));
    }

    void replyOverdue(Order order, Customer customer) {
        outbox.tellGroup(
                Groups.SALES_MANAGER, notice(order, "reply-overdue", "reply-overdue", values(order, customer)));
    }

    void shippingOverdue(Order order, Customer customer, LocalDate today) {
        Map<String, Object> values = values(order, customer);
        values.put("shipBy", DATE.format(order.shipBy()));
        values.put("daysLate", String.valueOf(ChronoUnit.DAYS.between(order.shipBy(), today)));
        outbox.tellGroup(Groups.SALES_MANAGER, notice(order, "shipping-overdue", "shipping-overdue", values));
    }

    private Map<String, Object> values(Order order, Customer customer) {
        Map<String, Object> values = new HashMap<>();
        values.put("customerName", customer.name());
        values.put("contact", customer.contact() == null ? "" : customer.contact());
        values.put("orderNumber", order.orderNumber());
        values.put("externalNumber", order.externalNumber());
        values.put("amount", order.amount().toPlainString());
        values.put("requiredDate", order.requiredDate() == null ? "" : DATE.format(order.requiredDate()));
        values.put("receivedAt", TIME.format(order.receivedAt()));
        values.put("replyBy", TIME.format(order.receivedAt().plus(settings.replyLimit())));
        values.put("enquiryPhone", settings.enquiryPhone());
        return values;
    }

    private static Notice notice(Order order, String template, String event, Map<String, Object> values) {
        return new Notice(order.orderNumber() + "/" + event, order.orderNumber(), template, values);
    }
}
