package com.shunpi.collection;

import com.shunpi.receivables.Payment;
import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The customer says that he paid: finance books the receipt, or does not find it (C6). */
@Component("recordClaimedPayment")
class RecordClaimedPaymentListener implements TaskListener {

    private final CollectionService collection;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordClaimedPaymentListener(CollectionService collection, CurrentActor actor, DecisionRecorder decisions) {
        this.collection = collection;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        CollectionCase open = collection.find(number);
        Map<String, Object> facts = CollectionFacts.of(open, collection.openOf(number));
        String decision = input.decision("confirm", "not-received");
        String comment = input.comment(decision, "confirm");
        if ("confirm".equals(decision)) {
            Payment.Facts receipt = new Payment.Facts(
                    input.text("bankReference", "银行流水号", 60),
                    open.customerCode(),
                    input.optionalText("invoiceNumber", "发票号", 40),
                    null,
                    input.amount("receivedAmount", "到款金额"),
                    input.date("receivedOn", "到款日期", LocalDate.of(2000, 1, 1), collection.today()),
                    input.text("payer", "付款人", 200),
                    input.text("bank", "银行", 200));
            input.check();
            facts.put("bankReference", receipt.bankReference());
            facts.put("received", receipt.amount().toPlainString());
            collection.confirmPayment(receipt, actor.id());
        } else {
            input.check();
            collection.paymentNotFound(number);
        }
        decisions.record(task, number, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
