package com.shunpi.collection;

import com.shunpi.receivables.CustomerStandingChanged;
import com.shunpi.receivables.PaymentRecorded;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears of what happens elsewhere, in the transaction in which it does (C6, C7, N9). */
@Component
class CollectionNews {

    private final CollectionService collection;

    CollectionNews(CollectionService collection) {
        this.collection = collection;
    }

    @EventListener
    void paymentRecorded(PaymentRecorded payment) {
        collection.lookAgain(payment.customerCode());
    }

    @EventListener
    void standingChanged(CustomerStandingChanged change) {
        collection.lookAgain(change.customerCode());
    }
}
