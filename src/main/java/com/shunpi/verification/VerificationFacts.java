package com.shunpi.verification;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a verification was decided on, for the decision record (A1). */
final class VerificationFacts {

    private VerificationFacts() {}

    static Map<String, Object> of(Verification verification) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("documentType", verification.documentType().label());
        facts.put("preparedBy", verification.preparedBy());
        facts.put("fingerprint", verification.fingerprint());
        facts.put("differences", verification.differences());
        return facts;
    }
}
