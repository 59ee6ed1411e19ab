package com.shunpi.order;

import com.shunpi.shared.DocumentNumbers;
import com.shunpi.workflow.EngineBatch;
import java.util.ArrayList;
import java.util.List;
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
    private final EngineBatch engineBatch;

    OrderIntake(
            OrderService orders,
            OrderReviewProcess process,
            DocumentNumbers numbers,
            TransactionTemplate transaction,
            EngineBatch engineBatch) {
        this.orders = orders;
        this.process = process;
        this.numbers = numbers;
        this.transaction = transaction;
        this.engineBatch = engineBatch;
    }

    /** Called without a transaction: it needs to look again after its own was rolled back. */
    Received receive(OrderDraft draft, String actor) {
        if (orders.isKnown(draft)) {
            return new Received(orders.known(draft).orElseThrow(), false);
        }
        // not within the order's transaction: others would wait for their number until it ends
        String number = numbers.next("SO");
        try {
            transaction.executeWithoutResult(status -> {
                orders.mustBeKnown(draft);
                start(orders.register(number, draft, actor));
            });
            return new Received(number, true);
        } catch (DataIntegrityViolationException e) {
            // somebody sent the same order at the same moment; anything else is a fault of ours
            return new Received(orders.known(draft).orElseThrow(() -> e), false);
        }
    }

    /**
     * Takes in several orders in one transaction: all of them, or none when anything is wrong with one.
     *
     * @param drafts each external number once, customers and products known
     * @return what became of each, in their order
     */
    List<Received> receiveAll(List<OrderDraft> drafts, String actor) {
        List<String> fresh = numbers.next("SO", drafts.size());
        return transaction.execute(status -> {
            List<Optional<String>> known = orders.known(drafts);
            List<Order> registered = orders.register(fresh, drafts, known, actor);
            engineBatch.run(() -> registered.forEach(this::start));
            List<Received> received = new ArrayList<>();
            for (int i = 0; i < drafts.size(); i++) {
                received.add(new Received(
                        known.get(i).orElse(fresh.get(i)), known.get(i).isEmpty()));
            }
            return received;
        });
    }

    private void start(Order order) {
        process.start(order, orders.customerOf(order).name(), orders.isPriority(order));
    }
}
