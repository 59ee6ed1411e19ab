package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.SqlBudget;
import com.shunpi.SqlCounter;
import com.shunpi.SqlCounts;
import com.shunpi.masterdata.Grade;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/**
 * What an order of three lines says to the database on its good way, from intake to archive: no step says more than is known,
 * a person's action is one commit, and all of it is little more than what the bare engine says on the same diagrams.
 */
@ShunpiTest
class SqlBudgetTest {

    private static final int CHUNK = 50;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private SqlCounter sql;

    @Autowired
    private Login login;

    @Autowired
    private OrderIntake intake;

    @Autowired
    private TaskService tasks;

    @Autowired
    private MockMvc http;

    @Autowired
    private MutableClock clock;

    private final Map<String, SqlCounts> steps = new LinkedHashMap<>();

    @BeforeEach
    void anotherOrderWasHereBefore() {
        clock.reset();
        order();
        steps.clear();
    }

    @Test
    void everyStepSaysWhatItIsKnownToSay() {
        order();
        SqlBudget.check("order-review", steps);
    }

    @Test
    void whatAPersonDoesIsOneCommit() {
        order();
        steps.remove("intake");
        assertThat(steps).hasSize(BareEngine.TASKS.size());
        steps.forEach((step, said) -> {
            assertThat(said.commits()).as(step).isEqualTo(1);
            assertThat(said.commitsOfReads()).as(step).isZero();
            assertThat(said.rollbacks()).as(step).isZero();
        });
    }

    /** What comes on top of the steps: knowing who asks, once per request, and claiming, where somebody does. */
    @Test
    void loginAndClaimSayWhatTheyAreKnownToSay() {
        steps.put("login", sql.during(() -> calendar("assistant1")));
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        String task = desk.task(number, "userTask_reviewOrder").getId();
        login.run("assistant1", () -> steps.put("claim", sql.during(() -> tasks.claim(task, "assistant1"))));
        SqlBudget.check("login-and-claim", steps);
    }

    @Test
    void fiftyOrdersOfAFileSayLittleMoreThanOne() {
        List<OrderDraft> drafts =
                IntStream.range(0, CHUNK).mapToObj(i -> draft()).toList();
        login.run(
                "assistant1",
                () -> steps.put("fifty orders", sql.during(() -> intake.receiveAll(drafts, "assistant1"))));
        SqlBudget.check("fifty-orders", steps);
    }

    @Test
    void theWholeCaseIsLittleMoreThanTheBareEngine() {
        order();
        try (BareEngine bare = new BareEngine()) {
            bare.order();
            Map<String, SqlCounts> alone = bare.order();
            SqlBudget.check("bare-engine", alone);
            assertThat(trips(steps)).isLessThanOrEqualTo(trips(alone) * 5 / 4);
        }
    }

    private static int trips(Map<String, SqlCounts> steps) {
        return steps.values().stream().mapToInt(SqlCounts::trips).sum();
    }

    private void calendar(String user) {
        try {
            http.perform(get("/api/calendar/2026").with(httpBasic(user, "demo")))
                    .andExpect(status().isOk());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private OrderDraft draft() {
        return desk.draft(
                desk.customerOfAnyCredit(),
                line(desk.product(10), 1),
                line(desk.product(10), 2),
                line(desk.product(10), 3));
    }

    /** From intake to archive, counted step by step. */
    private void order() {
        OrderDraft draft = draft();
        SqlCounts[] said = new SqlCounts[1];
        String number = login.as(
                "assistant1",
                () -> sql.during(said, () -> intake.receive(draft, "assistant1").orderNumber()));
        steps.put("intake", said[0]);
        step("assistant1", number, "userTask_reviewOrder", Map.of("decision", "approve"));
        step("assistant2", number, "userTask_verifyDocument", Map.of("decision", "agree", "keyed", desk.keyed(number)));
        step(
                "warehouse1",
                number,
                "userTask_shipOrder",
                Map.of("decision", "ship", "carrier", "顺达快运", "waybill", "SD" + number, "pieces", "2"));
        step(
                "finance1",
                number,
                "userTask_prepareInvoice",
                Map.of("decision", "issue", "invoiceNumber", "INV-" + number, "taxNumber", "91310000TEST0001X"));
        step("finance2", number, "userTask_verifyInvoice", Map.of("decision", "agree", "keyed", desk.keyed(number)));
        step(
                "assistant1",
                number,
                "userTask_fileNote",
                Map.of(
                        "decision",
                        "archive",
                        "signedBy",
                        "李四",
                        "signedOn",
                        desk.today().toString()));
    }

    private void step(String user, String order, String step, Map<String, Object> submitted) {
        String task = desk.task(order, step).getId();
        login.run(user, () -> steps.put(step, sql.during(() -> tasks.complete(task, new HashMap<>(submitted)))));
    }
}
