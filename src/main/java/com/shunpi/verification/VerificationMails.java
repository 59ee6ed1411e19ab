package com.shunpi.verification;

import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The mails of verification. */
@Component
class VerificationMails {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final Outbox outbox;
    private final Directory directory;

    VerificationMails(Outbox outbox, Directory directory) {
        this.outbox = outbox;
        this.directory = directory;
    }

    /** To the general manager at once: somebody verifies what he has acted on (V1). */
    void glassBroken(Verification verification, VerificationOverride override) {
        String number = verification.verificationNumber();
        outbox.tellGroup(
                Groups.GENERAL_MANAGER,
                new Notice(
                        number + "/break-glass/" + override.key().userId(),
                        number,
                        "break-glass",
                        Map.of(
                                "verificationNumber", number,
                                "documentType", verification.documentType().label(),
                                "documentNumber", verification.documentNumber(),
                                "verifier", directory.nameOf(override.key().userId()),
                                "grantedBy", directory.nameOf(override.grantedBy()),
                                "grantedAt", TIME.format(override.grantedAt()),
                                "reason", override.reason())));
    }
}
