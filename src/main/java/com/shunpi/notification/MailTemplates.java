package com.shunpi.notification;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Turns a notice into subject and text by {@code mail/<template>.mustache}, whose first line is {@code Subject: …}. */
@Component
class MailTemplates {

    private static final Logger log = LoggerFactory.getLogger(MailTemplates.class);

    private static final String SUBJECT = "Subject: ";
    private static final int MAX_SUBJECT = 200;
    private static final int MAX_BODY = 100_000;

    /** Plain text: nothing to escape, and {@code <} has to arrive as {@code <}. A null is an empty place. */
    private static final Mustache.Compiler STRICT = Mustache.compiler()
            .escapeHTML(false)
            .emptyStringIsFalse(true)
            .nullValue("")
            .strictSections(true);

    private static final Mustache.Compiler LENIENT =
            Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).defaultValue("");

    private final MailSettings settings;
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    private record Compiled(Template strict, Template lenient) {}

    record Text(String subject, String body) {}

    MailTemplates(MailSettings settings) {
        this.settings = settings;
    }

    /** @throws IllegalArgumentException when there is no such template */
    Text render(String template, Map<String, ?> values) {
        Map<String, Object> safe = new LinkedHashMap<>();
        safe.put("senderName", settings.senderName());
        safe.putAll(safeValues(values));
        String text = execute(template, safe);
        int end = text.indexOf('\n');
        String subject = text.substring(SUBJECT.length(), end);
        return new Text(
                SafeText.oneLine(subject, MAX_SUBJECT),
                SafeText.shorten(text.substring(end).strip() + "\n", MAX_BODY));
    }

    private String execute(String name, Map<String, Object> values) {
        Compiled template = compiled.computeIfAbsent(name, MailTemplates::compile);
        try {
            return template.strict().execute(values);
        } catch (MustacheException e) {
            if (settings.strict()) {
                throw e;
            }
            // A7: a value somebody forgot must not undo the decision; the mail has an empty place, the log says why
            log.error("Mail template {} misses a value: {}", name, e.getMessage());
            return template.lenient().execute(values);
        }
    }

    private static Compiled compile(String name) {
        ClassPathResource resource = new ClassPathResource("mail/" + name + ".mustache");
        if (!name.matches("[a-z-]+") || !resource.exists()) {
            throw new IllegalArgumentException("No mail template " + name);
        }
        try {
            String source = resource.getContentAsString(StandardCharsets.UTF_8);
            if (!source.startsWith(SUBJECT)) {
                throw new IllegalArgumentException("Mail template " + name + " does not start with 'Subject: '");
            }
            return new Compiled(STRICT.compile(source), LENIENT.compile(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> safeValues(Map<?, ?> values) {
        Map<String, Object> safe = new LinkedHashMap<>();
        values.forEach((name, value) -> safe.put(String.valueOf(name), safeValue(value)));
        return safe;
    }

    private static Object safeValue(Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return safeValues(map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(MailTemplates::safeValue).toList();
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return SafeText.oneLine(value.toString());
    }
}
