package com.shunpi.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code calendar_year} and {@code calendar_day}. A year is only ever replaced as a whole. */
@Repository
class CalendarTable {

    private final JdbcClient jdbc;

    CalendarTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every listed day of every year: a few dozen rows a year. */
    Map<LocalDate, Boolean> workingByDate() {
        Map<LocalDate, Boolean> days = new HashMap<>();
        jdbc.sql("select calendar_date, working from calendar_day").query(row -> {
            days.put(row.getObject(1, LocalDate.class), row.getBoolean(2));
        });
        return days;
    }

    Optional<CalendarYear> find(int year) {
        List<CalendarYear.Day> days = jdbc.sql("select calendar_date, working, note from calendar_day"
                        + " where notice_year = ? order by calendar_date")
                .param(year)
                .query((row, n) ->
                        new CalendarYear.Day(row.getObject(1, LocalDate.class), row.getBoolean(2), row.getString(3)))
                .list();
        return jdbc.sql("select notice, changed_by, changed_at from calendar_year where calendar_year = ?")
                .param(year)
                .query((row, n) -> {
                    OffsetDateTime changedAt = row.getObject(3, OffsetDateTime.class);
                    Instant instant = changedAt == null ? null : changedAt.toInstant();
                    return new CalendarYear(year, row.getString(1), days, row.getString(2), instant);
                })
                .optional();
    }

    void replace(CalendarYear year) {
        jdbc.sql("delete from calendar_day where notice_year = ?")
                .param(year.year())
                .update();
        jdbc.sql("delete from calendar_year where calendar_year = ?")
                .param(year.year())
                .update();
        jdbc.sql("insert into calendar_year (calendar_year, notice, changed_by, changed_at) values (?, ?, ?, ?)")
                .param(year.year())
                .param(year.notice())
                .param(year.changedBy())
                .param(year.changedAt().atOffset(ZoneOffset.UTC))
                .update();
        for (CalendarYear.Day day : year.days()) {
            jdbc.sql("insert into calendar_day (calendar_date, notice_year, working, note, source)"
                            + " values (?, ?, ?, ?, ?)")
                    .param(day.date())
                    .param(year.year())
                    .param(day.working())
                    .param(day.note())
                    .param(year.notice())
                    .update();
        }
    }
}
