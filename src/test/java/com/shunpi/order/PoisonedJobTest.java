package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A timer of one order that fails whenever it runs: it is tried again, then shown, and keeps nobody else waiting. */
@ShunpiTest
class PoisonedJobTest {

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Login login;

    @Autowired
    private ManagementService managementService;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    private String poisoned;

    @BeforeEach
    void poison() {
        poisoned = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        // its reminder cannot be written down
        jdbc.sql("alter table mail_outbox add constraint poison check (case_number <> '" + poisoned
                        + "' or template <> 'reply-reminder')")
                .update();
        clock.advance(Duration.ofHours(20));
    }

    @AfterEach
    void repair() {
        jdbc.sql("alter table mail_outbox drop constraint if exists poison").update();
    }

    @Test
    void itIsTriedFiveTimesAMinuteApartAndThenShownWhileAllElseGoesOn() {
        for (int left = 4; left >= 0; left--) {
            assertThat(incidents()).isZero();
            fails();
            assertThat(job().getRetries()).isEqualTo(left);
            if (left > 0) {
                assertThat(job().getDuedate().toInstant())
                        .isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
            }
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(incidents()).isEqualTo(1);

        String other = desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
        clock.advance(Duration.ofHours(20));
        assertThat(desk.runDueTimers(other)).containsExactly("timer_replyReminder");
        assertThat(reminders(other)).isPositive();

        // the order itself can be worked on, to its end
        desk.review(poisoned);
        desk.verify(poisoned);
        assertThat(desk.order(poisoned).status()).isEqualTo(OrderStatus.RELEASED);
    }

    @Test
    void whatPassesByItselfIsNoIncident() {
        fails();
        clock.advance(Duration.ofMinutes(1));
        fails();
        repair();
        clock.advance(Duration.ofMinutes(1));

        managementService.executeJob(job().getId());

        assertThat(incidents()).isZero();
        assertThat(reminders(poisoned)).isPositive();
    }

    @Test
    void onceItIsRepairedTheAdministratorHasItTriedAgain() {
        for (int i = 0; i < 5; i++) {
            fails();
        }
        assertThat(incidents()).isEqualTo(1);
        repair();

        login.run("admin", () -> managementService.setJobRetries(job().getId(), 1));
        assertThat(incidents()).isZero();
        managementService.executeJob(job().getId());

        assertThat(reminders(poisoned)).isPositive();
    }

    private void fails() {
        String id = job().getId();
        assertThatThrownBy(() -> managementService.executeJob(id)).isNotNull();
    }

    private Job job() {
        Instant escalation = MutableClock.START.plus(Duration.ofHours(24));
        return managementService
                .createJobQuery()
                .processInstanceId(desk.instance(poisoned).getId())
                .timers()
                .list()
                .stream()
                .filter(job -> job.getDuedate().toInstant().isBefore(escalation))
                .reduce((one, two) -> {
                    throw new AssertionError("two timers are due");
                })
                .orElseThrow();
    }

    private long incidents() {
        return runtimeService
                .createIncidentQuery()
                .processInstanceId(desk.instance(poisoned).getId())
                .count();
    }

    private int reminders(String order) {
        return jdbc.sql("select count(*) from mail_outbox where case_number = ? and template = 'reply-reminder'")
                .param(order)
                .query(Integer.class)
                .single();
    }
}
