package com.shunpi.verification;

import com.shunpi.workflow.HiddenDocuments;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * While a document waits for its blind check, its values are hidden from everybody who could do it: who is in the queue
 * and has not acted on the document himself, or is let through all the same (V1, V2, N3).
 */
@Component
class BlindDocuments implements HiddenDocuments {

    private static final String BLIND = "select v.document_number from verification v where v.status = 'OPEN'"
            + " and v.escalated_at is null and v.queue in (:queues) and v.document_number in (:documents)"
            + " and exists (select 1 from verification_field f"
            + " where f.verification_number = v.verification_number and f.blind)"
            + " and (not exists (select 1 from verification_party p"
            + " where p.verification_number = v.verification_number and p.user_id = :user)"
            + " or exists (select 1 from verification_override o"
            + " where o.verification_number = v.verification_number and o.user_id = :user))";

    private record Owned(String verificationNumber, String documentNumber) {}

    private final JdbcClient jdbc;

    BlindDocuments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<String> hiddenFrom(String userId, Collection<String> groups, Collection<String> numbers) {
        List<String> queues = Arrays.stream(VerificationQueue.values())
                .filter(queue -> queue.groups().stream().anyMatch(groups::contains))
                .map(Enum::name)
                .toList();
        if (queues.isEmpty()) {
            return Set.of();
        }
        List<Owned> verifications = verifications(numbers);
        Set<String> documents = new HashSet<>(numbers);
        verifications.forEach(verification -> documents.add(verification.documentNumber()));
        Set<String> blind = new HashSet<>(jdbc.sql(BLIND)
                .param("queues", queues)
                .param("documents", documents)
                .param("user", userId)
                .query(String.class)
                .list());
        Set<String> hidden = new HashSet<>(numbers);
        hidden.retainAll(blind);
        verifications.stream()
                .filter(verification -> blind.contains(verification.documentNumber()))
                .forEach(verification -> hidden.add(verification.verificationNumber()));
        return hidden;
    }

    private List<Owned> verifications(Collection<String> numbers) {
        List<String> own = numbers.stream()
                .filter(number -> number.startsWith(VerificationProcess.PREFIX + "-"))
                .toList();
        return own.isEmpty()
                ? List.of()
                : jdbc.sql("select verification_number, document_number from verification"
                                + " where verification_number in (:own)")
                        .param("own", own)
                        .query((row, number) -> new Owned(row.getString(1), row.getString(2)))
                        .list();
    }
}
