package com.shunpi.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Carries mails from the outbox to the mail server (A7). Any number of workers on any number of servers may run it at
 * once: each mail is claimed by one. A mail goes out once, but for one case that no mail system can exclude: if the server
 * dies after the mail server took the mail and before we wrote that down, it goes out again under the same Message-ID.
 */
@Component
public class MailDelivery {

    private static final Logger log = LoggerFactory.getLogger(MailDelivery.class);

    private static final int MAX_ERROR = 500;

    private final MailStore store;
    private final MailServer server;
    private final MailSettings settings;
    private final Clock clock;

    MailDelivery(MailStore store, MailServer server, MailSettings settings, Clock clock) {
        this.store = store;
        this.server = server;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sends what is due, until nothing is or the mail server cannot be reached. Never part of a transaction, so that a
     * slow mail server holds no lock.
     *
     * @return how many mails the server took
     */
    @Scheduled(fixedDelayString = "${shunpi.mail.interval:5s}")
    @Transactional(propagation = Propagation.NEVER)
    public int deliverDue() {
        if (!server.isConfigured()) {
            return 0;
        }
        int sent = 0;
        for (Optional<Mail> mail = claim(); mail.isPresent(); mail = claim()) {
            int attempt = mail.get().attempts() + 1;
            try {
                server.send(mail.get());
                store.markSent(mail.get().id(), attempt, clock.instant());
                sent++;
            } catch (MailServer.Unreachable e) {
                failed(mail.get(), attempt, "无法使用邮件服务器：" + e.getMessage());
                break;
            } catch (MailServer.Rejected e) {
                failed(mail.get(), attempt, "邮件服务器未接受：" + e.getMessage());
            }
        }
        return sent;
    }

    private Optional<Mail> claim() {
        Instant now = clock.instant();
        return store.claim(now, now.plus(settings.lease()));
    }

    private void failed(Mail mail, int attempt, String error) {
        List<Duration> pauses = settings.retryAfter();
        boolean giveUp = attempt > pauses.size();
        Instant next = giveUp ? null : clock.instant().plus(pauses.get(attempt - 1));
        store.markFailed(mail.id(), attempt, SafeText.oneLine(error, MAX_ERROR), next);
        if (giveUp) {
            log.error("Mail {} of case {} given up after {} tries: {}", mail.id(), mail.caseNumber(), attempt, error);
        } else {
            log.warn("Mail {} of case {}: try {} failed, next at {}", mail.id(), mail.caseNumber(), attempt, next);
        }
    }
}
