package com.shunpi.collection;

import java.time.LocalDate;
import org.springframework.context.ApplicationContext;

/** A day's collection for one customer, for tests of other packages. */
public final class CollectionRuns {

    private CollectionRuns() {}

    public static int act(ApplicationContext application, String customerCode, LocalDate day) {
        return application.getBean(CollectionService.class).act(customerCode, day);
    }
}
