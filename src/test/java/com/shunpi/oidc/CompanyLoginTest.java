package com.shunpi.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

/** Login with the company's account, from the button to a claimed task, with a real provider and a real installation. */
class CompanyLoginTest {

    private static final String START = "/oauth2/authorization/company";
    private static final String TASKLIST_USER = "/camunda/api/admin/auth/user/default";

    private static int port;
    private static Provider provider;
    private static Installation installation;
    private static HttpResponse<String> firstTryWithTheProviderAway;

    @BeforeAll
    static void begin() throws IOException {
        port = freePort();
        provider = new Provider(freePort(), port);
        installation = Installation.start(
                port,
                "--shunpi.oidc.issuer=" + provider.issuer(),
                "--shunpi.oidc.client-id=" + Provider.CLIENT,
                "--shunpi.oidc.client-secret=" + Provider.SECRET);
        firstTryWithTheProviderAway = HttpUser.browser(port).get(START);
    }

    @AfterAll
    static void end() {
        installation.close();
        provider.close();
    }

    @BeforeEach
    void theProviderIsThereAndHonest() {
        provider.start();
        Provider.lie = claims -> {};
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    // ---- the good way

    @Test
    void aCompanyAccountOpensEverythingAndClaimsATask() throws IOException {
        HttpResponse<String> order = HttpUser.basic(port, "rep1").post("/api/orders", """
                {"source": "oidc", "externalNumber": "E1", "customerCode": "KH001", "requiredDate": "2030-12-20",
                 "deliveryMode": "快递", "consignee": "李四", "phone": "021-55500101", "address": "上海市收货路 2 号",
                 "orderedAt": "2026-11-23T02:00:00Z", "urgent": false,
                 "lines": [{"productCode": "PT-101", "quantity": 1, "unitPrice": "860.00"}]}""");
        assertThat(order.statusCode()).as(order.body()).isEqualTo(201);

        HttpUser browser = HttpUser.browser(port);
        assertThat(login(browser, "assistant1")).endsWith("/camunda/app/tasklist/");

        JsonNode me = json(browser.get("/api/me"));
        assertThat(me.get("userId").asText()).isEqualTo("assistant1");
        assertThat(me.get("groups"))
                .as("the engine's, and none of the provider's")
                .hasSize(1);
        assertThat(me.get("groups").get(0).asText()).isEqualTo("sales-assistant");
        assertThat(browser.get(TASKLIST_USER).body()).contains("\"userId\":\"assistant1\"");
        assertThat(browser.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);

        JsonNode task = json(browser.get("/engine-rest/task?candidateGroup=sales-assistant"))
                .get(0);
        String claim = "/engine-rest/task/" + task.get("id").asText() + "/claim";
        assertThat(browser.post(claim, "{\"userId\": \"assistant1\"}").statusCode())
                .as("a session needs its token, however it began")
                .isEqualTo(403);
        browser.with("X-CSRF-TOKEN", browser.cookie("SHUNPI-CSRF"));
        assertThat(browser.post(claim, "{\"userId\": \"assistant1\"}").statusCode())
                .isEqualTo(204);
        assertThat(json(browser.get("/engine-rest/task/" + task.get("id").asText()))
                        .get("assignee")
                        .asText())
                .isEqualTo("assistant1");
        assertThat(browser.get("/api/accounts").statusCode())
                .as("no right more than with a password")
                .isEqualTo(403);
    }

    @Test
    void whoWasOnHisWaySomewhereArrivesThere() {
        HttpUser browser = HttpUser.browser(port).with("Accept", "text/html");
        browser.get("/pages/reports.html");
        assertThat(login(browser, "manager")).contains("/pages/reports.html");
    }

    @Test
    void theSessionIsAnotherOneAfterTheLogin() {
        HttpUser browser = HttpUser.browser(port, "finance1");
        String before = browser.cookie("JSESSIONID");
        follow(browser, browser.get(START), "assistant1", Provider.PASSWORD);
        assertThat(browser.cookie("JSESSIONID")).isNotEqualTo(before);
        HttpUser thief = HttpUser.browser(port).with("Cookie", "JSESSIONID=" + before);
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
    }

    /** Any server goes on with a login that another began (ADR 0032). */
    @Test
    void aLoginOnItsWayLiesInNoSession() {
        HttpUser browser = HttpUser.browser(port);
        browser.get(START);
        assertThat(browser.cookie("JSESSIONID")).isNull();
        assertThat(browser.cookie("SHUNPI-COMPANY-LOGIN")).isNotNull();
    }

    @Test
    void theRequestIsBoundToTheBrowserAndToTheCode() {
        String address = location(HttpUser.browser(port).get(START));
        assertThat(address)
                .startsWith(provider.issuer() + "/oauth2/authorize?")
                .contains("response_type=code", "state=", "nonce=", "code_challenge=", "code_challenge_method=S256");
        assertThat(address).doesNotContain(Provider.SECRET);
    }

    @Test
    void thePasswordAndProgramsGoOnAsBefore() {
        assertThat(HttpUser.basic(port, "finance1").get("/api/me").statusCode()).isEqualTo(200);
        assertThat(HttpUser.browser(port, "finance1").get("/api/me").statusCode())
                .isEqualTo(200);
        assertThat(HttpUser.stranger(port).get("/api/me").statusCode()).isEqualTo(401);
        assertThat(HttpUser.stranger(port).get("/login").body())
                .contains("企业账号登录", "href=\"oauth2/authorization/company\"", "name=\"password\"")
                .doesNotContain("<details");
    }

    // ---- out again

    @Test
    void loggingOutEndsTheProvidersSessionToo() {
        HttpUser browser = HttpUser.browser(port).with("Accept", "text/html");
        login(browser, "assistant2");
        HttpResponse<String> answer = browser.post("/logout", Map.of("_csrf", browser.cookie("SHUNPI-CSRF")));
        assertEndsAtTheProvider(browser, location(answer));
        assertThat(browser.get("/api/me").statusCode()).isNotEqualTo(200);
    }

    @Test
    void loggingOutInTasklistDoesToo() {
        HttpUser browser = HttpUser.browser(port).with("Accept", "text/html");
        login(browser, "assistant2");
        browser.get("/camunda/app/tasklist/default/");
        browser.with("X-XSRF-TOKEN", browser.cookie("XSRF-TOKEN"));
        assertThat(browser.post(TASKLIST_USER + "/logout", "").statusCode()).isEqualTo(200);
        assertThat(browser.get("/engine-rest/task/count").statusCode())
                .as("our session is over at once")
                .isNotEqualTo(200);
        // where Tasklist's script goes next
        assertEndsAtTheProvider(browser, location(browser.get("/login")));
        assertThat(browser.get("/login").statusCode()).isEqualTo(200);
    }

    private void assertEndsAtTheProvider(HttpUser browser, String address) {
        assertThat(address).startsWith(provider.issuer() + "/connect/logout?").contains("id_token_hint=");
        HttpResponse<String> there = browser.get(address);
        assertThat(location(there)).isEqualTo("http://localhost:" + port + "/login?logout");
        // whoever logs in again is asked who he is
        HttpResponse<String> again = browser.get(location(browser.get(START)));
        assertThat(location(again)).isEqualTo(provider.issuer() + "/login");
    }

    // ---- who is not let in

    @ParameterizedTest
    @MethodSource
    void whoTheEngineDoesNotKnowIsNobody(String name) {
        Provider.lie = claims -> claims.claim("preferred_username", name);
        HttpUser browser = HttpUser.browser(port);
        assertThat(login(browser, "somebody")).endsWith("/login?company=unknown");
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    static Stream<String> whoTheEngineDoesNotKnowIsNobody() {
        return Stream.of(
                "stranger",
                "Assistant1",
                "ASSISTANT1",
                "assistant1 ",
                "assistant1\u202e",
                "assistant1\0",
                "ａssistant1",
                "' or '1'='1",
                "%");
    }

    @Test
    void aFrozenAccountIsOutAtOnceAndStaysOut() {
        HttpUser leaver = HttpUser.browser(port);
        login(leaver, "rep2");
        assertThat(leaver.get("/api/me").statusCode()).isEqualTo(200);
        HttpUser admin = HttpUser.basic(port, "admin");
        assertThat(admin.post("/api/accounts/rep2/freeze", "{\"successor\": \"rep1\", \"reason\": \"离职\"}")
                        .statusCode())
                .isEqualTo(200);
        try {
            assertThat(leaver.get("/api/me").statusCode()).isEqualTo(401);
            assertThat(login(HttpUser.browser(port), "rep2")).endsWith("/login?company=frozen");
        } finally {
            admin.post("/api/accounts/rep2/unfreeze", "{\"reason\": \"测试结束\"}");
        }
        assertThat(login(HttpUser.browser(port), "rep2")).endsWith("/camunda/app/tasklist/");
    }

    @ParameterizedTest
    @MethodSource
    void aTokenThatIsNotRightOpensNothing(String what, Consumer<JwtClaimsSet.Builder> lie) {
        Provider.lie = lie;
        HttpUser browser = HttpUser.browser(port);
        assertThat(login(browser, "admin")).as(what).endsWith("/login?company=failed");
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
        // and the next honest one does
        Provider.lie = claims -> {};
        assertThat(login(HttpUser.browser(port), "admin")).endsWith("/camunda/app/tasklist/");
    }

    static Stream<Arguments> aTokenThatIsNotRightOpensNothing() {
        return Stream.of(
                lie("issuer", claims -> claims.issuer("http://evil.example")),
                lie("audience", claims -> claims.audience(List.of("another-application"))),
                lie(
                        "two audiences",
                        claims -> claims.audience(List.of("shunpi", "other")).claim("azp", "other")),
                lie("nonce", claims -> claims.claim("nonce", "of-another-login")),
                lie("no nonce", claims -> claims.claims(all -> all.remove("nonce"))),
                lie(
                        "expired",
                        claims -> claims.issuedAt(Instant.now().minusSeconds(7200))
                                .expiresAt(Instant.now().minusSeconds(3600))),
                lie("no username", claims -> claims.claims(all -> all.remove("preferred_username"))),
                lie("blank username", claims -> claims.claim("preferred_username", " ")));
    }

    private static Arguments lie(String what, Consumer<JwtClaimsSet.Builder> lie) {
        return Arguments.of(what, lie);
    }

    @Test
    void whoIsRefusedAtTheProviderIsTold() {
        HttpUser browser = HttpUser.browser(port);
        String state = parameters(location(browser.get(START))).get("state");
        HttpResponse<String> back =
                browser.get("/login/oauth2/code/company?error=access_denied&error_description=%0Aforged%0Aline&state="
                        + java.net.URLEncoder.encode(state, StandardCharsets.UTF_8));
        assertThat(location(back)).endsWith("/login?company=denied");
        assertThat(installation.log().lines()).noneMatch(line -> line.startsWith("forged"));
    }

    @Test
    void anAnswerThatNobodyAskedForIsRefused() {
        // another's code, which a link brings into this browser: login CSRF
        HttpUser attacker = HttpUser.browser(port);
        String back = untilTheProviderSendsBack(attacker, attacker.get(START), "gm");
        HttpUser victim = HttpUser.browser(port);
        assertThat(location(victim.get(back))).endsWith("/login?company=failed");
        victim.get(START);
        assertThat(location(victim.get(back))).endsWith("/login?company=failed");
        assertThat(victim.get("/api/me").statusCode()).isEqualTo(401);
        // and a code serves once
        assertThat(location(attacker.get(back))).endsWith("/camunda/app/tasklist/");
        assertThat(location(HttpUser.browser(port).get(back))).endsWith("/login?company=failed");
    }

    @ParameterizedTest
    @MethodSource
    void addressesOfTheLoginServeNothingElse(String path) {
        HttpResponse<String> answer =
                HttpUser.browser(port).with("Accept", "text/html").get(path);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer)).matches(".*/login(\\?company=failed)?");
    }

