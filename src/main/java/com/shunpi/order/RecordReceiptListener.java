package com.shunpi.order;

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

/** Finance confirms that the money is there, or that it is not (R4). */
@Component("recordReceipt")
class RecordReceiptListener implements TaskListener {

    private final OrderService orders;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordReceiptListener(OrderService orders, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        String decision = input.decision("confirm", "not-received");
        String comment = input.comment(decision, "confirm");
        if ("confirm".equals(decision)) {
            Payment.Facts receipt = new Payment.Facts(
                    input.text("bankReference", "银行流水号", 60),
                    orders.order(orderNumber).customerCode(),
                    null,
                    orderNumber,
                    input.amount("receivedAmount", "到款金额"),
                    input.date("receivedOn", "到款日期", LocalDate.of(2000, 1, 1), orders.today()),
                    input.text("payer", "付款人", 200),
                    input.text("bank", "银行", 200));
            input.check();
            facts.put("bankReference", receipt.bankReference());
            facts.put("received", receipt.amount().toPlainString());
            facts.put("payer", receipt.payer());
            orders.confirmReceipt(orderNumber, receipt, actor.id());
        }
        input.check();
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
