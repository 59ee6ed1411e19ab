package com.shunpi.collection;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import java.util.function.BiConsumer;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Finance, and after it the general manager, says whether a claim is given up (C10). */
abstract class RecordWriteOffListener implements TaskListener {

    private final CollectionService collection;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;
    private final BiConsumer<String, String> approval;

    private RecordWriteOffListener(
            CollectionService collection,
            CurrentActor actor,
            DecisionRecorder decisions,
            BiConsumer<String, String> approval) {
        this.collection = collection;
        this.actor = actor;
        this.decisions = decisions;
        this.approval = approval;
    }

    @Component("recordWriteOffConfirmation")
    static class Finance extends RecordWriteOffListener {
        Finance(CollectionService collection, CurrentActor actor, DecisionRecorder decisions) {
            super(collection, actor, decisions, collection::confirmWriteOff);
        }
    }

    @Component("recordWriteOffApproval")
    static class GeneralManager extends RecordWriteOffListener {
        GeneralManager(CollectionService collection, CurrentActor actor, DecisionRecorder decisions) {
            super(collection, actor, decisions, collection::approveWriteOff);
        }
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("approve", "reject");
        String comment = input.comment(decision, "approve");
        input.check();
        Map<String, Object> facts = CollectionFacts.of(collection.pendingWriteOff(number));
        facts.put("amount", collection.openOf(number).toPlainString());
        if ("approve".equals(decision)) {
            approval.accept(number, actor.id());
        } else {
            collection.refuseWriteOff(number);
        }
        decisions.record(task, number, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
