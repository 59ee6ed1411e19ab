package com.shunpi.verification;

import com.shunpi.workflow.DecisionTables;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The decision tables of verification: what is checked of a document, what of it blind, and by whom (V2). */
@Component
class VerificationTable {

    static final String FIELDS = "dual-verification-fields";
    static final String QUEUE = "dual-verification-queue";

    /** @param blind keyed without being seen */
    record Row(VerifiedField field, String label, boolean blind) {}

    private final DecisionTables tables;

    VerificationTable(DecisionTables tables) {
        this.tables = tables;
    }

    List<Row> rows(DocumentType type) {
        return tables.latest(FIELDS).ask(Map.of("documentType", type.code())).stream()
                .map(row -> new Row(
                        field((String) row.get("field")),
                        (String) row.get("label"),
                        Boolean.TRUE.equals(row.get("blind"))))
                .toList();
    }

    VerificationQueue queue(DocumentType type) {
        return tables.latest(QUEUE).ask(Map.of("documentType", type.code())).stream()
                .map(row -> VerificationQueue.of((String) row.get("queue")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No queue in the decision table for " + type.code()));
    }

    private static VerifiedField field(String code) {
        return VerifiedField.of(code)
                .orElseThrow(() -> new IllegalStateException("No such field in the decision table: " + code));
    }
}
