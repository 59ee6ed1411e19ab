package com.shunpi.notification;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The mail server of the shared test context: none, until a test says on which port it listens. */
@TestComponent
@Primary
public class SwitchableMailServer extends MailServer {

    private static final String HOST = "127.0.0.1";

    private final MailSettings settings;
    private MailServer current;

    SwitchableMailServer(MailSettings settings) {
        super(sender(0), "", settings);
        this.settings = settings;
    }

    /** Whatever listens there, or does not. */
    public void listensOn(int port) {
        current = new MailServer(sender(port), HOST, settings);
    }

    public void isGone() {
        current = null;
    }

    @Override
    boolean isConfigured() {
        return current != null;
    }

    @Override
    void send(Mail mail) throws Unreachable, Rejected {
        current.send(mail);
    }

    private static ObjectProvider<JavaMailSender> sender(int port) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(HOST);
        sender.setPort(port);
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("sender", sender);
        return beans.getBeanProvider(JavaMailSender.class);
    }
}
