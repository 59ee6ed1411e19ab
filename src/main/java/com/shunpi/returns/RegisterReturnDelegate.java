package com.shunpi.returns;

import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes in an application that was entered in Tasklist; one that came by the API is stored already (T1). */
@Component("registerReturn")
class RegisterReturnDelegate implements JavaDelegate {

    private final ReturnService returns;
    private final ReturnJson json;
    private final ReturnFacts facts;
    private final DocumentNumbers numbers;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RegisterReturnDelegate(
            ReturnService returns,
            ReturnJson json,
            ReturnFacts facts,
            DocumentNumbers numbers,
            CurrentActor actor,
            DecisionRecorder decisions) {
        this.returns = returns;
        this.json = json;
        this.facts = facts;
        this.numbers = numbers;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String text = Optional.ofNullable(execution.getVariable(ReturnsProcess.APPLICATION))
                .map(Object::toString)
                .orElse(null);
        execution.removeVariable(ReturnsProcess.APPLICATION);
        String number = execution.getProcessBusinessKey();
        if (number == null) {
            ReturnDraft draft = json.application(text);
            returns.known(draft).ifPresent(known -> {
                throw RefusedException.conflict("这份申请已登记为 " + known + "，不必再次提交。");
            });
            ReturnCase returned = returns.register(numbers.next("RT"), draft, actor.id());
            number = returned.returnNumber();
            execution.setProcessBusinessKey(number);
            execution.setVariables(
                    ReturnsProcess.card(returned, returns.customerOf(returned).name()));
        }
        decisions.record(
                number,
                ReturnsProcess.KEY,
                "application",
                "申请退换货",
                "apply",
                returns.returned(number).description(),
                facts.of(number));
    }
}
