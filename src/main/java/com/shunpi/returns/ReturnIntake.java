package com.shunpi.returns;

import com.shunpi.shared.DocumentNumbers;
import java.util.Optional;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes an application in once, however often it is sent (T1): the return and its case in one transaction, under a unique
 * key; whoever comes second gets the number the first one got.
 */
@Component
class ReturnIntake {

    private static final int TRIES = 3;

    /** @param isNew false when it was known already */
    record Received(String returnNumber, boolean isNew) {}

    private final ReturnService returns;
    private final ReturnsProcess process;
    private final DocumentNumbers numbers;
    private final TransactionTemplate transaction;

    ReturnIntake(
            ReturnService returns, ReturnsProcess process, DocumentNumbers numbers, TransactionTemplate transaction) {
        this.returns = returns;
        this.process = process;
        this.numbers = numbers;
        this.transaction = transaction;
    }

    /** Called without a transaction: it needs to look again after its own was rolled back. */
    Received receive(ReturnDraft draft, String actor) {
        for (int attempt = 1; ; attempt++) {
            Optional<String> known = returns.known(draft);
            if (known.isPresent()) {
                return new Received(known.get(), false);
            }
            String number = numbers.next("RT");
            try {
                transaction.executeWithoutResult(status -> {
                    ReturnCase returned = returns.register(number, draft, actor);
                    process.start(returned, returns.customerOf(returned).name());
                });
                return new Received(number, true);
            } catch (DataIntegrityViolationException | ConcurrencyFailureException e) {
                // the same application, or the first one of the same order line, came in at the same moment: look again
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }
}
