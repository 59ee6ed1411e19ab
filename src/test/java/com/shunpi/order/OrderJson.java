package com.shunpi.order;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An order the way the forms send it. */
final class OrderJson {

    private OrderJson() {}

    static String of(OrderDraft draft) {
        ObjectNode order = new ObjectMapper().createObjectNode();
        order.put("source", draft.source());
        order.put("externalNumber", draft.externalNumber());
        order.put("customerCode", draft.customerCode());
        order.put(
                "requiredDate",
                draft.requiredDate() == null ? null : draft.requiredDate().toString());
        order.put("deliveryMode", draft.deliveryMode());
        order.put("consignee", draft.consignee());
        order.put("phone", draft.phone());
        order.put("address", draft.address());
        order.put(
                "orderedAt",
                draft.orderedAt() == null ? null : draft.orderedAt().toString());
        order.put("urgent", draft.urgent());
        order.put("remark", draft.remark());
        draft.lines()
                .forEach(line -> order.withArray("lines")
                        .addObject()
                        .put("productCode", line.productCode())
                        .put("quantity", line.quantity())
                        .put("unitPrice", line.unitPrice().toPlainString()));
        return order.toString();
    }
}
