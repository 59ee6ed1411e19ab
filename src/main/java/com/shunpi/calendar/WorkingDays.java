package com.shunpi.calendar;

import java.time.LocalDate;
import java.time.ZoneId;

/** Counts working days by the published calendar (A9). Dates are Asia/Shanghai. */
public interface WorkingDays {

    ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    boolean isWorkingDay(LocalDate date);

    /** The date that lies {@code days} working days after {@code from}; {@code from} itself does not count. */
    LocalDate plus(LocalDate from, int days);
}
