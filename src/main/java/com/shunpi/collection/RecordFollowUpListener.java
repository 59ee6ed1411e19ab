package com.shunpi.collection;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** What manager, director and general manager decide when their turn has come (C3). */
abstract class RecordFollowUpListener implements TaskListener {

    private final FollowUp role;
    private final String[] choices;
    private final CollectionService collection;
    private final DecisionRecorder decisions;

    private RecordFollowUpListener(
            FollowUp role, CollectionService collection, DecisionRecorder decisions, String... choices) {
        this.role = role;
        this.collection = collection;
        this.decisions = decisions;
        this.choices = choices;
    }

    /** {@code handled}: he took care of it; {@code call}: the rep is to call again; {@code escalate}: one level up. */
    @Component("recordManagerFollowUp")
    static class Manager extends RecordFollowUpListener {
        Manager(CollectionService collection, DecisionRecorder decisions) {
            super(FollowUp.MANAGER, collection, decisions, "handled", "call", "escalate");
        }
    }

    /** {@code keep}: shipping on credit stays stopped; {@code call} and {@code escalate} as for the manager. */
    @Component("recordDirectorFollowUp")
    static class Director extends RecordFollowUpListener {
        Director(CollectionService collection, DecisionRecorder decisions) {
            super(FollowUp.DIRECTOR, collection, decisions, "keep", "call", "escalate");
        }
    }

    /** {@code legal}: to the lawyers; {@code call}: collection goes on. */
    @Component("recordLegalDecision")
    static class GeneralManager extends RecordFollowUpListener {
        GeneralManager(CollectionService collection, DecisionRecorder decisions) {
            super(FollowUp.GENERAL_MANAGER, collection, decisions, "legal", "call");
        }
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision(choices);
        String comment = input.comment(decision);
        input.check();
        CollectionCase open = collection.find(number);
        var facts = CollectionFacts.of(open, collection.openOf(number));
        switch (decision) {
            case "legal" -> collection.toLegal(number);
            case "call" -> collection.followedUp(number, role, FollowUp.CALL);
            case "escalate" -> collection.followedUp(number, role, role.raised(1));
            default -> collection.followedUp(number, role, FollowUp.NONE);
        }
        decisions.record(task, number, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
