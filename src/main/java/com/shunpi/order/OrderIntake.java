package com.shunpi.order;

import com.shunpi.masterdata.Customer;
import com.shunpi.shared.DocumentNumbers;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes an order in once, however often and from wherever it is sent (R6): the order and its case in one transaction, under
 * a unique key; whoever comes second gets the number the first one got.
 */
@Component
class OrderIntake {

    /** @param isNew false when it was known already */
    record Received(String orderNumber, boolean isNew) {}

    private final OrderService orders;
    private final OrderReviewProcess process;
    private final DocumentNumbers numbers;
    private final TransactionTemplate transaction;

    OrderIntake(
            OrderService orders, OrderReviewProcess process, DocumentNumbers numbers, TransactionTemplate transaction) {
        this.orders = orders;
        this.process = process;
        this.numbers = numbers;
        this.transaction = transaction;
    }

    /** Called without a transaction: it needs to look again after its own was rolled back. */
    Received receive(OrderDraft draft, String actor) {
        Optional<String> known = orders.known(draft);
        if (known.isPresent()) {
            return new Received(known.get(), false);
        }
        orders.mustBeKnown(draft);
        String number = numbers.next("SO");
        try {
            transaction.executeWithoutResult(status -> {
                Order order = orders.register(number, draft, actor);
                Customer customer = orders.customerOf(order);
                process.start(order, customer.name(), orders.isPriority(order));
            });
            return new Received(number, true);
        } catch (DataIntegrityViolationException e) {
            // somebody sent the same order at the same moment; anything else is a fault of ours
            return new Received(orders.known(draft).orElseThrow(() -> e), false);
        }
    }
}
