package com.shunpi.pricing;

import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The mails of special prices. */
@Component
class PriceMails {

    private final Outbox outbox;
    private final Directory directory;

    PriceMails(Outbox outbox, Directory directory) {
        this.outbox = outbox;
        this.directory = directory;
    }

    /** To who asked, and to the general manager as a record of what was decided without him (P6). */
    void decided(SpecialPriceRequest request, String customerName) {
        Map<String, Object> values = values(request, customerName);
        Notice notice =
                new Notice(request.requestNumber() + "/decided", request.requestNumber(), "price-decided", values);
        outbox.tell(directory.mailOf(request.requestedBy()), notice);
        if (!request.wasDecidedBy(Groups.GENERAL_MANAGER)) {
            outbox.tellGroup(
                    Groups.GENERAL_MANAGER,
                    new Notice(request.requestNumber() + "/record", request.requestNumber(), "price-record", values));
        }
    }

    private Map<String, Object> values(SpecialPriceRequest request, String customerName) {
        Map<String, Object> values = new HashMap<>();
        values.put("requestNumber", request.requestNumber());
        values.put("customerName", customerName);
        values.put("result", request.status().label());
        values.put("requestedBy", directory.nameOf(request.requestedBy()));
        values.put("reason", text(request.reason()));
        values.put("period", request.validFrom() == null ? "" : request.validFrom() + " 至 " + request.validTo());
        values.put(
                "lines",
                request.lines().stream()
                        .map(line -> Map.of(
                                "productCode", line.productCode(),
                                "quantity", String.valueOf(line.quantity()),
                                "customerPrice", line.customerPrice().toPlainString(),
                                "price", line.askedPrice().toPlainString()))
                        .toList());
        List<Map<String, String>> decisions = request.approvals().stream()
                .filter(approval -> approval.decidedBy() != null)
                .map(approval -> Map.of(
                        "role", directory.groupNameOf(approval.role()),
                        "name", directory.nameOf(approval.decidedBy()),
                        "state", approval.state().label(),
                        "comment", text(approval.comment())))
                .toList();
        values.put("decisions", decisions);
        values.put("withinAuthority", decisions.isEmpty() ? List.of(Map.of()) : List.of());
        return values;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
