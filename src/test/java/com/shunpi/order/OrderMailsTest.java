package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.Stock;
import com.shunpi.notification.MailDelivery;
import com.shunpi.notification.SwitchableMailServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A7: the mail server is down during the whole of an order; nothing waits for it, and later each mail goes out once. */
@ShunpiTest
class OrderMailsTest {

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Stock stock;

    @Autowired
    private MailDelivery delivery;

    @Autowired
    private SwitchableMailServer mailServer;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RuntimeService runtimeService;

    private GreenMail smtp;

    @BeforeEach
    void nobodyListens() {
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        int port = smtp.getSmtp().getPort();
        smtp.stop();
        smtp = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailServer.listensOn(port);
    }

    @AfterEach
    void backToNone() {
        mailServer.isGone();
        smtp.stop();
    }

    @Test
    void everyDecisionStandsAndEachMailGoesOutOnceWhenTheServerIsBack() {
        String product = desk.product(1);
        OrderDraft draft = OrderDesk.urgent(desk.draft(desk.customer(Grade.A), line(product, 3)));

        String number = desk.receive(draft);
        tryInVain();
        clock.advance(Duration.ofHours(25));
        assertThat(desk.runDueTimers(number)).contains("timer_replyReminder", "timer_replyOverdue");
        tryInVain();
        desk.review(number);
        desk.complete(
                "assistant1", number, "userTask_promiseDate", "decision", "promise", "promisedDate", "2026-12-05");
        tryInVain();
        stock.receive(product, 2);
        desk.verify(number);
        tryInVain();
        desk.ship(number);
        tryInVain();
        desk.invoice(number);
        desk.file(number);
        tryInVain();

        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.ARCHIVED);
        List<String> waiting = mails(number, "queued");
        assertThat(waiting)
                .hasSizeGreaterThanOrEqualTo(8)
                .anyMatch(mail -> mail.contains("urgent-order"))
                .anyMatch(mail -> mail.contains("reply-reminder"))
                .anyMatch(mail -> mail.contains("reply-overdue"))
                .anyMatch(mail -> mail.contains("shortage"))
                .anyMatch(mail -> mail.contains("order-confirmed"))
                .anyMatch(mail -> mail.contains("dispatch"));

        smtp.start();
        clock.advance(Duration.ofHours(24));
        delivery.deliverDue();
        delivery.deliverDue();

        assertThat(mails(number, "queued")).isEmpty();
        assertThat(mails(number, "sent")).containsExactlyInAnyOrderElementsOf(waiting);
        assertThat(received(number)).doesNotHaveDuplicates().hasSameSizeAs(waiting);
    }

    @Test
    void anHourWithoutAMailServerIsNoIncidentAndEachMailGoesOutOnceAfterwards() {
        String first = urgentOrder();
        String second = null;
        for (int minute = 0; minute < 60; minute++) {
            tryInVain();
            clock.advance(Duration.ofMinutes(1));
            if (minute == 30) {
                second = urgentOrder();
            }
        }
        List<String> waiting = new ArrayList<>(mails(first, "queued"));
        waiting.addAll(mails(second, "queued"));
        assertThat(mails(first, "queued")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(mails(second, "queued")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(mails(first, "failed")).isEmpty();

        smtp.start();
        // what failed for the fourth time waits two hours
        for (int minute = 0; minute <= 120; minute++) {
            delivery.deliverDue();
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(mails(first, "queued")).isEmpty();
        assertThat(mails(second, "queued")).isEmpty();
        List<String> arrived = new ArrayList<>(received(first));
        arrived.addAll(received(second));
        assertThat(arrived).doesNotHaveDuplicates().hasSameSizeAs(waiting);
        assertThat(runtimeService
                        .createIncidentQuery()
                        .processInstanceId(desk.instance(first).getId())
                        .count())
                .isZero();
    }

    /** An order of which the customer, the manager and the warehouse are told: verified and released. */
    private String urgentOrder() {
        String number = desk.receive(OrderDesk.urgent(desk.draft(desk.customer(Grade.A), line(desk.product(10), 3))));
        desk.review(number);
        desk.verify(number);
        return number;
    }

    private void tryInVain() {
        assertThat(delivery.deliverDue()).isZero();
    }

    private List<String> mails(String number, String status) {
        return jdbc.sql("select recipient, template, event from mail_outbox where case_number = ? and status = ?")
                .params(number, status)
                .query((rs, row) -> rs.getString(1) + " " + rs.getString(2) + " " + rs.getString(3))
                .list();
    }

    /** Recipient and Message-ID of what the server got for the order. */
    private List<String> received(String number) {
        return Arrays.stream(smtp.getReceivedMessages())
                .filter(message -> text(message).contains(number))
                .map(OrderMailsTest::recipientAndId)
                .toList();
    }

    private static String text(MimeMessage message) {
        try {
            return message.getSubject() + message.getContent();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String recipientAndId(MimeMessage message) {
        try {
            return message.getRecipients(Message.RecipientType.TO)[0] + " " + message.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
