package com.shunpi.collection;

import com.shunpi.calendar.WorkingDays;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** The limits of the diagram's timers and due dates, read from the case and never from a variable. */
@Component
// public, because expressions of a diagram reach public classes only
public class CollectionDeadlines {

    private final CollectionService collection;
    private final WorkingDays workingDays;
    private final CollectionSettings settings;

    CollectionDeadlines(CollectionService collection, WorkingDays workingDays, CollectionSettings settings) {
        this.collection = collection;
        this.workingDays = workingDays;
        this.settings = settings;
    }

    /** The end of the last working day on which whoever is to act now should have acted. */
    public Date followUpBy(DelegateExecution execution) {
        CollectionCase open = collection.find(execution.getProcessBusinessKey());
        return Date.from(workingDays
                .plus(open.stepSince(), settings.followUpDays())
                .plusDays(1)
                .atStartOfDay(WorkingDays.ZONE)
                .toInstant());
    }
}
