package com.shunpi.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of order review.
 *
 * @param replyLimit the customer has an answer within (R2), calendar hours
 * @param replyReminder the assistant is reminded after (R2), calendar hours
 * @param shippingDays released orders ship within (R8), working days
 * @param unpaidReleaseDays how long a signed release of unpaid goods counts (R4), calendar days
 * @param enquiryPhone the phone number customers are told (R9)
 */
@ConfigurationProperties("shunpi.order")
record OrderSettings(
        @DefaultValue("24h") Duration replyLimit,
        @DefaultValue("20h") Duration replyReminder,
        @DefaultValue("3") int shippingDays,
        @DefaultValue("30") int unpaidReleaseDays,
        @DefaultValue("400-000-0000") String enquiryPhone) {}
