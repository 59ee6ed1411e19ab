package com.shunpi.notification;

import com.shunpi.workflow.Directory;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes mails into {@code mail_outbox}; the text is settled here, so that a later retry says the same. */
@Service
class MailOutbox implements Outbox {

    private static final int MAX_RECIPIENT = 320;

    private final MailStore store;
    private final MailTemplates templates;
    private final MailServer server;
    private final Directory directory;
    private final Clock clock;

    MailOutbox(MailStore store, MailTemplates templates, MailServer server, Directory directory, Clock clock) {
        this.store = store;
        this.templates = templates;
        this.server = server;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(String address, Notice notice) {
        boolean missing = address == null || address.isBlank();
        String shown = missing ? "" : address;
        put(address, shown, missing ? "没有邮箱地址。" : "邮箱地址无效。", notice);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void tellGroup(String group, Notice notice) {
        List<Directory.Person> members = directory.membersOf(group);
        if (members.isEmpty()) {
            put(null, "group:" + group, "该用户组没有成员，无人收到此邮件。", notice);
        }
        for (Directory.Person member : members) {
            put(member.email(), "user:" + member.id(), "该人员没有有效的邮箱地址。", notice);
        }
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<String> withdraw(Collection<String> events) {
        return events.isEmpty() ? Set.of() : store.withdraw(events);
    }

    private void put(String address, String otherwise, String problem, Notice notice) {
        MailTemplates.Text text = templates.render(notice.template(), notice.values());
        Instant now = clock.instant();
        Optional<String> recipient = MailAddress.of(address);
        MailStatus status;
        if (recipient.isEmpty()) {
            status = MailStatus.FAILED;
        } else {
            status = server.isConfigured() ? MailStatus.QUEUED : MailStatus.KEPT;
        }
        store.add(new Mail(
                0,
                notice.event(),
                recipient.orElse(SafeText.oneLine(otherwise, MAX_RECIPIENT)),
                notice.caseNumber(),
                notice.template(),
                text.subject(),
                text.body(),
                status,
                0,
                status == MailStatus.QUEUED ? now : null,
                null,
                status == MailStatus.FAILED ? problem : null,
                now));
    }
}
