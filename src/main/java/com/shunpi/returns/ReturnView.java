package com.shunpi.returns;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A return as its reader may see it; amounts are CNY as text, absent for who has no business with prices or is to check
 * them blind (A5, V2).
 *
 * @param fault whether it counts as a quality fault, wrong delivery or transport damage, so that a solution brings the
 *     quality complaint record (T2, T3)
 * @param refundDue for what was settled so far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReturnView(
        String returnNumber,
        String orderNumber,
        String customerCode,
        String customerName,
        String invoiceNumber,
        String reason,
        String reasonLabel,
        String description,
        String status,
        String statusLabel,
        String severity,
        String amount,
        boolean fault,
        String appliedBy,
        String appliedByName,
        Instant appliedAt,
        Instant answerBy,
        Instant answeredAt,
        Instant proposeBy,
        Instant proposedAt,
        String proposedByName,
        String solution,
        String refusal,
        Costs costs,
        LocalDate goodsDueOn,
        Complaint complaint,
        List<Line> lines,
        List<Approval> approvals,
        List<Work> works,
        List<File> attachments,
        String refundDue,
        String claim,
        Refund refund,
        Boolean blind,
        Instant closedAt) {

    record Costs(
            String goods,
            String goodsLabel,
            String outward,
            String outwardLabel,
            String back,
            String backLabel,
            String repair,
            String repairLabel) {}

    record Complaint(
            String complaintNumber,
            String cause,
            String responsible,
            String responsibleLabel,
            String correctiveAction) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            int lineNumber,
            String productCode,
            String productName,
            String model,
            int quantity,
            String unitPrice,
            String wanted,
            String wantedLabel,
            String outcome,
            String outcomeLabel,
            boolean goodsBack,
            boolean advance,
            String replacementProduct,
            String surcharge,
            String refundAmount,
            int received,
            int settled,
            String verdict,
            String verdictLabel,
            Boolean repairable,
            Integer good,
            int restocked,
            int scrapped,
            int toRepair,
            int toManufacturer) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Approval(
            int round,
            String role,
            String roleName,
            String reasons,
            String state,
            String stateLabel,
            String decidedByName,
            Instant decidedAt,
            String comment) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Work(String kind, String label, boolean done, Instant doneAt, String note) {}

    record File(String id, String fileName, String contentType, int byteCount, String sha256) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Refund(
            String creditNoteNumber,
            String account,
            String amount,
            String payable,
            String preparedByName,
            String verifiedByName,
            String repaidReference,
            LocalDate repaidOn) {}

    /** One of a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String returnNumber,
            String orderNumber,
            String customerCode,
            String customerName,
            String reason,
            String reasonLabel,
            String status,
            String statusLabel,
            String severity,
            String amount,
            Instant appliedAt) {}

    /** What of an order can be returned. */
    record Returnable(
            String orderNumber,
            String customerCode,
            String customerName,
            LocalDate dispatchedOn,
            List<ReturnableLine> lines) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReturnableLine(
            int lineNumber,
            String productCode,
            String productName,
            String model,
            int delivered,
            int returned,
            int returnable,
            String unitPrice) {}

    record Word(String code, String label, Boolean fault) {}

    /** The words the forms offer. */
    record Words(List<Word> reasons, List<Word> outcomes, List<Word> bearers, List<Word> verdicts) {}
}
