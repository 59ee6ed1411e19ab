package com.shunpi.collection;

import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What somebody does with a case outside its tasks: the deed, its record and the move of the case in one transaction. */
@Component
@Transactional
class CollectionActions {

    private final CollectionService collection;
    private final Reconciliations reconciliations;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    CollectionActions(
            CollectionService collection,
            Reconciliations reconciliations,
            CurrentActor actor,
            DecisionRecorder decisions) {
        this.collection = collection;
        this.reconciliations = reconciliations;
        this.actor = actor;
        this.decisions = decisions;
    }

    void contact(String customerCode, ContactInput.Read contact) {
        collection.contact(customerCode, contact, actor.id());
    }

    void dispute(String invoiceNumber, String reason) {
        String number = collection.dispute(invoiceNumber, reason, actor.id()).orElse(invoiceNumber);
        record(number, "dispute", "提出争议", "dispute", reason, Map.of("invoiceNumber", invoiceNumber));
    }

    void settle(String invoiceNumber, String settlement) {
        String number =
                collection.settleDispute(invoiceNumber, settlement, actor.id()).orElse(invoiceNumber);
        record(number, "settleDispute", "处理争议", "settle", settlement, Map.of("invoiceNumber", invoiceNumber));
    }

    void proposeWriteOff(String caseNumber, String invoiceNumber, String reason) {
        collection.proposeWriteOff(caseNumber, invoiceNumber, reason, actor.id());
        record(caseNumber, "proposeWriteOff", "提出核销", "propose", reason, Map.of("invoiceNumber", invoiceNumber));
    }

    void confirmBalance(String customerCode, LocalDate asOf, BigDecimal balance, String note) {
        BigDecimal ours = reconciliations.confirm(customerCode, asOf, balance, note, actor.id(), collection.today());
        record(
                customerCode + "/" + asOf,
                "confirmBalance",
                "登记对账结果",
                balance.compareTo(ours) == 0 ? "agree" : "mismatch",
                note,
                Map.of("amount", balance.toPlainString(), "balance", ours.toPlainString()));
    }

    private void record(String number, String step, String name, String choice, String comment, Map<String, ?> facts) {
        decisions.record(number, CollectionProcess.KEY, step, name, choice, comment, facts);
    }
}