    static Stream<String> addressesOfTheLoginServeNothingElse() {
        return Stream.of(
                "/oauth2/authorization/other",
                "/oauth2/authorization/",
                "/login/oauth2/code/company",
                "/login/oauth2/code/other?code=1&state=2",
                "/login/oauth2/code/company?code=1&state=2",
                "/oauth2/token",
                "/logout/connect/back-channel/company");
    }

    // ---- the provider is away

    @Test
    void aProviderThatIsAwayKeepsNobodyElseOut() {
        assertThat(location(firstTryWithTheProviderAway)).endsWith("/login?company=away");
        // it is there now: nothing has to be restarted
        assertThat(login(HttpUser.browser(port), "assistant1")).endsWith("/camunda/app/tasklist/");
    }

    @Test
    void aProviderThatGoesAwayInTheMiddleIsNamed() {
        HttpUser browser = HttpUser.browser(port);
        String back = untilTheProviderSendsBack(browser, browser.get(START), "assistant1");
        HttpUser before = HttpUser.browser(port);
        login(before, "assistant2");
        provider.close();

        assertThat(location(browser.get(back))).endsWith("/login?company=away");
        assertThat(before.get("/api/me").statusCode()).as("who is in stays in").isEqualTo(200);
        assertThat(HttpUser.browser(port, "finance1").get("/api/me").statusCode())
                .isEqualTo(200);
    }

