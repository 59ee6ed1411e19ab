package com.shunpi.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * An order as the API shows it (contract: orders). Amounts and prices are text; for a role that has no business with them
 * they are absent, and so is everything about the customer's credit (A5).
 *
 * @param blind true while the reader could verify the order and so sees none of the values he would have to key (V2);
 *     else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderView(
        String orderNumber,
        String source,
        String externalNumber,
        String customerCode,
        LocalDate requiredDate,
        String deliveryMode,
        String consignee,
        String phone,
        String address,
        Instant orderedAt,
        boolean urgent,
        String remark,
        OrderKind kind,
        String kindLabel,
        String caseNumber,
        OrderStatus status,
        String statusLabel,
        String amount,
        String enteredBy,
        String enteredByName,
        Instant receivedAt,
        Instant replyBy,
        Instant repliedAt,
        LocalDate promisedDate,
        Instant releasedAt,
        LocalDate shipBy,
        List<Line> lines,
        List<HoldView> holds,
        List<HoldView> releasedHolds,
        CustomerView customer,
        Unpaid unpaid,
        Shipment shipment,
        InvoiceView invoice,
        Note note,
        List<OrderReviewProcess.OpenTask> tasks,
        List<String> may,
        Boolean blind) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String productCode,
            String productName,
            String model,
            Integer quantity,
            String unitPrice,
            String listPrice,
            String customerPrice,
            String amount,
            int available,
            Integer held,
            boolean discontinued) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldView(
            HoldReason reason,
            String label,
            String detail,
            Instant since,
            String releasedBy,
            String releaseReason,
            LocalDate reviewOn) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CustomerView(
            String code,
            String name,
            String grade,
            String paymentTerms,
            String creditLimit,
            String exposure,
            String overdueAmount,
            Long overdueDays,
            String received,
            Boolean blocked) {}

    record Unpaid(String reason, String requestedBy, String approvedBy) {}

    record Shipment(String carrier, String waybill, Integer pieces, LocalDate dispatchedOn) {}

    record InvoiceView(String invoiceNumber, String taxNumber, String preparedBy, Instant invoicedAt) {}

    record Note(String signedBy, LocalDate signedOn) {}
}
