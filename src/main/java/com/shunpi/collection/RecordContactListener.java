package com.shunpi.collection;

import com.shunpi.shared.Fault;
import com.shunpi.shared.FieldReader;
import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Somebody spoke with the customer: what he said, what he promised, and what follows (C4, C5). */
@Component("recordContact")
class RecordContactListener implements TaskListener {

    private final CollectionService collection;
    private final CollectionSettings settings;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordContactListener(
            CollectionService collection, CollectionSettings settings, CurrentActor actor, DecisionRecorder decisions) {
        this.collection = collection;
        this.settings = settings;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        CollectionCase open = collection.find(number);
        Map<String, Object> facts = CollectionFacts.of(open, collection.openOf(number));
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("contacted", "promise", "claims-paid", "escalate");
        String comment = input.comment(decision);
        ContactInput contact = new ContactInput(
                input.optionalText("contactedOn", "联系日期", 10),
                input.optionalText("person", "对方联系人", 80),
                input.optionalText("means", "联系方式", 10),
                comment,
                input.optionalText("promisedOn", "承诺日期", 10),
                input.optionalText("promisedAmount", "承诺金额", 20));
        FieldReader reader = new FieldReader();
        ContactInput.Read read = contact.read(reader, collection.today(), settings.farthestPromise());
        reader.faults().stream()
                .filter(fault -> !"said".equals(fault.field()))
                .forEach((Fault fault) -> input.fault(fault.field(), fault.message()));
        if ("promise".equals(decision) == (read.promisedOn() == null)
                && reader.faults().isEmpty()) {
            input.fault("promisedOn", "promise".equals(decision) ? "请填写承诺付款的日期和金额。" : "客户作了承诺，处理结果请选“客户承诺付款”。");
        }
        input.check();
        collection.contact(open.customerCode(), read, actor.id());
        collection.followedUp(number, FollowUp.CALL, "escalate".equals(decision) ? FollowUp.MANAGER : FollowUp.NONE);
        facts.put("person", read.person());
        if (read.promisedOn() != null) {
            facts.put("promisedOn", read.promisedOn().toString());
            facts.put("promised", read.promisedAmount().toPlainString());
        }
        decisions.record(task, number, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