    // ---- what is written down

    @Test
    void theLogNamesNoSecretAndNoToken() {
        login(HttpUser.browser(port), "stranger");
        assertThat(installation.log())
                .contains("the engine has no user stranger")
                .doesNotContain(Provider.SECRET)
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]{20}");
    }

    // ---- steps

    /** From the button on; where the browser is sent in the end. */
    private String login(HttpUser browser, String name) {
        return follow(browser, browser.get(START), name, Provider.PASSWORD);
    }

    private String follow(HttpUser browser, HttpResponse<String> start, String name, String password) {
        return location(browser.get(untilTheProviderSendsBack(browser, start, name)));
    }

    /** The address of ours, with the code, that the provider sends the browser to. */
    private String untilTheProviderSendsBack(HttpUser browser, HttpResponse<String> start, String name) {
        browser.with("Accept", "text/html");
        HttpResponse<String> there = browser.get(location(start));
        if (location(there).equals(provider.issuer() + "/login")) {
            HttpResponse<String> known =
                    browser.post(provider.issuer() + "/login", Map.of("username", name, "password", Provider.PASSWORD));
            there = browser.get(location(known));
        }
        browser.with("Accept", null);
        assertThat(location(there)).startsWith("http://localhost:" + port + "/login/oauth2/code/company?");
        return location(there);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("no redirect: " + answer.statusCode());
    }

    private static Map<String, String> parameters(String address) {
        return Pattern.compile("&")
                .splitAsStream(URI.create(address).getRawQuery())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
