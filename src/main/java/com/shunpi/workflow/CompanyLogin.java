package com.shunpi.workflow;

import com.shunpi.shared.PlainText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Login with the company's account (OpenID Connect, authorization code with PKCE), beside the password (ADR 0034). The
 * provider says who somebody is and nothing else: he has to be a user of the engine, by exactly the name that the claim
 * holds, and what he may do is read from the engine with each request like everybody's.
 */
@Component
@ConditionalOnProperty("shunpi.oidc.issuer")
class CompanyLogin {

    private static final Logger log = LoggerFactory.getLogger(CompanyLogin.class);

    private static final String AFTER_LOGOUT = "/login?logout";

    /** Why somebody was not let in; the login page has a sentence for each. */
    enum Refusal {
        /** The engine has no user of this name. */
        UNKNOWN,
        /** He has left (A4). */
        FROZEN,
        /** The provider does not answer. */
        AWAY,
        /** The provider said no, or the person did. */
        DENIED,
        /** What came back is not to be believed, or does not say who it is. */
        FAILED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CompanyProvider provider;
    private final OidcSettings settings;
    private final EngineAuthenticationProvider users;
    private final FrozenAccounts frozen;
    private final WorkflowMetrics metrics;
    private final OidcUserService userService = new OidcUserService();
    private final ProvidersLogout logout;
    private final ProviderCookies cookies;

    CompanyLogin(
            CompanyProvider provider,
            OidcSettings settings,
            EngineAuthenticationProvider users,
            FrozenAccounts frozen,
            WorkflowMetrics metrics) {
        this.provider = provider;
        this.settings = settings;
        this.users = users;
        this.frozen = frozen;
        this.metrics = metrics;
        this.logout = new ProvidersLogout(provider);
        this.cookies = new ProviderCookies(provider);
        DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
        RestTemplate http = new RestTemplate(CompanyProvider.patient());
        http.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        userInfo.setRestOperations(http);
        userService.setOauth2UserService(userInfo);
    }

