package com.shunpi.returns;

import com.shunpi.calendar.WorkingDays;
import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** The limits of the diagram's timers and due dates, read from the return and never from a variable (T8, T9). */
@Component
// public, because expressions of a diagram reach public classes only
public class ReturnDeadlines {

    private final ReturnService returns;

    ReturnDeadlines(ReturnService returns) {
        this.returns = returns;
    }

    public Date answerBy(DelegateExecution execution) {
        return Date.from(returned(execution).answerBy());
    }

    public Date proposeBy(DelegateExecution execution) {
        return Date.from(returned(execution).proposeBy());
    }

    /** The end of the last day for the goods to arrive. */
    public Date goodsDue(DelegateExecution execution) {
        return endOf(returned(execution).goodsDueOn());
    }

    /** The end of the last day before the case lapses. */
    public Date goodsLapse(DelegateExecution execution) {
        return endOf(returned(execution).lapsesOn());
    }

    private static Date endOf(LocalDate day) {
        return Date.from(day.plusDays(1).atStartOfDay(WorkingDays.ZONE).toInstant());
    }

    private ReturnCase returned(DelegateExecution execution) {
        return returns.returned(execution.getProcessBusinessKey());
    }
}
