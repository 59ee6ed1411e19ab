package com.shunpi.order;

import com.shunpi.shared.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody saw when he decided, for the decision record (A1); amounts as text. */
final class OrderFacts {

    private OrderFacts() {}

    static Map<String, Object> of(Order order) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("customer", order.customerCode());
        facts.put("amount", order.amount().toPlainString());
        facts.put(
                "lines",
                order.lines().stream()
                        .map(line -> line.productCode() + " × " + line.quantity() + " @ "
                                + line.unitPrice().toPlainString())
                        .toList());
        facts.put("consignee", order.consignee());
        facts.put("address", order.address());
        facts.put(
                "holds",
                order.openHolds().entrySet().stream()
                        .map(entry ->
                                entry.getKey().code() + ": " + entry.getValue().detail())
                        .toList());
        return facts;
    }

    static List<String> texts(List<Fault> differences) {
        return differences.stream().map(Fault::message).toList();
    }
}
