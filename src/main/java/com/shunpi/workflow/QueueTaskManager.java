package com.shunpi.workflow;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.impl.Direction;
import org.camunda.bpm.engine.impl.QueryOrderingProperty;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.TaskQueryProperty;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.query.QueryProperty;
import org.camunda.bpm.engine.task.Task;

/**
 * Answers the page of a queue, as the filters in Tasklist ask for it, out of the {@link Worklist}: the engine's own query
 * joins, sorts and makes distinct all open tasks to show fifteen. Any further criterion, another order, and callers without
 * a login get the engine's query.
 */
final class QueueTaskManager extends TaskManager {

    private static final int LONGEST_PAGE = 1_000;

    private static final List<Map.Entry<QueryProperty, Direction>> ORDER = List.of(
            Map.entry(TaskQueryProperty.PRIORITY, Direction.DESCENDING),
            Map.entry(TaskQueryProperty.DUE_DATE, Direction.ASCENDING),
            Map.entry(TaskQueryProperty.CREATE_TIME, Direction.ASCENDING));

    /** What makes a queue, and what does not choose tasks. */
    private static final Set<String> NO_FURTHER_CRITERION = Set.of(
            "candidateGroup",
            "includeAssignedTasks",
            "queries",
            "cachedCandidateGroups",
            "cachedUserGroups",
            "initializeFormKeys",
            "withCommentAttachmentInfo");

    private static final List<Field> CRITERIA = Arrays.stream(TaskQueryImpl.class.getDeclaredFields())
            .filter(field ->
                    !Modifier.isStatic(field.getModifiers()) && !NO_FURTHER_CRITERION.contains(field.getName()))
            .peek(field -> field.setAccessible(true))
            .toList();

    private final Worklist worklist;

    QueueTaskManager(Worklist worklist) {
        this.worklist = worklist;
    }

    /** An execution waits in one task at most: whoever has it need not look for it again. */
    @Override
    public List<TaskEntity> findTasksByExecutionId(String executionId) {
        List<TaskEntity> known = getDbEntityManager().getCachedEntitiesByType(TaskEntity.class).stream()
                .filter(task -> executionId.equals(task.getExecutionId()) && task.getRevision() > 0)
                .toList();
        return known.isEmpty() ? super.findTasksByExecutionId(executionId) : new ArrayList<>(known);
    }

    /** There are none, see {@link #insertTask}; the engine looks for them whenever a task is done. */
    @Override
    public List<Task> findTasksByParentTaskId(String parentTaskId) {
        return List.of();
    }

    @Override
    public void insertTask(TaskEntity task) {
        if (task.getParentTaskId() != null) {
            throw new UnsupportedOperationException("a task has no parts: " + task.getName());
        }
        super.insertTask(task);
    }

    @Override
    public List<Task> findTasksByQueryCriteria(TaskQueryImpl query) {
        Optional<String> queue = queue(query).filter(this::maySee);
        if (queue.isEmpty() || query.getMaxResults() > LONGEST_PAGE || !isInOrder(query)) {
            return super.findTasksByQueryCriteria(query);
        }
        List<String> ids = worklist.ids(queue.get(), query.getFirstResult(), query.getMaxResults());
        return ids.isEmpty() ? List.of() : inThisOrder(ids);
    }

    @Override
    public long findTaskCountByQueryCriteria(TaskQueryImpl query) {
        return queue(query)
                .filter(this::maySee)
                .map(worklist::count)
                .orElseGet(() -> super.findTaskCountByQueryCriteria(query));
    }

    private static List<Task> inThisOrder(List<String> ids) {
        TaskQueryImpl chosen = new TaskQueryImpl();
        chosen.taskIdIn(ids.toArray(String[]::new));
        Map<String, Task> tasks = new HashMap<>();
        chosen.executeList(Context.getCommandContext(), null).forEach(task -> tasks.put(task.getId(), task));
        return ids.stream().map(tasks::get).filter(Objects::nonNull).toList();
    }

    private boolean maySee(String queue) {
        Authentication user = getCurrentAuthentication();
        return user != null
                && user.getUserId() != null
                && isAuthorizationEnabled()
                && Context.getCommandContext().isAuthorizationCheckEnabled()
                && (TaskRights.oversees(user) || TaskRights.groups(user).contains(queue));
    }

    /** The queue of which the query wants all tasks; empty when it asks for anything else. */
    static Optional<String> queue(TaskQueryImpl query) {
        if (query.getQueries().size() != 1 || !query.getExpressions().isEmpty() || hasFurtherCriteria(query)) {
            return Optional.empty();
        }
        if (query.getCandidateGroup() == null) {
            return Optional.of(Worklist.ALL);
        }
        return Optional.of(query.getCandidateGroup()).filter(group -> query.isIncludeAssignedTasks());
    }

    private static boolean hasFurtherCriteria(TaskQueryImpl query) {
        TaskQueryImpl none = new TaskQueryImpl();
        return CRITERIA.stream().anyMatch(field -> !Objects.equals(value(field, query), value(field, none)));
    }

    private static Object value(Field field, TaskQueryImpl query) {
        try {
            Object value = field.get(query);
            // what a filter has stored brings an empty list along, which chooses nothing either
            return value instanceof Object[] list && list.length == 0 ? null : value;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a caller adds to this order would only decide between tasks of the same millisecond. */
    static boolean isInOrder(TaskQueryImpl query) {
        List<QueryOrderingProperty> order = query.getOrderingProperties();
        return order.size() >= ORDER.size()
                && IntStream.range(0, ORDER.size()).allMatch(i -> is(ORDER.get(i), order.get(i)));
    }

    private static boolean is(Map.Entry<QueryProperty, Direction> wanted, QueryOrderingProperty order) {
        return order.isContainedProperty()
                && wanted.getKey().getName().equals(order.getQueryProperty().getName())
                && wanted.getValue() == order.getDirection();
    }
}
