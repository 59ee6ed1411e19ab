package com.shunpi.pricebook;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings confirmed changes into force when their day comes, each in a transaction of its own. */
@Component
class DuePriceChanges {

    private static final Logger log = LoggerFactory.getLogger(DuePriceChanges.class);

    private final PriceChangeService changes;

    DuePriceChanges(PriceChangeService changes) {
        this.changes = changes;
    }

    /** Often, so that a night without a server delays a price by minutes and not by a day. */
    @Scheduled(fixedDelayString = "${shunpi.price-change-interval:5m}")
    void run() {
        for (String number : changes.due()) {
            try {
                changes.applyDue(number);
                log.info("Price change {} is in force", number);
            } catch (RuntimeException e) {
                // the others are due as well
                log.error("Price change {} cannot take effect", number, e);
            }
        }
    }
}
