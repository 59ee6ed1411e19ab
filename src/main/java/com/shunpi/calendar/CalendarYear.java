package com.shunpi.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What the State Council's notice says about one year (A9).
 *
 * @param notice number of the notice, e.g. {@code 国办发明电〔2025〕7号}; null when it is not yet published, then weekends alone
 *     are free
 * @param days the days that differ from the week or belong to a holiday, by date; may reach into the December before
 * @param changedBy who entered it; null for what came with the system
 */
record CalendarYear(int year, String notice, List<Day> days, String changedBy, Instant changedAt) {

    /** @param note the holiday's name, e.g. {@code 国庆节} */
    record Day(LocalDate date, boolean working, String note) {}

    boolean isPublished() {
        return notice != null;
    }
}
