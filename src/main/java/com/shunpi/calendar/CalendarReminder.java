package com.shunpi.calendar;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Says so, at every start and every morning, when a notice that should be out by now has not been entered (A9). */
@Component
class CalendarReminder {

    private static final Logger log = LoggerFactory.getLogger(CalendarReminder.class);

    private final PublishedCalendar calendar;
    private final Clock clock;

    CalendarReminder(PublishedCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    /** The notice for a year appears in the November before, so its absence counts from December on. */
    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(cron = "0 0 8 * * *", zone = "Asia/Shanghai")
    void check() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), WorkingDays.ZONE);
        warnIfMissing(today.getYear());
        if (today.getMonth() == Month.DECEMBER) {
            warnIfMissing(today.getYear() + 1);
        }
    }

    private void warnIfMissing(int year) {
        if (!calendar.year(year).isPublished()) {
            log.warn("{} 年的放假安排尚未录入，工作日暂按周一至周五计算。请流程负责人录入：PUT /api/calendar/{}", year, year);
        }
    }
}
