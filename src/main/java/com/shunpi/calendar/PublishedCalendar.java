package com.shunpi.calendar;

import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Working days by the table that a process owner keeps (A9); what the table does not list follows the week. */
@Service
class PublishedCalendar implements WorkingDays {

    static final int FIRST_YEAR = 2000;
    static final int LAST_YEAR = 2100;

    /** How long another server, or a change made by SQL, may go unseen; our own changes are seen at once. */
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final CalendarTable table;
    private final Clock clock;
    private volatile Snapshot snapshot;

    private record Snapshot(Map<LocalDate, Boolean> workingByDate, Instant readAt) {}

    PublishedCalendar(CalendarTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public boolean isWorkingDay(LocalDate date) {
        Boolean listed = workingByDate().get(date);
        return listed == null ? !isWeekend(date) : listed;
    }

    @Override
    public LocalDate plus(LocalDate from, int days) {
        if (days < 0) {
            throw new IllegalArgumentException("Working days are counted forward: " + days);
        }
        LocalDate date = from;
        for (int left = days; left > 0; ) {
            date = date.plusDays(1);
            if (isWorkingDay(date)) {
                left--;
            }
        }
        return date;
    }

    /** The year as it was published; one of which nothing is known reads as not yet published. */
    @Transactional(readOnly = true)
    CalendarYear year(int year) {
        return table.find(year).orElseGet(() -> new CalendarYear(year, null, List.of(), null, null));
    }

    /** Replaces a year by what the notice says, whole or not at all. Refused with one fault per wrong day. */
    @Transactional
    void publish(CalendarYear year) {
        List<Fault> faults = faults(year);
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        try {
            table.replace(year);
        } catch (DuplicateKeyException e) {
            throw RefusedException.conflict("其中有日期已在另一年度的通知中，或他人正在修改同一年度，请刷新后重试。");
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                snapshot = null;
            }
        });
    }

    private Map<LocalDate, Boolean> workingByDate() {
        Instant now = clock.instant();
        Snapshot current = snapshot;
        if (current == null || current.readAt().plus(MAX_AGE).isBefore(now)) {
            current = new Snapshot(table.workingByDate(), now);
            snapshot = current;
        }
        return current.workingByDate();
    }

    private static List<Fault> faults(CalendarYear year) {
        List<Fault> faults = new ArrayList<>();
        if (year.year() < FIRST_YEAR || year.year() > LAST_YEAR) {
            faults.add(Fault.of("year", "年份应在 " + FIRST_YEAR + " 至 " + LAST_YEAR + " 之间。"));
        }
        if (year.notice() == null || year.notice().isBlank() || year.notice().length() > 60) {
            faults.add(Fault.of("notice", "请填写国务院办公厅通知的文号（不超过 60 字）。"));
        }
        if (year.days() == null || year.days().isEmpty()) {
            faults.add(Fault.of("days", "请列出通知中的放假日与调休上班日。"));
            return faults;
        }
        Set<LocalDate> seen = new HashSet<>();
        for (int i = 0; i < year.days().size(); i++) {
            String message = fault(year.year(), year.days().get(i), seen);
            if (message != null) {
                faults.add(Fault.of("days[" + i + "]", message));
            }
        }
        return faults;
    }

    private static String fault(int year, CalendarYear.Day day, Set<LocalDate> seen) {
        if (day == null || day.date() == null) {
            return "缺少日期。";
        }
        LocalDate date = day.date();
        boolean decemberBefore = date.getYear() == year - 1 && date.getMonth() == Month.DECEMBER;
        if (date.getYear() != year && !decemberBefore) {
            return date + " 不在 " + year + " 年（或上年 12 月）内。";
        }
        if (!seen.add(date)) {
            return date + " 重复。";
        }
        if (day.note() == null || day.note().isBlank() || day.note().length() > 60) {
            return date + " 缺少节日名称（不超过 60 字）。";
        }
        if (day.working() && !isWeekend(date)) {
            // a make-up day always falls on a weekend: this is a mistyped date
            return date + " 是周一至周五，本来就要上班，请核对调休日期。";
        }
        return null;
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
