package com.shunpi.notification;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.support.TransactionTemplate;

/** A7: a mail that gave up is shown; A5: only to those who may see what customers pay. */
@ShunpiTest
class MailsApiTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Outbox outbox;

    @Autowired
    MailStore store;

    @Autowired
    TransactionTemplate transaction;

    final String caseNumber = "SO-" + UUID.randomUUID();

    @Test
    void aStrangerSeesNoMail() throws Exception {
        mvc.perform(get("/api/mails")).andExpect(status().isUnauthorized());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rep1", "director", "gm", "finance1", "warehouse1", "technical1", "purchasing1"})
    void otherRolesSeeNoMail(String user) throws Exception {
        long id = tell("li@example.com", "e");

        mvc.perform(get("/api/mails").with(login(user))).andExpect(status().isForbidden());
        mvc.perform(get("/api/mails/" + id).with(login(user))).andExpect(status().isForbidden());
        mvc.perform(post("/api/mails/" + id + "/resend").with(login(user))).andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistant1", "manager", "owner", "admin"})
    void readersFindTheMailsOfACase(String user) throws Exception {
        long id = tell("li@example.com", "e");

        mvc.perform(get("/api/mails").param("case", caseNumber).with(login(user)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.count").value(1))
                .andExpect(jsonPath("$.mails", hasSize(1)))
                .andExpect(jsonPath("$.mails[0].status").value("kept"))
                .andExpect(jsonPath("$.mails[0].body").doesNotExist());
        mvc.perform(get("/api/mails/" + id).with(login(user)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.body", containsString("承运单位：顺丰速运")));
    }

    @Test
    void aStatusNobodyKnowsAndAMailThatIsNotThereAreAnsweredInWords() throws Exception {
        mvc.perform(get("/api/mails").param("status", "lost").with(login("assistant1")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[0].field").value("status"));
        mvc.perform(get("/api/mails/999999999").with(login("assistant1"))).andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "owner"})
    void whoMayOnlyReadCannotResend(String user) throws Exception {
        long id = failed();

        mvc.perform(post("/api/mails/" + id + "/resend").with(login(user))).andExpect(status().isForbidden());
    }

    @Test
    void onlyAFailedMailWithAnAddressCanBeSentAgain() throws Exception {
        long kept = tell("li@example.com", "kept");
        long nobody = tell(null, "nobody");

        mvc.perform(post("/api/mails/" + kept + "/resend").with(login("assistant1")))
                .andExpect(status().isConflict());
        mvc.perform(post("/api/mails/" + nobody + "/resend").with(login("assistant1")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.detail", containsString("收件地址")));
        // the tests' application has no mail server
        mvc.perform(post("/api/mails/" + failed() + "/resend").with(login("assistant1")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.detail", containsString("邮件服务器")));
    }

    @Test
    void thePageIsThereForPeopleWhoLoggedIn() throws Exception {
        mvc.perform(get("/pages/mails.html")).andExpect(status().isUnauthorized());
        mvc.perform(get("/pages/mails.html").with(login("assistant1")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("mails.js")));
    }

    private long failed() {
        transaction.executeWithoutResult(status -> store.add(new Mail(
                0,
                "given-up",
                caseNumber + "@example.com",
                caseNumber,
                "dispatch",
                "s",
                "b",
                MailStatus.FAILED,
                0,
                null,
                null,
                "无法连接",
                MutableClock.START)));
        return store.list(caseNumber, MailStatus.FAILED, 0, 1).get(0).id();
    }

    private long tell(String address, String event) {
        transaction.executeWithoutResult(status -> outbox.tell(
                address,
                new Notice(
                        caseNumber + "/" + event, caseNumber, "dispatch", MailTemplatesTest.VALUES.get("dispatch"))));
        return store.list(caseNumber, null, 0, 1).get(0).id();
    }

    private static RequestPostProcessor login(String user) {
        return httpBasic(user, "demo");
    }
}
