package com.shunpi.attachment;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes each hour what was uploaded and never used. */
@Component
class UnclaimedAttachments {

    private final Attachments attachments;

    UnclaimedAttachments(Attachments attachments) {
        this.attachments = attachments;
    }

    @Scheduled(cron = "0 15 * * * *", zone = "Asia/Shanghai")
    void remove() {
        attachments.removeUnclaimed();
    }
}