    /** Adds the way in, and the way out, to the chain. */
    void open(HttpSecurity http) throws Exception {
        http.oauth2Login(login -> login.loginPage("/login")
                        .defaultSuccessUrl("/camunda/app/tasklist/")
                        .failureHandler(this::refuse)
                        .clientRegistrationRepository(provider)
                        .authorizedClientRepository(new NoTokens())
                        .authorizationEndpoint(begin -> begin.authorizationRequestRepository(cookies))
                        .tokenEndpoint(token -> token.accessTokenResponseClient(tokens()))
                        .userInfoEndpoint(userInfo -> userInfo.oidcUserService(this::user))
                        .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                            @Override
                            public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                                filter.setAuthenticationFailureHandler(CompanyLogin.this::refuse);
                                return filter;
                            }
                        }))
                .logout(leave -> leave.logoutSuccessHandler(logout));
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokens() {
        RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder()
                .requestFactory(CompanyProvider.patient())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }

    /** Whoever the verified token names, if the engine knows him; without any right of the provider's giving. */
    private OidcUser user(OidcUserRequest request) {
        OidcUser said = userService.loadUser(request);
        String name = said.getClaimAsString(settings.usernameClaim());
        if (name == null || name.isBlank()) {
            throw refused(Refusal.FAILED, "no claim " + settings.usernameClaim());
        }
        if ("email".equals(settings.usernameClaim()) && !Boolean.TRUE.equals(said.getEmailVerified())) {
            throw refused(Refusal.FAILED, "an address that the provider has not verified");
        }
        if (PlainText.isForged(name)) {
            throw refused(Refusal.UNKNOWN, "a name that nobody can have");
        }
        if (users.authenticated(name) == null) {
            throw frozen.contains(name)
                    ? refused(Refusal.FROZEN, "the account of " + name + " is frozen")
                    : refused(Refusal.UNKNOWN, "the engine has no user " + name);
        }
        return new DefaultOidcUser(List.of(), said.getIdToken(), said.getUserInfo(), settings.usernameClaim());
    }

    private static OAuth2AuthenticationException refused(Refusal refusal, String reason) {
        return new OAuth2AuthenticationException(new OAuth2Error(refusal.code()), reason);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        Refusal refusal = refusal(reason);
        metrics.companyRefused();
        // what the address said is a stranger's text
        log.warn(
                "Login with the company's account: {} ({})",
                refusal,
                reason.getMessage().replaceAll("[\\p{Cc}\\p{Cf}]", " "));
        response.sendRedirect(request.getContextPath() + "/login?company=" + refusal.code());
    }

    private static Refusal refusal(AuthenticationException reason) {
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResourceAccessException
                    || cause instanceof IOException
                    || cause instanceof HttpServerErrorException) {
                return Refusal.AWAY;
            }
        }
        String code = reason instanceof OAuth2AuthenticationException oauth
                ? oauth.getError().getErrorCode()
                : "";
        if (Set.of("access_denied", "login_required", "consent_required", "interaction_required")
                .contains(code)) {
            return Refusal.DENIED;
        }
        if (Set.of("temporarily_unavailable", "server_error").contains(code)) {
            return Refusal.AWAY;
        }
        return code.equals(Refusal.UNKNOWN.code())
                ? Refusal.UNKNOWN
                : code.equals(Refusal.FROZEN.code()) ? Refusal.FROZEN : Refusal.FAILED;
    }

    /** The login of a session, as it stands again after it was read from the table. */
    static Authentication login(String user, String idToken) {
        OidcIdToken token = new OidcIdToken(idToken, null, null, Map.of(IdTokenClaimNames.SUB, user));
        return new OAuth2AuthenticationToken(
                new DefaultOidcUser(List.of(), token, IdTokenClaimNames.SUB), List.of(), CompanyProvider.ID);
    }

    /** What the provider signed when he logged in; null for a login with a password. */
    static String idToken(Authentication login) {
        return login instanceof OAuth2AuthenticationToken company
                        && company.getPrincipal() instanceof OidcUser user
                        && user.getIdToken() != null
                ? user.getIdToken().getTokenValue()
                : null;
    }

    /**
     * Somebody logs out within a web application, whose script cannot be sent to the provider: the login page, where it goes next,
     * sends the browser there. Asked before the answer is written.
     */
    void leave(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext context) {
            String token = idToken(context.getAuthentication());
            if (token != null) {
                cookies.leave(request, response, token);
            }
        }
    }

    /** The address at the provider where the browser has still to go, once; null when there is none. */
    String providersLogout(HttpServletRequest request, HttpServletResponse response) {
        String token = cookies.left(request, response);
        return token == null ? null : logout.target(request, login(AFTER_LOGOUT, token));
    }

    /** Ends the provider's session too, where it offers that. */
    private static final class ProvidersLogout extends OidcClientInitiatedLogoutSuccessHandler {

        ProvidersLogout(CompanyProvider provider) {
            super(provider);
            setPostLogoutRedirectUri("{baseUrl}" + AFTER_LOGOUT);
            setDefaultTargetUrl(AFTER_LOGOUT);
        }

        String target(HttpServletRequest request, Authentication login) {
            return determineTargetUrl(request, null, login);
        }

        @Override
        protected String determineTargetUrl(
                HttpServletRequest request, HttpServletResponse response, Authentication login) {
            try {
                return super.determineTargetUrl(request, response, login);
            } catch (RuntimeException e) {
                // after a restart, while the provider is away: our session ends all the same
                log.warn("The provider could not be asked where to log out: {}", e.getMessage());
                return AFTER_LOGOUT;
            }
        }
    }

    /** We ask the provider who somebody is, once, and act nowhere in his name: there is nothing to keep. */
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {

        @Override
        public <T extends OAuth2AuthorizedClient> T loadAuthorizedClient(
                String registration, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            // dropped
        }

        @Override
        public void removeAuthorizedClient(
                String registration,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            // there is none
        }
    }
}
