package com.shunpi.workflow;

import java.util.Map;
import java.util.Optional;

/**
 * What the code that asks a decision table expects of it, by its owner's hand or not. Beans of this kind are asked before a
 * table is deployed, so that whoever edits it is told, and not whoever works with it.
 */
public interface DecisionTableContract {

    /** Id of the decision. */
    String decision();

    /** The hit policy that the code is written for, e.g. {@code COLLECT}. */
    String hitPolicy();

    /**
     * Why the outputs of a row are of no use, in Chinese; empty when they are.
     *
     * @param outputs texts of the cells by the name of the output, without quotation marks
     */
    default Optional<String> fault(Map<String, String> outputs) {
        return Optional.empty();
    }
}
