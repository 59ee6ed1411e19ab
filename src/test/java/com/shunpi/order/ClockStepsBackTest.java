package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.shunpi.HttpUser;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.Stock;
import com.shunpi.notification.MailDelivery;
import com.shunpi.notification.SwitchableMailServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The server's clock is set back while people work. */
@ShunpiTest
class ClockStepsBackTest {

    @LocalServerPort
    private int port;

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

    @Test
    void anOrderGoesThroughAllHandsWithAnHourLessAtEachStep() {
        String product = desk.product(1);
        String number = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 3)));
        back();
        desk.review(number);
        back();
        desk.complete(
                "assistant1", number, "userTask_promiseDate", "decision", "promise", "promisedDate", "2026-12-05");
        back();
        stock.receive(product, 2);
        back();
        desk.verify(number);
        back();
        desk.ship(number);
        back();
        desk.invoice(number);
        back();
        desk.file(number);

        assertThat(desk.order(number).status()).isEqualTo(OrderStatus.ARCHIVED);
        assertThat(jdbc.sql("select step from decision_record where document_number = ? order by id")
                        .param(number)
                        .query(String.class)
                        .list())
                .startsWith("userTask_reviewOrder")
                .endsWith("userTask_fileNote");
    }

    @Test
    void noNumberIsGivenTwice() { // R6
        String before = received();
        clock.advance(Duration.ofDays(-2));
        String after = received();
        clock.advance(Duration.ofDays(2));
        String again = received();

        String day = before.substring(0, "SO-20261123".length());
        assertThat(after).startsWith(day).isGreaterThan(before);
        assertThat(again).startsWith(day).isGreaterThan(after);
    }

    @Test
    void aDeadlineStaysWhereItIs() { // R2
        String number = received();
        clock.advance(Duration.ofHours(19));
        clock.advance(Duration.ofHours(-19));
        assertThat(desk.runDueTimers(number)).isEmpty();
        clock.advance(Duration.ofHours(20));
        assertThat(desk.runDueTimers(number)).containsExactly("timer_replyReminder");
    }

    @Test
    void aMailWaitsForTheClockAndGoesOutOnce() {
        GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        mailServer.listensOn(smtp.getSmtp().getPort());
        try {
            delivery.deliverDue();
            int others = smtp.getReceivedMessages().length;
            String number = received();
            desk.review(number);
            desk.verify(number);

            back();
            delivery.deliverDue();
            clock.advance(Duration.ofHours(1));
            delivery.deliverDue();
            back();
            delivery.deliverDue();

            assertThat(smtp.getReceivedMessages()).hasSize(others + 1);
        } finally {
            mailServer.isGone();
            smtp.stop();
        }
    }

    @Test
    void whoIsLoggedInStaysSo() {
        HttpUser browser = HttpUser.browser(port, "assistant1");
        back();
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
    }

    private String received() {
        return desk.receive(desk.draft(desk.customer(Grade.B), line(desk.product(10), 1)));
    }

    private void back() {
        clock.advance(Duration.ofHours(-1));
    }
}
