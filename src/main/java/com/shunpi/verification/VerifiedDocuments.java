package com.shunpi.verification;

import java.util.List;
import java.util.Map;

/** A module whose documents are verified on their own, without a process around them; one bean per type. */
public interface VerifiedDocuments {

    DocumentType type();

    /**
     * The document was verified: let it take effect, in this very transaction. Asks {@link
     * VerificationService#agreement} for the proof itself.
     */
    void verified(String documentNumber);

    /**
     * The preparer corrects what did not agree.
     *
     * @param values what he entered, by field code
     * @return the document's values now
     */
    List<PreparedValue> correct(String documentNumber, Map<String, String> values, String actor);

    void withdrawn(String documentNumber);
}
