package com.shunpi.returns;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.masterdata.Customer;
import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import com.shunpi.workflow.Groups;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The mails of returns. The event in each makes it go out once per recipient (A7). */
@Component
class ReturnMails {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年M月d日");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm").withZone(WorkingDays.ZONE);

    private final Outbox outbox;

    ReturnMails(Outbox outbox) {
        this.outbox = outbox;
    }

    void answerOverdue(ReturnCase returned, Customer customer) {
        outbox.tellGroup(
                Groups.SALES_MANAGER,
                notice(returned, "return-overdue", "answer-overdue", late(returned, customer, "首次答复", "answer")));
    }

    void proposalOverdue(ReturnCase returned, Customer customer) {
        outbox.tellGroup(
                Groups.SALES_MANAGER,
                notice(
                        returned,
                        "return-overdue",
                        "proposal-overdue/" + returned.proposeBy(),
                        late(returned, customer, "提出处理方案", "proposal")));
    }

    private static Map<String, Object> late(ReturnCase returned, Customer customer, String what, String kind) {
        Map<String, Object> values = values(returned, customer);
        values.put("what", what);
        values.put("limit", TIME.format(kind.equals("answer") ? returned.answerBy() : returned.proposeBy()));
        return values;
    }

    /** To the customer: what was decided, and what he is to do. */
    void granted(ReturnCase returned, Customer customer) {
        Map<String, Object> values = values(returned, customer);
        values.put("solution", returned.solution());
        values.put("goodsDueOn", returned.goodsDueOn() == null ? "" : DATE.format(returned.goodsDueOn()));
        outbox.tell(
                customer.email(), notice(returned, "return-granted", "granted/" + returned.approvedRound(), values));
    }

    void refused(ReturnCase returned, Customer customer) {
        Map<String, Object> values = values(returned, customer);
        values.put("why", returned.refusal());
        outbox.tell(customer.email(), notice(returned, "return-refused", "refused", values));
    }

    /** To customer and assistants: the goods have not arrived (T8). */
    void chase(ReturnCase returned, Customer customer) {
        Map<String, Object> values = values(returned, customer);
        values.put("goodsDueOn", DATE.format(returned.goodsDueOn()));
        values.put("lapsesOn", DATE.format(returned.lapsesOn()));
        Notice notice = notice(returned, "return-chase", "chase/" + returned.goodsDueOn(), values);
        outbox.tell(customer.email(), notice);
        outbox.tellGroup(Groups.SALES_ASSISTANT, notice);
    }

    void lapsed(ReturnCase returned, Customer customer) {
        outbox.tell(customer.email(), notice(returned, "return-lapsed", "lapsed", values(returned, customer)));
    }

    private static Map<String, Object> values(ReturnCase returned, Customer customer) {
        Map<String, Object> values = new HashMap<>();
        values.put("returnNumber", returned.returnNumber());
        values.put("orderNumber", returned.orderNumber());
        values.put("customerName", customer.name());
        values.put("contact", customer.contact() == null ? "" : customer.contact());
        values.put("appliedAt", TIME.format(returned.appliedAt()));
        values.put("reason", returned.reason().label());
        values.put("severity", returned.severity());
        return values;
    }

    private static Notice notice(ReturnCase returned, String template, String event, Map<String, Object> values) {
        return new Notice(returned.returnNumber() + "/" + event, returned.returnNumber(), template, values);
    }
}
