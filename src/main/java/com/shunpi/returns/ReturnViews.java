package com.shunpi.returns;

import com.shunpi.attachment.Attachments;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.Product;
import com.shunpi.receivables.CreditNotes;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import com.shunpi.workflow.HiddenContent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Returns as their readers may see them. */
@Component
@Transactional(readOnly = true)
class ReturnViews {

    private final ReturnService returns;
    private final Returns repository;
    private final MasterData masterData;
    private final Attachments attachments;
    private final CreditNotes creditNotes;
    private final Directory directory;
    private final HiddenContent hidden;
    private final CurrentActor actor;

    ReturnViews(
            ReturnService returns,
            Returns repository,
            MasterData masterData,
            Attachments attachments,
            CreditNotes creditNotes,
            Directory directory,
            HiddenContent hidden,
            CurrentActor actor) {
        this.returns = returns;
        this.repository = repository;
        this.masterData = masterData;
        this.attachments = attachments;
        this.creditNotes = creditNotes;
        this.directory = directory;
        this.hidden = hidden;
        this.actor = actor;
    }

    void mustWorkHere() {
        if (!actor.isInAny(ReturnAttachmentReaders.WORKERS) && !actor.isIn(Groups.PROCESS_OWNER)) {
            throw RefusedException.forbidden("您没有查看退换货的权限。");
        }
    }

    private boolean readsPrices() {
        return actor.isInAny(Groups.PRICE_READERS);
    }

    ReturnView view(String returnNumber) {
        ReturnCase returned = returns.returned(returnNumber);
        boolean blind = hidden.includes(returnNumber);
        boolean prices = readsPrices() && !blind;
        Map<String, String> names = new HashMap<>();
        Map<String, Product> products = masterData.products(returned.lines().stream()
                .flatMap(line -> Stream.of(line.productCode(), line.replacement()))
                .collect(Collectors.toSet()));
        return new ReturnView(
                returned.returnNumber(),
                returned.orderNumber(),
                returned.customerCode(),
                returns.customerOf(returned).name(),
                returned.invoiceNumber(),
                returned.reason().code(),
                returned.reason().label(),
                returned.description(),
                returned.status().code(),
                returned.status().label(),
                returned.severity(),
                money(prices, returned.amount()),
                returned.isFault(),
                returned.appliedBy(),
                name(names, returned.appliedBy()),
                returned.appliedAt(),
                returned.answerBy(),
                returned.answeredAt(),
                returned.proposeBy(),
                returned.proposedAt(),
                name(names, returned.proposedBy()),
                blind ? null : returned.solution(),
                returned.refusal(),
                costs(returned),
                returned.goodsDueOn(),
                returns.complaintOf(returnNumber).map(ReturnViews::complaint).orElse(null),
                returned.lines().stream()
                        .map(line -> line(line, products.get(line.productCode()), prices))
                        .toList(),
                returned.approvals().stream()
                        .map(approval -> approval(approval, names))
                        .toList(),
                returned.works().stream().map(ReturnViews::work).toList(),
                attachments.of(returnNumber).stream()
                        .map(file -> new ReturnView.File(
                                file.id(), file.fileName(), file.contentType(), file.byteCount(), file.sha256()))
                        .toList(),
                money(prices, returned.refundDue()),
                money(prices, returned.claim()),
                prices && returned.creditNoteNumber() != null ? refund(returned, names) : null,
                blind ? true : null,
                returned.closedAt());
    }

    private static ReturnView.Costs costs(ReturnCase returned) {
        return returned.goodsBorneBy() == null
                ? null
                : new ReturnView.Costs(
                        returned.goodsBorneBy().code(),
                        returned.goodsBorneBy().label(),
                        returned.outwardBorneBy().code(),
                        returned.outwardBorneBy().label(),
                        returned.backBorneBy().code(),
                        returned.backBorneBy().label(),
                        returned.repairBorneBy().code(),
                        returned.repairBorneBy().label());
    }

    private static ReturnView.Complaint complaint(QualityComplaint complaint) {
        return new ReturnView.Complaint(
                complaint.complaintNumber(),
                complaint.cause(),
                complaint.responsibleSide().code(),
                complaint.responsibleSide().label(),
                complaint.correctiveAction());
    }

