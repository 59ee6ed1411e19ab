package com.shunpi.workflow;

import com.shunpi.shared.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.history.HistoricDetail;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.impl.HistoricProcessInstanceQueryImpl;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.springframework.beans.DirectFieldAccessor;

/**
 * Takes out of what a person reads from the engine the variables of cases whose document he is to check blind (V2). The
 * engine grants reading per process; whose values are hidden from whom depends on the document, so it is decided here,
 * on the way out, whichever of its many addresses was asked.
 */
final class BlindReads {

    /** What a card shows and a diagram routes by; none of it is ever a value to be keyed. */
    private static final Set<String> HARMLESS = Set.of(
            CaseVariables.DOCUMENT_NUMBER,
            CaseVariables.CUSTOMER_NAME,
            CaseVariables.URGENT,
            CaseVariables.PRIORITY,
            CaseVariables.OUTCOME,
            "verificationNumber",
            "requestNumber");

    private final HiddenContent hidden;

    BlindReads(HiddenContent hidden) {
        this.hidden = hidden;
    }

    @SuppressWarnings("unchecked")
    <T> T withoutHidden(Command<T> command, T result, CommandContext context, Authentication user) {
        if (result instanceof List<?> list) {
            return (T) visible(list, context, user);
        }
        if (isValue(result)) {
            if (visible(List.of(result), context, user).isEmpty()) {
                refuse();
            }
            return result;
        }
        if (readsVariables(command)) {
            return (T) visible(command, result, context, user);
        }
        return result;
    }

    private static void refuse() {
        throw RefusedException.forbidden("单据正在盲核，复核完成前不能查看这项内容。");
    }

    private List<?> visible(List<?> values, CommandContext context, Authentication user) {
        Set<String> instances = values.stream()
                .filter(value -> isValue(value) && !isHarmless(value))
                .map(BlindReads::instanceOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<String> secret = secret(instances, context, user);
        return secret.isEmpty()
                ? values
                : values.stream()
                        .filter(value -> !isValue(value) || isHarmless(value) || !secret.contains(instanceOf(value)))
                        .toList();
    }

    /** The commands that answer the variables of an execution or a task by themselves, one or all. */
    private static boolean readsVariables(Command<?> command) {
        String name = command.getClass().getSimpleName();
        return name.startsWith("Get") && (name.contains("Variable") || name.equals("GetRenderedTaskFormCmd"));
    }

    private Object visible(Command<?> command, Object result, CommandContext context, Authentication user) {
        DirectFieldAccessor fields = new DirectFieldAccessor(command);
        String instance = instance(fields, context);
        if (instance == null || secret(Set.of(instance), context, user).isEmpty()) {
            return result;
        }
        if (result instanceof Map<?, ?> all) {
            for (Object name : all.keySet().toArray()) {
                if (!isHarmless((String) name, all.get(name))) {
                    all.remove(name);
                }
            }
            return all;
        }
        if (!fields.isReadableProperty("variableName")
                || !isHarmless((String) fields.getPropertyValue("variableName"), result)) {
            refuse();
        }
        return result;
    }

    private static String instance(DirectFieldAccessor fields, CommandContext context) {
        for (String name : List.of("taskId", "resourceId", "executionId")) {
            Object id = fields.isReadableProperty(name) ? fields.getPropertyValue(name) : null;
            if (id instanceof String text) {
                TaskEntity task = context.getTaskManager().findTaskById(text);
                ExecutionEntity execution =
                        task == null ? context.getExecutionManager().findExecutionById(text) : null;
                if (task != null || execution != null) {
                    return task != null ? task.getProcessInstanceId() : execution.getProcessInstanceId();
                }
            }
        }
        return null;
    }

    /** Those of the instances that, or whose root, are the case of a document hidden from the user. */
    private Set<String> secret(Set<String> instances, CommandContext context, Authentication user) {
        if (instances.isEmpty()) {
            return Set.of();
        }
        Map<String, Set<String>> numbers = new HashMap<>();
        List<HistoricProcessInstance> cases = cases(instances, context);
        Map<String, String> roots = cases(
                        cases.stream()
                                .map(HistoricProcessInstance::getRootProcessInstanceId)
                                .filter(root -> root != null && !instances.contains(root))
                                .collect(Collectors.toSet()),
                        context)
                .stream()
                .filter(root -> root.getBusinessKey() != null)
                .collect(Collectors.toMap(HistoricProcessInstance::getId, HistoricProcessInstance::getBusinessKey));
        cases.forEach(one -> numbers.put(
                one.getId(),
                Stream.of(one.getBusinessKey(), roots.get(one.getRootProcessInstanceId()))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet())));
        Set<String> all = new HashSet<>();
        numbers.values().forEach(all::addAll);
        Set<String> hiddenNumbers = hidden.among(all, user.getUserId(), TaskRights.groups(user));
        return instances.stream()
                .filter(instance ->
                        numbers.getOrDefault(instance, Set.of()).stream().anyMatch(hiddenNumbers::contains))
                .collect(Collectors.toSet());
    }

    private static List<HistoricProcessInstance> cases(Collection<String> ids, CommandContext context) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return context.runWithoutAuthorization(() -> {
            HistoricProcessInstanceQueryImpl query = new HistoricProcessInstanceQueryImpl();
            query.processInstanceIds(Set.copyOf(ids));
            return new ArrayList<>(context.getHistoricProcessInstanceManager()
                    .findHistoricProcessInstancesByQueryCriteria(query, null));
        });
    }

    private static boolean isValue(Object value) {
        return value instanceof VariableInstance
                || value instanceof HistoricVariableInstance
                || value instanceof HistoricDetail;
    }

    private static String instanceOf(Object value) {
        if (value instanceof VariableInstance variable) {
            return variable.getProcessInstanceId();
        }
        return value instanceof HistoricVariableInstance variable
                ? variable.getProcessInstanceId()
                : ((HistoricDetail) value).getProcessInstanceId();
    }

    private static boolean isHarmless(Object value) {
        if (value instanceof VariableInstance variable) {
            return isHarmless(variable.getName(), variable.getTypedValue());
        }
        if (value instanceof HistoricVariableInstance variable) {
            return isHarmless(variable.getName(), variable.getTypedValue());
        }
        return value instanceof HistoricVariableUpdate update
                && isHarmless(update.getVariableName(), update.getTypedValue());
    }

    private static boolean isHarmless(String name, Object value) {
        Object plain = value instanceof TypedValue typed ? typed.getValue() : value;
        return HARMLESS.contains(name) || name.equals(CaseVariables.AMOUNT) && CaseVariables.HIDDEN.equals(plain);
    }
}
