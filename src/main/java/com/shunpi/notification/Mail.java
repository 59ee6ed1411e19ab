package com.shunpi.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A mail in the outbox as its readers see it.
 *
 * @param caseNumber null when it belongs to no case
 * @param recipient an address, or {@code user:}/{@code group:} and an id where there was none, or empty
 * @param body null in lists
 * @param attempts tries so far
 * @param nextAttemptAt null unless queued
 * @param sentAt null unless sent
 * @param error why the last try failed; null when none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Mail(
        long id,
        String event,
        String recipient,
        String caseNumber,
        String template,
        String subject,
        String body,
        MailStatus status,
        int attempts,
        Instant nextAttemptAt,
        Instant sentAt,
        String error,
        Instant createdAt) {

    Mail withBody(String text) {
        return new Mail(
                id,
                event,
                recipient,
                caseNumber,
                template,
                subject,
                text,
                status,
                attempts,
                nextAttemptAt,
                sentAt,
                error,
                createdAt);
    }
}
