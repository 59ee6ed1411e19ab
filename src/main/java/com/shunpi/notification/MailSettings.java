package com.shunpi.notification;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails go out.
 *
 * @param from the sender's address
 * @param senderName the sender's name, which also signs every mail
 * @param retryAfter the pause after each failed try; when they are used up, the mail is given up
 * @param lease how long one worker may be busy with one mail before another takes it over; longer than the mail server's
 *     time-outs together
 * @param strict whether a value that a template misses is an error, as in tests, or an empty place in the mail (A7)
 */
@ConfigurationProperties("shunpi.mail")
record MailSettings(
        @DefaultValue("shunpi@localhost") String from,
        @DefaultValue("销售内勤部") String senderName,

        @DefaultValue({"1m", "5m", "30m", "2h", "6h", "12h", "24h"})
        List<Duration> retryAfter,

        @DefaultValue("5m") Duration lease,
        @DefaultValue("false") boolean strict) {}
