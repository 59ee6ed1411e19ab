package com.shunpi.order;

import com.shunpi.shared.FieldReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An order as JSON (contract: {@code POST /api/orders}), every value still text, so that each one that cannot be read is
 * named instead of failing the whole. Numbers are taken where text is expected.
 */
record OrderInput(
        String source,
        String externalNumber,
        String customerCode,
        String requiredDate,
        String deliveryMode,
        String consignee,
        String phone,
        String address,
        String orderedAt,
        String urgent,
        String remark,
        List<LineInput> lines) {

    static final int MAX_LINES = 500;

    record LineInput(String productCode, String quantity, String unitPrice) {}

    /** Reads every value; refuses with one fault per value that cannot be read or is missing and cannot wait. */
    OrderDraft toDraft() {
        FieldReader reader = new FieldReader();
        List<OrderDraft.Line> read = new ArrayList<>();
        if (lines == null || lines.isEmpty()) {
            reader.fault("lines", "订单至少要有一行产品。");
        } else if (lines.size() > MAX_LINES) {
            reader.fault("lines", "一张订单最多 " + MAX_LINES + " 行。");
        } else {
            for (int i = 0; i < lines.size(); i++) {
                String at = "lines[" + i + "].";
                LineInput line = lines.get(i) == null ? new LineInput(null, null, null) : lines.get(i);
                String product = reader.required(at + "productCode", "产品编码", line.productCode(), 40);
                Integer quantity = reader.quantity(at + "quantity", line.quantity());
                BigDecimal price = reader.price(at + "unitPrice", line.unitPrice());
                if (product != null && quantity != null && price != null) {
                    read.add(new OrderDraft.Line(product, quantity, price));
                }
            }
        }
        OrderDraft draft = new OrderDraft(
                reader.required("source", "来源", source, 40),
                reader.required("externalNumber", "外部单号", externalNumber, 64),
                reader.required("customerCode", "客户编码", customerCode, 40),
                reader.date("requiredDate", "要求交期", requiredDate),
                reader.text("deliveryMode", "发货方式", deliveryMode, 60),
                reader.text("consignee", "收货人", consignee, 100),
                reader.text("phone", "电话", phone, 60),
                reader.text("address", "地址", address, 400),
                reader.instant("orderedAt", orderedAt),
                reader.flag("urgent", urgent),
                reader.text("remark", "备注", remark, 1000),
                read);
        reader.check();
        return draft;
    }
}
