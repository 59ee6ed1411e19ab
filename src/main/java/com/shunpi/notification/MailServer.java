package com.shunpi.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** The way out of the house, if there is one. */
@Component
class MailServer {

    /** The server could not be used at all: the next mail would fare no better. */
    static final class Unreachable extends Exception {

        Unreachable(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** The server did not take this one mail. */
    static final class Rejected extends Exception {

        Rejected(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final JavaMailSender sender;
    private final MailSettings settings;

    MailServer(
            ObjectProvider<JavaMailSender> sender, @Value("${spring.mail.host:}") String host, MailSettings settings) {
        // Boot makes a sender for an empty host too, and that one would talk to localhost
        this.sender = host.isBlank() ? null : sender.getIfAvailable();
        this.settings = settings;
    }

    boolean isConfigured() {
        return sender != null;
    }

    void send(Mail mail) throws Unreachable, Rejected {
        MimeMessage message;
        try {
            message = message(mail);
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new Rejected(e);
        }
        try {
            sender.send(message);
        } catch (MailAuthenticationException e) {
            throw new Unreachable(e);
        } catch (MailSendException e) {
            // Spring names a cause when there was no connection, and lists the mails when the server refused them
            if (e.getCause() != null) {
                throw new Unreachable(e.getCause());
            }
            Exception[] refused = e.getMessageExceptions();
            throw new Rejected(refused.length == 0 ? e : refused[0]);
        } catch (RuntimeException e) {
            // whatever is wrong with this mail must not keep the others waiting
            throw new Rejected(e);
        }
    }

    private MimeMessage message(Mail mail) throws MessagingException, UnsupportedEncodingException {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
        helper.setValidateAddresses(true);
        helper.setFrom(settings.from(), settings.senderName());
        helper.setTo(mail.recipient());
        helper.setSubject(mail.subject());
        helper.setText(mail.body());
        // the same at every try, so that a mail system that gets it twice can tell
        message.setHeader("Message-ID", messageId(mail));
        // keeps automatic replies away
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private String messageId(Mail mail) {
        String domain = settings.from().substring(settings.from().indexOf('@') + 1);
        return "<shunpi." + mail.id() + "." + mail.createdAt().toEpochMilli() + "@" + domain + ">";
    }
}
