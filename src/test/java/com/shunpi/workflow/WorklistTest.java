package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A queue opens at once however long it is (A3): what makes it so must not get lost. */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorklistTest {

    @LocalServerPort
    int port;

    @Autowired
    GuardedProcess guarded;

    @Autowired
    TaskService taskService;

    @Autowired
    RuntimeService runtimeService;

    @Autowired
    FilterService filterService;

    @Autowired
    WorklistTable table;

    @Autowired
    DataSource dataSource;

    @Autowired
    JdbcClient jdbc;

    @BeforeAll
    void process() {
        guarded.deploy();
    }

    @AfterAll
    void remove() {
        guarded.remove();
    }

    @AfterEach
    void theTableSaysWhatTheEngineSays() {
        assertThat(kept()).isEqualTo(real());
    }

    @Test
    void itFollowsATaskFromItsBeginningToItsEnd() {
        String task = guarded.start();
        assertThat(queues(task)).containsExactlyInAnyOrder("*", "sales-assistant", "sales-rep");

        taskService.setAssignee(task, "assistant2");
        taskService.setPriority(task, 77);
        taskService.setDueDate(task, Date.from(Instant.parse("2026-12-01T10:00:00Z")));
        assertThat(kept()).isEqualTo(real()).anyMatch(row -> row.contains(task) && row.contains("assistant2"));

        taskService.addCandidateGroup(task, "warehouse");
        taskService.addCandidateUser(task, "finance1");
        taskService.deleteCandidateGroup(task, "sales-rep");
        assertThat(queues(task)).containsExactlyInAnyOrder("*", "sales-assistant", "warehouse");

        taskService.setDueDate(task, null);
        taskService.setAssignee(task, null);
        assertThat(kept()).isEqualTo(real());

        runtimeService.deleteProcessInstance(guarded.instanceOf(task), "测试");
        assertThat(queues(task)).isEmpty();
    }

    @Test
    void aStartBuildsItAnewWhenSomethingIsMissing() {
        String task = guarded.start();
        jdbc.sql("delete from worklist where task_id = ?").param(task).update();

        table.prepare();

        assertThat(queues(task)).containsExactlyInAnyOrder("*", "sales-assistant", "sales-rep");
    }

    @Test
    void aFurtherStartLeavesItAlone() {
        guarded.start();
        jdbc.sql("update worklist set priority = -1").update();

        table.prepare();

        assertThat(jdbc.sql("select count(*) from worklist where priority <> -1")
                        .query(Long.class)
                        .single())
                .isZero();
        jdbc.sql("update worklist set priority = (select priority_ from act_ru_task where id_ = task_id)")
                .update();
    }

    @Test
    void everyQueueOfTasklistIsAnsweredFromIt() {
        List<Filter> queues = filterService.createFilterQuery().list().stream()
                .filter(filter -> !filter.getName().equals("我的待办"))
                .toList();
        assertThat(queues).hasSizeGreaterThan(9).allSatisfy(filter -> {
            // Tasklist adds the order its user has chosen
            TaskQueryImpl asked = (TaskQueryImpl) ((TaskQueryImpl) filter.<TaskQuery>getQuery())
                    .extend(new TaskQueryImpl().orderByTaskCreateTime().desc());
            assertThat(QueueTaskManager.queue(asked)).isPresent();
            assertThat(QueueTaskManager.isInOrder(asked)).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource
    void whatAsksForMoreIsTheEnginesBusiness(Consumer<TaskQueryImpl> criterion) {
        TaskQueryImpl query = new TaskQueryImpl();
        query.taskCandidateGroup("warehouse").includeAssignedTasks();
        assertThat(QueueTaskManager.queue(query)).contains("warehouse");

        criterion.accept(query);

        assertThat(QueueTaskManager.queue(query)).isEmpty();
    }

    static List<Consumer<TaskQueryImpl>> whatAsksForMoreIsTheEnginesBusiness() {
        return List.of(
                query -> query.taskAssignee("warehouse1"),
                query -> query.taskUnassigned(),
                query -> query.taskNameLike("%订单%"),
                query -> query.taskPriority(50),
                query -> query.processInstanceId("1"),
                query -> query.processInstanceBusinessKeyLike("SO-%"),
                query -> query.processVariableValueEquals("urgent", true),
                query -> query.dueBefore(new Date()),
                query -> query.taskDefinitionKeyIn("userTask_review"),
                query -> query.suspended(),
                query -> query.taskInvolvedUser("warehouse1"),
                query -> query.or().taskAssignee("warehouse1").endOr(),
                query -> query.taskCreatedBeforeExpression("${now()}"));
    }

    @Test
    void tasklistShowsWhatTheEngineWouldShow() {
        String last = guarded.start();
        String first = guarded.start();
        taskService.setDueDate(last, null);
        taskService.setPriority(last, 5000);
        taskService.setDueDate(first, new Date(0));
        taskService.setPriority(first, 5000);
        taskService.setAssignee(first, "assistant2");

        for (Map.Entry<String, String> who :
                Map.of("assistant1", "销售助理待办", "manager", "全部待办").entrySet()) {
            HttpUser user = HttpUser.basic(port, who.getKey());
            String filter = "/engine-rest/filter/"
                    + filterService
                            .createFilterQuery()
                            .filterName(who.getValue())
                            .singleResult()
                            .getId();
            assertThat(ids(user.get(filter + "/list?firstResult=0&maxResults=2")))
                    .containsExactly(first, last);
            assertThat(ids(user.get(filter + "/list?firstResult=1&maxResults=1")))
                    .containsExactly(last);
            long count = GuardedProcess.count(user, filter + "/count");
            assertThat(count)
                    .isEqualTo(
                            who.getKey().equals("manager")
                                    ? taskService.createTaskQuery().count()
                                    : taskService
                                            .createTaskQuery()
                                            .taskCandidateGroup("sales-assistant")
                                            .includeAssignedTasks()
                                            .count());
        }
    }

    @Test
    void aPageWithItsCountIsTwoStatements() {
        guarded.start();
        List<String> statements = new ArrayList<>();
        Worklist worklist = new Worklist(JdbcClient.create(listening(statements)));

        worklist.count(Set.of("sales-assistant", "sales-rep"), "assistant1");
        assertThat(worklist.page(Set.of("sales-assistant", "sales-rep"), "assistant1", 0, 50))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.document()).isNotNull())
                .doesNotHaveDuplicates();

        // a limit that is not in the text makes PostgreSQL plan anew each time
        assertThat(statements).hasSize(2).allSatisfy(sql -> assertThat(sql).doesNotContain("limit ?"));
    }

    /** The order comes from the index: nothing is sorted, and reading ends with the page. */
    @Test
    void aPageIsReadInTheOrderOfTheIndex() {
        guarded.start();
        List<String> statements = new ArrayList<>();
        new Worklist(JdbcClient.create(listening(statements))).ids("sales-assistant", 0, 15);
        String sql = statements
                .get(0)
                .replaceFirst("\\?", "'sales-assistant'")
                .replaceFirst("\\?", "15")
                .replaceFirst("\\?", "0");

        String plan = plan(sql).toLowerCase();

        assertThat(plan).contains("worklist_in_order");
        assertThat(plan)
                .satisfiesAnyOf(
                        h2 -> assertThat(h2).contains("index sorted"),
                        postgresql -> assertThat(postgresql)
                                .contains("index only scan")
                                .doesNotContain("sort"));
    }

    private String plan(String sql) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            boolean postgresql =
                    connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            connection.setAutoCommit(false);
            if (postgresql) {
                // a table of a few rows is read as a whole, whatever indexes it has
                statement.execute("set local enable_seqscan = off");
                statement.execute("set local enable_bitmapscan = off");
            }
            StringBuilder plan = new StringBuilder();
            try (var lines = statement.executeQuery("explain " + sql)) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            connection.rollback();
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource listening(List<String> statements) {
        return new DelegatingDataSource(dataSource) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")) {
                                statements.add((String) arguments[0]);
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }
        };
    }

    private List<String> queues(String task) {
        return jdbc.sql("select queue from worklist where task_id = ?")
                .param(task)
                .query(String.class)
                .list();
    }

    private Set<String> kept() {
        return rows("select task_id, queue, priority, due, created, assignee from worklist");
    }

    private Set<String> real() {
        String task = ", priority_, due_date_, create_time_, assignee_ from act_ru_task t";
        return rows("select t.id_, '*'" + task + " union select t.id_, l.group_id_" + task
                + " join act_ru_identitylink l on l.task_id_ = t.id_ and l.type_ = 'candidate'"
                + " and l.group_id_ is not null");
    }

    private Set<String> rows(String sql) {
        return Set.copyOf(jdbc.sql(sql)
                .query((row, number) -> {
                    List<Object> values = new ArrayList<>();
                    for (int i = 1; i <= 6; i++) {
                        Object value = row.getObject(i);
                        values.add(value instanceof Timestamp time ? time.toInstant() : value);
                    }
                    return values.toString();
                })
                .list());
    }

    private static List<String> ids(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        for (JsonNode task : GuardedProcess.json(answer.body())) {
            ids.add(task.get("id").asText());
        }
        return ids;
    }
}
