package com.shunpi.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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

    /** Whether another one says the same, whoever entered it and when. */
    boolean says(CalendarYear other) {
        return year == other.year
                && Objects.equals(notice, other.notice)
                && Set.copyOf(days).equals(Set.copyOf(other.days));
    }
}
