package com.shunpi.decision;

import java.util.List;

/** The book of decisions (A1). It can be added to and read, nothing else. */
public interface DecisionLog {

    /** Adds a decision in the caller's transaction, so that it stands or falls with its effect. */
    void append(Decision decision);

    /** The decisions of a case and of the cases about its document, oldest first. */
    List<Decision> of(String number);
}
