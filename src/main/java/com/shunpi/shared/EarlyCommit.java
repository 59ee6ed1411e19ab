package com.shunpi.shared;

/**
 * Lets a transaction end before it is on the disk. Only for what is worth nothing until a later transaction uses it, whose
 * commit waits for the disk and takes along what was committed before (docs/adr/0030-fewer-round-trips.md).
 */
public interface EarlyCommit {

    /**
     * Asks for it in the running transaction, whole: nobody else's work may be part of it.
     *
     * @return a condition that holds, for a statement of this transaction to carry
     */
    String condition();
}
