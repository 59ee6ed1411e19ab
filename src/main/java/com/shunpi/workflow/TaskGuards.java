package com.shunpi.workflow;

import com.shunpi.shared.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * What every user task of every diagram does, whether its author thought of it or not. The listeners are built in, which
 * no caller can skip.
 */
final class TaskGuards extends AbstractBpmnParseListener {

    /** Name of the extension property with the variables a person may hand in, separated by spaces. */
    static final String INPUTS = "inputs";

    private final Supplier<List<TaskExclusion>> exclusions;
    private final Set<String> known;
    private final Consumer<DelegateTask> done;

    /**
     * @param exclusions asked when a task is assigned or completed, not before: they need the whole application
     * @param known takes the name of each input of each diagram that is read
     * @param done hears of each task that somebody completes
     */
    TaskGuards(Supplier<List<TaskExclusion>> exclusions, Set<String> known, Consumer<DelegateTask> done) {
        this.exclusions = exclusions;
        this.known = known;
        this.done = done;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        Set<String> inputs = inputs(element);
        known.addAll(inputs);
        activity.setProperty(INPUTS, inputs);
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, created -> forgetTheLastAnswer(created, inputs));
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, TaskGuards::mustBeAssignable);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, this::assigneeMustNotBeExcluded);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, this::actorMustNotBeExcluded);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, TaskGuards::nameTheActor);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, done::accept);
    }

    @Override
    public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        Set<String> inputs = inputs(element);
        known.addAll(inputs);
        activity.setProperty(INPUTS, inputs);
    }

    private static Set<String> inputs(Element element) {
        Element extensions = element.element("extensionElements");
        Element properties = extensions == null ? null : extensions.element("properties");
        List<Element> all = properties == null ? List.of() : properties.elements("property");
        return all.stream()
                .filter(property -> INPUTS.equals(property.attribute("name")))
                .flatMap(property ->
                        Arrays.stream(property.attribute("value", "").strip().split("\\s+")))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A form does not send what its user did not touch: the comment of an earlier rejection would stand again. And until
     * this task says how to go on, no outcome of an earlier one does.
     */
    private static void forgetTheLastAnswer(DelegateTask task, Set<String> inputs) {
        task.removeVariables(inputs);
        task.removeVariable(CaseVariables.OUTCOME);
    }

    /** Whoever takes a task takes it for himself and out of his own queue; only who oversees hands it to another. */
    private static void mustBeAssignable(DelegateTask task) {
        Authentication user = user();
        String assignee = task.getAssignee();
        if (user == null || assignee == null) {
            return;
        }
        if (!assignee.equals(user.getUserId()) && !TaskRights.oversees(user)) {
            throw RefusedException.forbidden("只能为自己领取任务。");
        }
        List<String> groups = assignee.equals(user.getUserId()) ? TaskRights.groups(user) : groupsOf(assignee);
        if (!TaskRights.isCandidate(task.getCandidates(), assignee, groups)) {
            throw RefusedException.forbidden(
                    assignee.equals(user.getUserId()) ? "这项任务不在您的待办范围内。" : "该用户不属于这项任务的办理部门：" + assignee);
        }
    }

    private static List<String> groupsOf(String person) {
        return Context.getCommandContext()
                .getReadOnlyIdentityProvider()
                .createGroupQuery()
                .groupMember(person)
                .list()
                .stream()
                .map(Group::getId)
                .toList();
    }

    /** Whoever assigns it, an administrator, a script or code of ours: the task is not given to who may not have it (V1). */
    private void assigneeMustNotBeExcluded(DelegateTask task) {
        if (task.getAssignee() != null) {
            mustNotBeExcluded(task, task.getAssignee());
        }
    }

    private void actorMustNotBeExcluded(DelegateTask task) {
        assigneeMustNotBeExcluded(task);
        Authentication user = user();
        if (user != null) {
            mustNotBeExcluded(task, user.getUserId());
        }
    }

    private void mustNotBeExcluded(DelegateTask task, String userId) {
        String process = ((TaskEntity) task).getProcessDefinition().getKey();
        String businessKey = task.getExecution().getProcessBusinessKey();
        exclusions.get().stream()
                .flatMap(exclusion ->
                        exclusion.refusal(process, task.getTaskDefinitionKey(), businessKey, userId).stream())
                .findFirst()
                .ifPresent(reason -> {
                    throw RefusedException.forbidden(reason);
                });
    }

    /** Who completes what nobody had claimed is who did it: without this the history would not know. */
    private static void nameTheActor(DelegateTask task) {
        Authentication user = user();
        if (user != null && task.getAssignee() == null) {
            task.setAssignee(user.getUserId());
        }
    }

    /** Null for the engine itself and for code of ours that assigns. */
    private static Authentication user() {
        Authentication user = Context.getCommandContext().getAuthentication();
        return user == null || user.getUserId() == null ? null : user;
    }
}
