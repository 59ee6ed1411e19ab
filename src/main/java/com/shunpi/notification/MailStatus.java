package com.shunpi.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a mail stands. */
enum MailStatus {
    /** Waits for its turn or for its next try. */
    QUEUED,
    /** The mail server took it. */
    SENT,
    /** No mail server is configured: it can be read in the application and goes nowhere. */
    KEPT,
    /** Given up, or there was no address: somebody has to look at it. */
    FAILED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MailStatus> of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code().equals(code))
                .findFirst();
    }
}
