package com.shunpi.notification;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Settings of the outbox, and what monitoring sees of it: {@code shunpi_mails{status="queued|failed"}}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class NotificationConfiguration {

    @Bean
    MeterBinder mailMetrics(MailStore store) {
        return registry -> {
            for (MailStatus status : new MailStatus[] {MailStatus.QUEUED, MailStatus.FAILED}) {
                Gauge.builder("shunpi.mails", store, mails -> mails.count(null, status))
                        .tag("status", status.code())
                        .description("Mails in the outbox")
                        .register(registry);
            }
        };
    }
}
