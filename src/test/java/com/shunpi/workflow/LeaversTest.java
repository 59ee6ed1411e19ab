package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.order.OrderDesk;
import com.shunpi.shared.RefusedException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A4: a leaver's account is frozen at once, and his open tasks move to a named person in one step. */
@ShunpiTest
class LeaversTest {

    @LocalServerPort
    private int port;

    @Autowired
    private Leavers leavers;

    @Autowired
    private Directory directory;

    @Autowired
    private IdentityService identityService;

    @Autowired
    private TaskService taskService;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Login login;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void somebodyIsThere() {
        User user = identityService.newUser("leaver");
        user.setFirstName("离职者");
        user.setPassword("demo");
        user.setEmail("leaver@example.com");
        // the demo's password, which the policy forbids to people
        ((IdentityServiceImpl) identityService).saveUser(user, true);
        identityService.createMembership("leaver", Groups.SALES_ASSISTANT);
    }

    @AfterEach
    void everybodyIsBack() {
        jdbc.sql("delete from frozen_account").update();
        identityService.deleteUser("leaver");
    }

    @Test
    void onlyAdministratorsAndTheGeneralManagerDoIt() {
        for (String user : List.of("assistant1", "manager", "director", "owner", "finance1")) {
            assertThat(HttpUser.basic(port, user)
                            .post("/api/accounts/leaver/freeze", "{\"successor\":\"assistant1\",\"reason\":\"离职\"}")
                            .statusCode())
                    .as(user)
                    .isEqualTo(403);
            assertThat(HttpUser.basic(port, user).get("/api/accounts").statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        refused("没有账号", () -> freeze("nobody", "assistant1"));
        refused("接手人", () -> freeze("leaver", "nobody"));
        refused("接手人", () -> freeze("leaver", null));
        refused("接手人", () -> freeze("leaver", "leaver"));
        refused("自己", () -> freeze("admin", "gm"));
        // the only administrator: afterwards a stranger could become one
        refused("至少要有一名管理员", () -> login.run("gm", () -> leavers.freeze("admin", "gm", "离职")));
        freeze("leaver", "assistant1");
        refused("已经冻结", () -> freeze("leaver", "assistant1"));
        refused("也已冻结", () -> freeze("rep2", "leaver"));
        refused("没有冻结", () -> login.run("admin", () -> leavers.unfreeze("assistant1", "返聘")));
    }

    @Test
    void anAdministratorWhoLeftIsNoneToStay() {
        identityService.createMembership("leaver", Groups.ADMIN);
        freeze("leaver", "assistant1");
        refused("至少要有一名管理员", () -> login.run("gm", () -> leavers.freeze("admin", "gm", "离职")));
    }

    @Test
    void theTableKnowsNoLeaverWhoTakesOverFromHimself() {
        assertThatThrownBy(
                        () -> jdbc.sql("insert into frozen_account (user_id, successor, reason, frozen_by, frozen_at)"
                                        + " values ('leaver', 'leaver', 'x', 'admin', current_timestamp)")
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void hisSessionAndHisPasswordEndAtOnce() {
        HttpUser session = HttpUser.browser(port, "leaver");
        HttpUser script = HttpUser.basic(port, "leaver");
        for (HttpUser door : List.of(session, script)) {
            assertThat(door.get("/api/worklist").statusCode()).isEqualTo(200);
        }
        freeze("leaver", "assistant1");
        for (HttpUser door : List.of(session, script)) {
            for (String path :
                    List.of("/api/worklist", "/engine-rest/task", "/camunda/api/engine/engine/default/task")) {
                assertThat(door.get(path).statusCode()).as(path).isEqualTo(401);
            }
        }
        login.run("admin", () -> leavers.unfreeze("leaver", "误操作"));
        assertThat(script.get("/api/worklist").statusCode()).isEqualTo(200);
    }

    @Test
    void hisTasksMoveToTheSuccessorWithTheirCases() {
        String number = claimedReview();
        List<Leavers.Moved> moved = freeze("leaver", "assistant2");
        assertThat(moved).singleElement().satisfies(task -> {
            assertThat(task.caseNumber()).isEqualTo(number);
            assertThat(task.reason()).isNull();
        });
        assertThat(desk.task(number, "userTask_reviewOrder").getAssignee()).isEqualTo("assistant2");
        // the case says so (A1), and goes on in the successor's hands
        assertThat(decisions.of(number))
                .extracting(Decision::step, Decision::actor, Decision::choice)
                .contains(org.assertj.core.groups.Tuple.tuple("userTask_reviewOrder", "admin", "hand-over"));
        desk.complete("assistant2", number, "userTask_reviewOrder", "decision", "approve");
    }

    @Test
    void whatTheSuccessorMayNotHaveGoesBackToItsQueue() {
        // another department
        String review = claimedReview();
        // four eyes: assistant1 entered and reviewed this order
        String verification = desk.inVerification(3, "100.00");
        Task task = desk.task(verification, "userTask_verifyDocument");
        login.run("leaver", () -> taskService.claim(task.getId(), "leaver"));

        List<Leavers.Moved> moved = freeze("leaver", "assistant1");
        assertThat(moved).filteredOn(one -> one.caseNumber().equals(review)).allMatch(one -> one.reason() == null);
        assertThat(moved)
                .filteredOn(one -> one.taskId().equals(task.getId()))
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).isNotBlank());
        assertThat(desk.task(verification, "userTask_verifyDocument").getAssignee())
                .isNull();

        login.run("admin", () -> leavers.unfreeze("leaver", "返聘"));
        String other = claimedReview();
        assertThat(freeze("leaver", "warehouse1"))
                .filteredOn(one -> one.caseNumber().equals(other))
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("部门"));
        assertThat(desk.task(other, "userTask_reviewOrder").getAssignee()).isNull();
    }

    @Test
    void mailsMeantForHimGoToTheSuccessorAndNoneToHim() {
        assertThat(directory.mailOf("leaver")).isEqualTo("leaver@example.com");
        freeze("leaver", "assistant2");
        assertThat(directory.mailOf("leaver")).isEqualTo(directory.mailOf("assistant2"));
        assertThat(directory.membersOf(Groups.SALES_ASSISTANT))
                .extracting(Directory.Person::id)
                .contains("assistant1", "assistant2")
                .doesNotContain("leaver");
        // and when that one leaves as well
        freeze("assistant2", "assistant1");
        assertThat(directory.mailOf("leaver")).isEqualTo(directory.mailOf("assistant1"));
    }

    @Test
    void twoWhoFreezeHimAtOnceFreezeHimOnce() throws Exception {
        claimedReview();
        Callable<Boolean> freeze = () -> {
            try {
                freeze("leaver", "assistant2");
                return true;
            } catch (RefusedException e) {
                return false;
            }
        };
        var threads = Executors.newFixedThreadPool(2);
        try {
            List<Boolean> done = threads.invokeAll(List.of(freeze, freeze)).stream()
                    .map(LeaversTest::result)
                    .toList();
            assertThat(done).containsExactlyInAnyOrder(true, false);
        } finally {
            threads.shutdownNow();
        }
        assertThat(decisions.of("account/leaver"))
                .filteredOn(decision -> decision.choice().equals("freeze"))
                .isNotEmpty();
    }

    private static boolean result(Future<Boolean> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** An order whose review the leaver has claimed. */
    private String claimedReview() {
        String number = desk.received();
        Task task = desk.task(number, "userTask_reviewOrder");
        login.run("leaver", () -> taskService.claim(task.getId(), "leaver"));
        return number;
    }

    private List<Leavers.Moved> freeze(String user, String successor) {
        return login.as("admin", () -> leavers.freeze(user, successor, "离职"));
    }

    private static void refused(String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RefusedException.class).hasMessageContaining(words);
    }
}