    private static ReturnView.Line line(ReturnLine line, Product product, boolean prices) {
        Disposition disposition = line.disposition();
        boolean appraised = line.verdict() != null;
        return new ReturnView.Line(
                line.orderLine(),
                line.productCode(),
                product.name(),
                product.model(),
                line.quantity(),
                money(prices, line.unitPrice()),
                line.wanted().code(),
                line.wanted().label(),
                line.outcome().code(),
                line.outcome().label(),
                line.isGoodsBack(),
                line.isAdvance(),
                line.replacementProduct(),
                money(prices, line.surcharge()),
                money(prices, line.refundAmount()),
                line.received(),
                line.settled(),
                appraised ? line.verdict().code() : null,
                appraised ? line.verdict().label() : null,
                appraised ? line.isRepairable() : null,
                appraised ? line.good() : null,
                disposition.restock(),
                disposition.scrap(),
                disposition.toRepair(),
                disposition.toManufacturer());
    }

    private ReturnView.Approval approval(ReturnApproval approval, Map<String, String> names) {
        return new ReturnView.Approval(
                approval.roundNumber(),
                approval.role(),
                directory.groupNameOf(approval.role()),
                approval.reasons(),
                approval.state().code(),
                approval.state().label(),
                name(names, approval.decidedBy()),
                approval.decidedAt(),
                approval.comment());
    }

    private static ReturnView.Work work(ReturnWork work) {
        return new ReturnView.Work(work.kind().code(), work.kind().label(), work.isDone(), work.doneAt(), work.note());
    }

    private ReturnView.Refund refund(ReturnCase returned, Map<String, String> names) {
        return creditNotes
                .of(returned.returnNumber())
                .map(note -> new ReturnView.Refund(
                        note.creditNoteNumber(),
                        returned.refundAccount(),
                        note.amount().toPlainString(),
                        note.payable().toPlainString(),
                        name(names, note.preparedBy()),
                        name(names, note.verifiedBy()),
                        note.repaidReference(),
                        note.repaidOn()))
                .orElseGet(() -> new ReturnView.Refund(
                        returned.creditNoteNumber(),
                        returned.refundAccount(),
                        returned.refundAmount().toPlainString(),
                        null,
                        name(names, returned.refundPreparedBy()),
                        null,
                        null,
                        null));
    }

    /** The newest first. */
    List<ReturnView.Item> list(String orderNumber, String customerCode, int max) {
        List<ReturnCase> found = repository.find(text(orderNumber), text(customerCode), Limit.of(max));
        boolean prices = readsPrices();
        Set<String> secret =
                hidden.among(found.stream().map(ReturnCase::returnNumber).toList());
        Map<String, Customer> customers = masterData.customers(
                found.stream().map(ReturnCase::customerCode).collect(Collectors.toSet()));
        return found.stream()
                .map(returned -> new ReturnView.Item(
                        returned.returnNumber(),
                        returned.orderNumber(),
                        returned.customerCode(),
                        customers.get(returned.customerCode()).name(),
                        returned.reason().code(),
                        returned.reason().label(),
                        returned.status().code(),
                        returned.status().label(),
                        returned.severity(),
                        money(prices && !secret.contains(returned.returnNumber()), returned.amount()),
                        returned.appliedAt()))
                .toList();
    }

    ReturnView.Returnable returnable(String orderNumber) {
        ReturnService.Returnable found = returns.returnable(orderNumber);
        boolean prices = readsPrices() && !hidden.includes(orderNumber);
        return new ReturnView.Returnable(
                found.delivery().orderNumber(),
                found.delivery().customerCode(),
                found.customerName(),
                found.delivery().dispatchedOn(),
                found.delivery().lines().stream()
                        .map(line -> {
                            int taken = found.taken().getOrDefault(line.number(), 0);
                            return new ReturnView.ReturnableLine(
                                    line.number(),
                                    line.productCode(),
                                    line.productName(),
                                    line.model(),
                                    line.quantity(),
                                    taken,
                                    line.quantity() - taken,
                                    money(prices, line.unitPrice()));
                        })
                        .toList());
    }

    private String name(Map<String, String> names, String user) {
        return user == null ? null : names.computeIfAbsent(user, directory::nameOf);
    }

    private static String money(boolean visible, BigDecimal amount) {
        return visible && amount != null ? amount.toPlainString() : null;
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }
}
