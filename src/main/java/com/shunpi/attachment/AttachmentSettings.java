package com.shunpi.attachment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxSize of one file
 * @param unclaimed how long a file is kept that no case has taken over
 * @param mostUnclaimed files that one person may have uploaded without using them
 */
@ConfigurationProperties("shunpi.attachment")
record AttachmentSettings(
        @DefaultValue("10MB") DataSize maxSize,
        @DefaultValue("24h") Duration unclaimed,
        @DefaultValue("50") int mostUnclaimed) {}
