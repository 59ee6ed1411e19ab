package com.shunpi.workflow;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * The variables every process of ours has: what a card in the queue shows, and the one word the gateways read. Nothing
 * reads the first four back to decide anything.
 */
public final class CaseVariables {

    public static final String DOCUMENT_NUMBER = "documentNumber";
    public static final String CUSTOMER_NAME = "customerName";
    /** CNY with two decimals, as text: an amount is never a floating-point number. */
    public static final String AMOUNT = "amount";

    /** Stands for the amount while a document is checked blind (V2). */
    public static final String HIDDEN = "盲核中";

    public static final String URGENT = "urgent";
    /** The answer the next gateway reads; written by our own code right before it. */
    public static final String OUTCOME = "outcome";
    /** Priority of the case's tasks, 50 = normal. */
    public static final String PRIORITY = "priority";

    /** What a card shows; a start form may name the document itself. */
    static final Set<String> CARD = Set.of(DOCUMENT_NUMBER, CUSTOMER_NAME, AMOUNT, URGENT);

    private CaseVariables() {}

    public static Map<String, Object> card(
            String documentNumber, String customerName, BigDecimal amount, boolean urgent, int priority) {
        Map<String, Object> card = new HashMap<>();
        card.put(DOCUMENT_NUMBER, documentNumber);
        card.put(CUSTOMER_NAME, customerName);
        card.put(AMOUNT, amount.toPlainString());
        card.put(URGENT, urgent);
        card.put(PRIORITY, priority);
        return card;
    }

    public static void outcome(VariableScope scope, String outcome) {
        TypedValue stored = scope.getVariableTyped(OUTCOME);
        if (stored != null && !stored.isTransient()) {
            // by a version that kept it
            scope.removeVariable(OUTCOME);
        }
        scope.setVariable(OUTCOME, outcome(outcome));
    }

    /** The outcome as a value that the engine forgets with the transaction: no gateway waits, and nothing else reads it. */
    public static TypedValue outcome(String outcome) {
        return Variables.stringValue(outcome, true);
    }
}
