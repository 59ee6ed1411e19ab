package com.shunpi.collection;

import com.shunpi.calendar.WorkingDays;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToIntBiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The daily run (C1–C5, C9): once on each working day, however many servers there are. The day is a row of a table, and who
 * works on it holds the row's lock, which the database gives back when he dies. Each customer is a transaction of his own,
 * and what is done for him follows from what is kept: a run that was killed goes on where it stopped, and days on which no
 * server ran are not made up for one by one, but in the one step that is due now (ADR 0023).
 */
@Component
class CollectionRun {

    private static final Logger log = LoggerFactory.getLogger(CollectionRun.class);

    private final Dunning dunning;
    private final ToIntBiFunction<String, LocalDate> work;
    private final PeriodicLists lists;
    private final WorkingDays workingDays;
    private final CollectionSettings settings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    @Autowired
    CollectionRun(
            Dunning dunning,
            CollectionService collection,
            PeriodicLists lists,
            WorkingDays workingDays,
            CollectionSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this(dunning, collection::act, lists, workingDays, settings, jdbc, transactions, clock);
    }

    /** @param work what is done for a customer on a day, in a transaction of its own; says for how many invoices */
    CollectionRun(
            Dunning dunning,
            ToIntBiFunction<String, LocalDate> work,
            PeriodicLists lists,
            WorkingDays workingDays,
            CollectionSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.dunning = dunning;
        this.work = work;
        this.lists = lists;
        this.workingDays = workingDays;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /** Looks whether today's run is due and not done yet; a server that was down all morning does it when it is back. */
    @Scheduled(
            fixedDelayString = "${shunpi.collection.interval:5m}",
            initialDelayString = "${shunpi.collection.delay:1m}")
    void tick() {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), WorkingDays.ZONE);
        if (!now.toLocalTime().isBefore(settings.runAt())) {
            run(now.toLocalDate());
        }
    }

    /** @return whether this call did it; false on a day off, when it is done, and when somebody else is at it */
    boolean run(LocalDate day) {
        if (!workingDays.isWorkingDay(day) || !begin(day)) {
            return false;
        }
        return Boolean.TRUE.equals(transaction.execute(status -> locked(day) && work(day)));
    }

    /** Makes the day's row. @return whether there is something left to do */
    private boolean begin(LocalDate day) {
        List<Boolean> finished = finished(day);
        if (finished.isEmpty()) {
            try {
                transaction.executeWithoutResult(
                        status -> jdbc.sql("insert into collection_run (run_day, started_at, actions) values (?, ?, 0)")
                                .param(day)
                                .param(clock.instant().atOffset(ZoneOffset.UTC))
                                .update());
            } catch (DataIntegrityViolationException e) {
                log.debug("Another server began the collection run of {}", day);
            }
            return true;
        }
        return !finished.get(0);
    }

    private List<Boolean> finished(LocalDate day) {
        return jdbc.sql("select finished_at is not null from collection_run where run_day = ?")
                .param(day)
                .query(Boolean.class)
                .list();
    }

    private boolean locked(LocalDate day) {
        return !jdbc.sql("select run_day from collection_run where run_day = ? and finished_at is null"
                        + " for update skip locked")
                .param(day)
                .query(LocalDate.class)
                .list()
                .isEmpty();
    }

    private boolean work(LocalDate day) {
        int actions = 0;
        int failed = 0;
        for (CustomerPlan plan : dunning.plan(day)) {
            try {
                actions += work.applyAsInt(plan.customerCode(), day);
            } catch (RuntimeException e) {
                // the others are not to wait; the day stays open, and the next look at it tries again
                failed++;
                log.error("Collection run of {}: customer {} failed", day, plan.customerCode(), e);
            }
        }
        lists.send(day);
        jdbc.sql("update collection_run set actions = actions + ?, finished_at = ? where run_day = ?")
                .param(actions)
                .param(failed > 0 ? null : clock.instant().atOffset(ZoneOffset.UTC))
                .param(day)
                .update();
        log.info("Collection run of {}: {} invoices acted on, {} customers failed", day, actions, failed);
        return true;
    }
}
