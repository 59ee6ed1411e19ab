package com.shunpi.notification;

import java.util.Map;

/**
 * Something to tell somebody by mail.
 *
 * @param event what happened, unique for ever, e.g. {@code SO-20261122-0001/confirmed/1}: with the recipient it makes
 *     the mail unique (A7)
 * @param caseNumber the case it belongs to
 * @param template name of the template in {@code mail/}, e.g. {@code order-confirmed}
 * @param values what the template shows; strings and lists of maps of strings
 */
public record Notice(String event, String caseNumber, String template, Map<String, ?> values) {}
