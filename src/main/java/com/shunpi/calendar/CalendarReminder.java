package com.shunpi.calendar;

import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import com.shunpi.workflow.Groups;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says so, at every start and every morning, when a notice that should be out by now has not been entered (A9): in the log,
 * and once a month to the process owners.
 */
@Component
class CalendarReminder {

    private static final Logger log = LoggerFactory.getLogger(CalendarReminder.class);

    private final PublishedCalendar calendar;
    private final Outbox outbox;
    private final Clock clock;

    CalendarReminder(PublishedCalendar calendar, Outbox outbox, Clock clock) {
        this.calendar = calendar;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The notice for a year appears in the November before, so its absence counts from December on. */
    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(cron = "0 0 8 * * *", zone = "Asia/Shanghai")
    @Transactional
    public void check() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), WorkingDays.ZONE);
        warnIfMissing(today.getYear(), today);
        if (today.getMonth() == Month.DECEMBER) {
            warnIfMissing(today.getYear() + 1, today);
        }
    }

    private void warnIfMissing(int year, LocalDate today) {
        if (!calendar.year(year).isPublished()) {
            log.warn("{} 年的放假安排尚未录入，工作日暂按周一至周五计算。请流程负责人在 /pages/calendar.html 录入", year);
            outbox.tellGroup(
                    Groups.PROCESS_OWNER,
                    new Notice(
                            "calendar/" + year + "/" + YearMonth.from(today),
                            "calendar-" + year,
                            "calendar-missing",
                            Map.of("year", String.valueOf(year))));
        }
    }
}
