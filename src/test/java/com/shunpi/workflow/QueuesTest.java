package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each role has its queue, most pressing first, in Tasklist and over the API (A3). */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuesTest {

    @LocalServerPort
    int port;

    @Autowired
    GuardedProcess guarded;

    @Autowired
    TaskService taskService;

    @Autowired
    FilterService filterService;

    @Autowired
    FilterSeed filterSeed;

    private String late;
    private String soon;
    private String urgent;

    @BeforeAll
    void threeTasks() {
        guarded.deploy();
        late = task("2026-11-30T10:00:00Z", 50);
        urgent = task("2026-12-30T10:00:00Z", 1000);
        soon = task("2026-11-24T10:00:00Z", 50);
    }

    @AfterAll
    void remove() {
        guarded.remove();
    }

    @Test
    void anotherRolesQueueIsRefused() {
        assertThat(HttpUser.basic(port, "rep1")
                        .get("/api/worklist?queue=warehouse")
                        .statusCode())
                .isEqualTo(403);
        assertThat(HttpUser.basic(port, "rep1").get("/api/worklist?max=501").statusCode())
                .isEqualTo(400);
        assertThat(HttpUser.basic(port, "manager")
                        .get("/api/worklist?queue=warehouse")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theMostPressingComesFirstWithItsCard() {
        JsonNode worklist = worklist("assistant1", "?queue=sales-assistant&max=500");

        assertThat(ids(worklist)).containsSubsequence(urgent, soon, late);
        assertThat(worklist.get("count").asInt()).isEqualTo(ids(worklist).size());
        JsonNode first = worklist.get("tasks").get(ids(worklist).indexOf(urgent));
        assertThat(first.get("documentNumber").asText()).startsWith("GU-");
        assertThat(first.get("customerName").asText()).isEqualTo("客户");
        assertThat(first.get("amount").asText()).isEqualTo("1.00");
        assertThat(first.get("urgent").asBoolean()).isFalse();
        assertThat(first.get("due").asText()).isEqualTo("2026-12-30T10:00:00Z");
        assertThat(first.get("name").asText()).isEqualTo("审核");
    }

    @Test
    void aPageIsCutFromTheWholeAndTheCountStays() {
        JsonNode all = worklist("assistant1", "?queue=sales-assistant&max=500");
        JsonNode second = worklist("assistant1", "?queue=sales-assistant&first=1&max=1");

        assertThat(ids(second)).containsExactly(ids(all).get(1));
        assertThat(second.get("count")).isEqualTo(all.get("count"));
        int last = ids(all).size() - 1;
        assertThat(worklist("assistant1", "?queue=sales-assistant&max=2&first=" + last)
                        .get("count"))
                .isEqualTo(all.get("count"));
        JsonNode beyond = worklist("assistant1", "?queue=sales-assistant&first=" + Integer.MAX_VALUE);
        assertThat(ids(beyond)).isEmpty();
        assertThat(beyond.get("count")).isEqualTo(all.get("count"));
    }

    @Test
    void whatAColleagueHoldsIsNotMineToDo() {
        String task = guarded.start();
        taskService.setAssignee(task, "assistant2");

        assertThat(ids(worklist("assistant1", "?max=500"))).doesNotContain(task).contains(late);
        assertThat(ids(worklist("assistant2", "?max=500"))).contains(task);
        assertThat(ids(worklist("assistant1", "?queue=sales-assistant&max=500")))
                .contains(task);
        assertThat(ids(worklist("warehouse1", "?max=500"))).doesNotContain(task, late);
    }

    @Test
    void tasklistOffersEveryoneHisQueueAndNoOther() {
        assertThat(filters("assistant1")).containsExactlyInAnyOrder("销售助理待办", "我的待办");
        assertThat(filters("warehouse1")).containsExactlyInAnyOrder("仓库待办", "我的待办");
        assertThat(filters("manager")).containsExactlyInAnyOrder("销售经理待办", "我的待办", "全部待办");
    }

    @Test
    void theQueueInTasklistIsSortedAndLabelled() {
        HttpUser assistant = HttpUser.basic(port, "assistant1");
        JsonNode filter = filter(assistant, "销售助理待办");
        String id = filter.get("id").asText();
        JsonNode tasks = GuardedProcess.json(
                assistant.get("/engine-rest/filter/" + id + "/list").body());

        List<String> ids = new ArrayList<>();
        tasks.forEach(task -> ids.add(task.get("id").asText()));
        assertThat(ids).containsSubsequence(urgent, soon, late);
        assertThat(filter.get("properties").get("variables").toString()).contains("单号", "客户", "金额", "加急");
        assertThat(filter.get("properties").get("refresh").asBoolean()).isTrue();
    }

    @Test
    void aSecondStartMakesNoSecondQueue() {
        long before = filterService.createFilterQuery().count();
        filterSeed.seed();
        assertThat(filterService.createFilterQuery().count()).isEqualTo(before);
    }

    private String task(String due, int priority) {
        Task task = taskService.createTaskQuery().taskId(guarded.start()).singleResult();
        task.setDueDate(java.util.Date.from(java.time.Instant.parse(due)));
        task.setPriority(priority);
        taskService.saveTask(task);
        return task.getId();
    }

    private JsonNode worklist(String user, String query) {
        var answer = HttpUser.basic(port, user).get("/api/worklist" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return GuardedProcess.json(answer.body());
    }

    private static List<String> ids(JsonNode worklist) {
        List<String> ids = new ArrayList<>();
        worklist.get("tasks").forEach(task -> ids.add(task.get("taskId").asText()));
        return ids;
    }

    private List<String> filters(String user) {
        List<String> names = new ArrayList<>();
        GuardedProcess.json(
                        HttpUser.basic(port, user).get("/engine-rest/filter").body())
                .forEach(filter -> names.add(filter.get("name").asText()));
        return names;
    }

    private static JsonNode filter(HttpUser user, String name) {
        for (JsonNode filter :
                GuardedProcess.json(user.get("/engine-rest/filter").body())) {
            if (filter.get("name").asText().equals(name)) {
                return filter;
            }
        }
        throw new AssertionError("no filter " + name);
    }
}
