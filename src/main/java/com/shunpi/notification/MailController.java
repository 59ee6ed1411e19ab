package com.shunpi.notification;

import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import com.shunpi.workflow.HiddenContent;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The outbox over HTTP (A7), for those who may see what customers are told (A5). */
@RestController
@RequestMapping("/api/mails")
class MailController {

    private static final Logger log = LoggerFactory.getLogger(MailController.class);

    private static final int MAX_PAGE = 200;

    private final MailStore store;
    private final MailServer server;
    private final CurrentActor actor;
    private final HiddenContent hidden;
    private final Clock clock;

    /** @param count how many there are in all */
    record Page(long count, List<Mail> mails) {}

    MailController(MailStore store, MailServer server, CurrentActor actor, HiddenContent hidden, Clock clock) {
        this.store = store;
        this.server = server;
        this.actor = actor;
        this.hidden = hidden;
        this.clock = clock;
    }

    @GetMapping
    Page list(
            @RequestParam(name = "case", required = false) String caseNumber,
            @RequestParam(required = false) String status,
            @RequestParam(defaultValue = "0") int first,
            @RequestParam(defaultValue = "50") int max) {
        mustBeReader();
        String number = caseNumber == null || caseNumber.isBlank() ? null : caseNumber.strip();
        MailStatus wanted = status(status);
        int size = Math.max(1, Math.min(max, MAX_PAGE));
        return new Page(store.count(number, wanted), store.list(number, wanted, Math.max(0, first), size));
    }

    @GetMapping("/{id}")
    Mail read(@PathVariable long id) {
        mustBeReader();
        return find(id);
    }

    @PostMapping("/{id}/resend")
    Mail resend(@PathVariable long id) {
        actor.mustBeIn(Groups.SALES_ASSISTANT, Groups.ADMIN);
        Mail mail = find(id);
        if (mail.status() != MailStatus.FAILED) {
            throw RefusedException.conflict("只有发送失败的邮件可以重新发送。");
        }
        if (MailAddress.of(mail.recipient()).isEmpty()) {
            throw RefusedException.conflict("这封邮件没有有效的收件地址，无法重新发送。");
        }
        if (!server.isConfigured()) {
            throw RefusedException.conflict("尚未配置邮件服务器，无法发送。");
        }
        if (!store.requeue(id, clock.instant())) {
            throw RefusedException.conflict("他人刚刚已重新发送这封邮件，请刷新。");
        }
        log.info("Mail {} of case {} queued again by {}", id, mail.caseNumber(), actor.id());
        return find(id);
    }

    private void mustBeReader() {
        actor.mustBeIn(Groups.SALES_ASSISTANT, Groups.SALES_MANAGER, Groups.PROCESS_OWNER, Groups.ADMIN);
    }

    private Mail find(long id) {
        Mail mail = store.find(id).orElseThrow(() -> RefusedException.notFound("没有编号为 " + id + " 的邮件。"));
        boolean blind = mail.caseNumber() != null && hidden.includes(mail.caseNumber());
        return blind ? mail.withBody("（单据正在盲核，复核完成前不能查看正文。）") : mail;
    }

    private static MailStatus status(String code) {
        if (code == null || code.isBlank()) {
            return null;
        }
        return MailStatus.of(code)
                .orElseThrow(() -> RefusedException.invalid("status", "状态应为 queued、sent、kept 或 failed。"));
    }
}
