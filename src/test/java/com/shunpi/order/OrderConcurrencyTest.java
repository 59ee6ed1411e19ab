package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Twenty people at once. */
@ShunpiTest
class OrderConcurrencyTest {

    private static final int THREADS = 20;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Login login;

    @Autowired
    private OrderIntake intake;

    @Autowired
    private Stock stock;

    @Autowired
    private MasterData masterData;

    @Autowired
    private TaskService taskService;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private MutableClock clock;

    @BeforeEach
    void begin() {
        clock.reset();
    }

    @Test
    void twentyOrdersForTheLastFiveUnitsTakeExactlyFive() throws Exception { // R13
        String product = desk.product(5);
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 1)));
            desk.review(number);
            numbers.add(number);
        }
        atOnce(numbers.stream()
                .map(number -> (Callable<Void>) () -> {
                    desk.verify(number);
                    return null;
                })
                .toList());

        List<OrderStatus> states =
                numbers.stream().map(number -> desk.order(number).status()).toList();
        assertThat(states).filteredOn(OrderStatus.RELEASED::equals).hasSize(5);
        assertThat(states).filteredOn(OrderStatus.HELD::equals).hasSize(THREADS - 5);
        assertThat(stock.available(List.of(product))).containsEntry(product, 0);
        numbers.stream()
                .filter(number -> desk.order(number).status() == OrderStatus.RELEASED)
                .forEach(desk::ship);
        assertThat(masterData.products(List.of(product)).get(product).stock()).isZero();
    }

    @Test
    void theSameOrderSentTwentyTimesAtOnceIsOneOrder() throws Exception { // R6
        OrderDraft draft = desk.draft(desk.customer(Grade.B), line(desk.product(50), 1));
        List<OrderIntake.Received> answers = atOnce(java.util.Collections.nCopies(
                THREADS, () -> login.as("assistant1", () -> intake.receive(draft, "assistant1"))));

        assertThat(answers)
                .extracting(OrderIntake.Received::orderNumber)
                .containsOnly(answers.get(0).orderNumber());
        assertThat(answers).filteredOn(OrderIntake.Received::isNew).hasSize(1);
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(answers.get(0).orderNumber())
                        .count())
                .isEqualTo(1);
        assertThat(desk.steps(answers.get(0).orderNumber())).containsExactly("userTask_reviewOrder");
    }

    @Test
    void twoOrdersNeverUseTheSameRestOfACredit() throws Exception { // R4
        String customer = desk.customer(Grade.B, PaymentTerms.CREDIT, "1000.00");
        String product = desk.product(100);
        String first = desk.receive(desk.draft(customer, line(product, 6)));
        String second = desk.receive(desk.draft(customer, line(product, 6)));
        desk.review(first);
        desk.review(second);
        assertThat(desk.steps(second)).containsExactly("userTask_releaseHold");
        desk.verify(first);
        assertThat(desk.order(first).status()).isEqualTo(OrderStatus.RELEASED);
        assertThat(desk.order(second).status()).isEqualTo(OrderStatus.HELD);
    }

    @Test
    void theSameTaskCompletedTwiceAtOnceCountsOnce() throws Exception {
        String product = desk.product(10);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 1)));
        desk.review(number);
        String task = desk.task(number, "userTask_verifyDocument").getId();
        String keyed = desk.keyed(number);
        Callable<Boolean> agree = () -> {
            try {
                login.run(
                        "assistant2",
                        () -> taskService.complete(task, java.util.Map.of("decision", "agree", "keyed", keyed)));
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        };
        List<Boolean> done = atOnce(List.of(agree, agree));
        assertThat(done).containsExactlyInAnyOrder(true, false);
        assertThat(stock.heldBy(number)).containsEntry(product, 1);
        assertThat(desk.steps(number)).containsExactly("userTask_shipOrder");
    }

    private static <T> List<T> atOnce(List<? extends Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        CyclicBarrier start = new CyclicBarrier(work.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> one : work) {
                running.add(threads.submit(() -> {
                    start.await();
                    return one.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
