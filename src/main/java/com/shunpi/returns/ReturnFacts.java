package com.shunpi.returns;

import com.shunpi.attachment.Attachment;
import com.shunpi.attachment.Attachments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What somebody saw when he decided on a return, for the decision record (A1); amounts as text. */
@Component
class ReturnFacts {

    private final ReturnService returns;
    private final Attachments attachments;

    ReturnFacts(ReturnService returns, Attachments attachments) {
        this.returns = returns;
        this.attachments = attachments;
    }

    /** The return as it stands at this moment, with the digests of its evidence. */
    Map<String, Object> of(String returnNumber) {
        ReturnCase returned = returns.returned(returnNumber);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("customer", returned.customerCode());
        facts.put("order", returned.orderNumber());
        facts.put("reason", returned.reason().code());
        facts.put("severity", returned.severity());
        facts.put("amount", returned.amount().toPlainString());
        facts.put("lines", returned.lines().stream().map(ReturnFacts::line).toList());
        if (returned.solution() != null) {
            facts.put("solution", returned.solution());
            facts.put(
                    "costs",
                    "货物 " + returned.goodsBorneBy().label() + "，发出运费 "
                            + returned.outwardBorneBy().label() + "，退回运费 "
                            + returned.backBorneBy().label() + "，维修 "
                            + returned.repairBorneBy().label());
            facts.put("table", ReturnTables.APPROVAL + " " + returned.tableVersion());
        }
        List<String> files =
                attachments.of(returnNumber).stream().map(ReturnFacts::file).toList();
        if (!files.isEmpty()) {
            facts.put("attachments", files);
        }
        return facts;
    }

    private static String file(Attachment file) {
        return file.fileName() + " sha256:" + file.sha256();
    }

    private static String line(ReturnLine line) {
        StringBuilder text = new StringBuilder(line.productCode())
                .append(" × ")
                .append(line.quantity())
                .append(" @ ")
                .append(line.unitPrice().toPlainString())
                .append("，")
                .append(line.outcome().label());
        if (!line.isGoodsBack()) {
            text.append("，不退货");
        }
        if (line.isAdvance()) {
            text.append("，先行发货");
        }
        if (line.replacementProduct() != null) {
            text.append("，换为 ").append(line.replacementProduct());
        }
        if (line.surcharge().signum() > 0) {
            text.append("，补差价 ").append(line.surcharge().toPlainString());
        }
        if (line.refundAmount().signum() > 0) {
            text.append("，退款 ").append(line.refundAmount().toPlainString());
        }
        if (line.received() > 0) {
            text.append("，实收 ").append(line.received());
        }
        if (line.verdict() != null) {
            text.append("，").append(line.verdict().label()).append("，完好 ").append(line.good());
        }
        Disposition disposition = line.disposition();
        if (disposition.sum() > 0) {
            text.append("，入库 ")
                    .append(disposition.restock())
                    .append(" 报废 ")
                    .append(disposition.scrap())
                    .append(" 送修 ")
                    .append(disposition.toRepair())
                    .append(" 退厂 ")
                    .append(disposition.toManufacturer());
        }
        return text.toString();
    }
}
