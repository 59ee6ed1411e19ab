package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.Mustache;
import com.shunpi.ShunpiTest;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** What an installation may say about the login with the company's account, and what is there when it says nothing. */
@ShunpiTest
class OidcSettingsTest {

    @Autowired
    ApplicationContext application;

    @Autowired
    IdentityService identityService;

    @Autowired
    JdbcClient jdbc;

    private static OidcSettings settings(String issuer, String... passwordGroups) {
        return new OidcSettings(
                issuer, "shunpi", "secret", "preferred_username", Set.of("openid", "profile"), Set.of(passwordGroups));
    }

    @Test
    void withoutAnIssuerNothingOfItIsThere() {
        assertThat(application.getBeanNamesForType(CompanyLogin.class)).isEmpty();
        assertThat(application.getBeanNamesForType(CompanyProvider.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://sso.example", "http://localhost.evil.example", "ftp://sso.example", "sso.example", " "})
    void aProviderIsAskedOverTlsAlone(String issuer) {
        assertThatThrownBy(() -> settings(issuer)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void halfASettingIsNone() {
        assertThatThrownBy(() ->
                        new OidcSettings("https://sso.example", "shunpi", null, "sub", Set.of("openid"), Set.of()))
                .hasMessageContaining("client-secret");
        assertThatThrownBy(() ->
                        new OidcSettings("https://sso.example", "shunpi", "x", "sub", Set.of("profile"), Set.of()))
                .hasMessageContaining("openid");
        assertThatThrownBy(() -> new OidcSettings(null, null, null, "sub", Set.of("openid"), Set.of("monitoring")))
                .as("nobody could log in")
                .hasMessageContaining("password-groups");
    }

    @ParameterizedTest
    @CsvSource({"finance1, true", "admin, true", "assistant1, false", "manager, false"})
    void aPasswordIsForTheNamedGroupsAndAdministrators(String user, boolean opens) {
        EngineAuthenticationProvider door =
                new EngineAuthenticationProvider(identityService, jdbc, settings("https://sso.example", "finance"));
        Authentication login = UsernamePasswordAuthenticationToken.unauthenticated(user, "demo");
        if (opens) {
            assertThat(door.authenticate(login).getName()).isEqualTo(user);
        } else {
            assertThatThrownBy(() -> door.authenticate(login)).isInstanceOf(BadCredentialsException.class);
        }
        assertThat(door.authenticated(user)).as("by the company's account").isNotNull();
    }

    @Test
    void theLoginPageShowsTheWaysInThatThereAre() throws IOException {
        assertThat(page(false, false)).contains("name=\"password\"").doesNotContain("oauth2", "<details", "企业");
        assertThat(page(true, false))
                .contains("name=\"password\"", "oauth2/authorization/company")
                .doesNotContain("<details");
        assertThat(page(true, true))
                .containsSubsequence("oauth2/authorization/company", "<details", "name=\"password\"");
    }

    private static String page(boolean company, boolean passwordForFew) throws IOException {
        return Mustache.compiler()
                .compile(new ClassPathResource("templates/login.mustache").getContentAsString(StandardCharsets.UTF_8))
                .execute(Map.of("company", company, "passwordForFew", passwordForFew));
    }

    @ParameterizedTest
    @EnumSource(CompanyLogin.Refusal.class)
    void theLoginPageHasASentenceForEachRefusal(CompanyLogin.Refusal refusal) throws IOException {
        String script = new ClassPathResource("static/assets/login.js").getContentAsString(StandardCharsets.UTF_8);
        assertThat(script.split("\\b" + refusal.code() + ": '", -1))
                .as("in two languages")
                .hasSize(3);
    }

    @Test
    void aProviderThatNamesItselfOtherwiseIsNotBelieved() throws IOException {
        HttpServer impostor = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        impostor.createContext("/", exchange -> {
            byte[] answer = "{\"issuer\": \"https://sso.example\", \"jwks_uri\": \"https://sso.example/keys\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        impostor.start();
        try {
            String issuer = "http://127.0.0.1:" + impostor.getAddress().getPort();
            CompanyProvider provider = new CompanyProvider(settings(issuer));
            assertThat(provider.findByRegistrationId("other")).isNull();
            assertThatThrownBy(() -> provider.findByRegistrationId(CompanyProvider.ID))
                    .hasMessageContaining("does not name itself so");
        } finally {
            impostor.stop(0);
        }
    }

    /** Sessions may be kept in a database. */
    @Test
    void theLoginOfASessionCanBeWrittenDown() throws IOException, ClassNotFoundException {
        Instant now = Instant.parse("2026-11-23T02:00:00Z");
        Map<String, Object> claims = Map.of("sub", "1", "preferred_username", "rep1", "aud", List.of("shunpi"));
        Authentication login = new OAuth2AuthenticationToken(
                new DefaultOidcUser(
                        List.of(), new OidcIdToken("t", now, now.plusSeconds(300), claims), null, "preferred_username"),
                List.of(),
                CompanyProvider.ID);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(login);
        Object back = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(((Authentication) back).getName()).isEqualTo("rep1");
    }
}
