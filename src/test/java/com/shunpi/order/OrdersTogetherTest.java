package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Receivables;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders of a file are taken in together and held for the same reasons, word for word, as when they come one by one (F1). */
@ShunpiTest
class OrdersTogetherTest {

    @Autowired
    private OrderDesk desk;

    @Autowired
    private OrderIntake intake;

    @Autowired
    private OrderService orders;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Clock clock;

    @Autowired
    private Login login;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private JdbcClient jdbc;

    /** What the code or number stands for, so that two companies can be compared. */
    private final Map<String, String> names = new LinkedHashMap<>();

    @BeforeEach
    void nobodyHasAName() {
        names.clear();
    }

    @Test
    void eachIsHeldAsIfItHadComeAlone() {
        List<OrderDraft> alone = draftsOfACompany();
        List<OrderDraft> together = draftsOfACompany();

        List<String> expected =
                alone.stream().map(desk::receive).map(this::seen).toList();
        assertThat(receiveAll(together).stream().map(this::seen)).containsExactlyElementsOf(expected);
        for (HoldReason reason : HoldReason.values()) {
            if (reason != HoldReason.FORCED && reason != HoldReason.PRICE) {
                assertThat(expected).anyMatch(seen -> seen.contains(reason + "="));
            }
        }
    }

    /** R4: within one file, too, credit is used in the order of receipt; what goes back for correction uses none (ADR 0005). */
    @Test
    void theFirstOnesUseTheCreditOfTheLaterOnes() {
        String customer = desk.customer(Grade.B, PaymentTerms.CREDIT, "350.00");
        String product = desk.product(10);
        desk.receive(desk.draft(customer, line(product, 1)));
        OrderDraft good = desk.draft(customer, line(product, 1));

        List<String> numbers = receiveAll(List.of(
                good,
                OrderDesk.with(desk.draft(customer, line(product, 1)), null, good.lines()),
                desk.draft(customer, line(product, 1)),
                desk.draft(customer, line(product, 1))));

        assertThat(numbers.stream().map(number -> desk.order(number).openHolds().keySet()))
                .extracting(List::copyOf)
                .containsExactly(
                        List.of(), List.of(HoldReason.INCOMPLETE), List.of(), List.of(HoldReason.CREDIT_LIMIT));
        assertThat(desk.order(numbers.get(3))
                        .openHolds()
                        .get(HoldReason.CREDIT_LIMIT)
                        .detail())
                .startsWith("已用额度 300.00 元 + 本单 100.00 元");
    }

    /** F2: what the transaction has changed and nobody has written yet counts: the facts are asked of the tables. */
    @Test
    void anOrderCancelledInTheSameTransactionUsesNoCredit() {
        String customer = desk.customer(Grade.B, PaymentTerms.CREDIT, "150.00");
        String product = desk.product(10);
        String first = desk.receive(desk.draft(customer, line(product, 1)));
        String second = desk.receive(desk.draft(customer, line(product, 1)));
        assertThat(desk.order(second).openHolds()).containsKey(HoldReason.CREDIT_LIMIT);

        transaction.executeWithoutResult(status -> {
            orders.order(first).cancel(Instant.now(clock));
            assertThat(orders.examine(second).openHolds()).isEmpty();
        });
    }

    /** Each kind of reason, in orders of several customers that take turns. */
    private List<OrderDraft> draftsOfACompany() {
        String tight = named("tight", desk.customer(Grade.B, PaymentTerms.CREDIT, "250.00"));
        String late = named("late", desk.customer(Grade.C));
        String doubtful = named("doubtful", desk.customer(Grade.B));
        String blocked = named("blocked", desk.customer(Grade.A));
        String prepaid = named("prepaid", desk.prepaidCustomer());
        String plenty = named("plenty", desk.product(100));
        String scarce = named("scarce", desk.product(2));
        String gone = named("gone", desk.product(100, true));
        String invoice = named("invoice", OrderDesk.unique("I"));
        receivables.issue(new Invoice.Facts(
                invoice,
                late,
                null,
                desk.today().minusDays(70),
                desk.today().minusDays(40),
                new BigDecimal("800.00"),
                BigDecimal.ZERO,
                false));
        masterData.block(blocked, true);
        jdbc.sql("insert into collection_case (case_number, version, customer_code, open_customer, status, stage, step,"
                        + " step_since, hold, paused, broken_promises, opened_on)"
                        + " values (?, 0, ?, ?, 'OPEN', 4, 'NONE', ?, true, false, 0, ?)")
                .params(named("collection", OrderDesk.unique("CF")), doubtful, doubtful, desk.today(), desk.today())
                .update();
        desk.receive(desk.draft(tight, line(plenty, 1)));

        List<OrderDraft> drafts = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (String customer : List.of(tight, late, doubtful, blocked, prepaid)) {
                drafts.add(desk.draft(customer, line(plenty, 1)));
                drafts.add(desk.draft(customer, line(scarce, 2), line(plenty, 1)));
                drafts.add(desk.draft(customer, line(scarce, 2), line(scarce, 1)));
                drafts.add(desk.draft(customer, line(gone, 1)));
                OrderDraft draft = desk.draft(customer, line(plenty, 1));
                drafts.add(OrderDesk.with(draft, null, draft.lines()));
            }
        }
        return drafts;
    }

    private String named(String name, String code) {
        names.put(code, name);
        return code;
    }

    private List<String> receiveAll(List<OrderDraft> drafts) {
        return login.as("assistant1", () -> intake.receiveAll(drafts, "assistant1")).stream()
                .map(OrderIntake.Received::orderNumber)
                .toList();
    }

    /** Where it stands and why, and which task it waits in. */
    private String seen(String number) {
        Order order = desk.order(number);
        Map<HoldReason, String> holds = new LinkedHashMap<>();
        order.openHolds().forEach((reason, hold) -> holds.put(reason, hold.detail()));
        String seen = order.status() + " " + holds + " " + desk.steps(number);
        return names.entrySet().stream()
                .map(name -> (Function<String, String>) text -> text.replace(name.getKey(), name.getValue()))
                .reduce(Function.identity(), Function::andThen)
                .apply(seen);
    }
}
