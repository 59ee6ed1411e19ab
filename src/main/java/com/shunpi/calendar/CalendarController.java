package com.shunpi.calendar;

import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import java.time.Clock;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The calendar over HTTP (A9): everybody reads it, a process owner enters each year's notice. */
@RestController
@RequestMapping("/api/calendar/{year}")
class CalendarController {

    private final PublishedCalendar calendar;
    private final CurrentActor actor;
    private final Clock clock;

    record YearNotice(String notice, List<CalendarYear.Day> days) {}

    CalendarController(PublishedCalendar calendar, CurrentActor actor, Clock clock) {
        this.calendar = calendar;
        this.actor = actor;
        this.clock = clock;
    }

    @GetMapping
    CalendarYear read(@PathVariable int year) {
        return calendar.year(year);
    }

    @PutMapping
    CalendarYear publish(@PathVariable int year, @RequestBody YearNotice notice) {
        actor.mustBeIn(Groups.PROCESS_OWNER, Groups.ADMIN);
        if (year < 2000 || year > 2100) {
            throw RefusedException.invalid("year", "年份应在 2000 至 2100 之间。");
        }
        calendar.publish(new CalendarYear(year, notice.notice(), notice.days(), actor.id(), clock.instant()));
        return calendar.year(year);
    }
}
