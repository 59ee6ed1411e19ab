package com.shunpi.workflow;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.WebUtils;

/**
 * What the browser carries to the company's provider and back: the three random words of a login on its way, and, on the way out,
 * whose session the provider is to end. A stranger leaves nothing behind in the server (ADR 0032), and any server can go on with
 * what another began. Whoever forges the words has to make the provider sign for them.
 */
final class ProviderCookies implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    private static final String LOGIN = "SHUNPI-COMPANY-LOGIN";
    private static final String LOGOUT = "SHUNPI-COMPANY-LOGOUT";

    /** A browser keeps cookies up to 4,096 characters, name and attributes included. */
    private static final int LONGEST = 3_800;

    private static final Pattern WORDS = Pattern.compile("([\\w=-]{1,200})\\.([\\w=-]{1,200})\\.([\\w=-]{1,200})");

    private final OAuth2AuthorizationRequestResolver resolver;

    ProviderCookies(ClientRegistrationRepository provider) {
        resolver = new DefaultOAuth2AuthorizationRequestResolver(provider, "/oauth2/authorization");
    }

    @Override
    public void saveAuthorizationRequest(
            OAuth2AuthorizationRequest login, HttpServletRequest request, HttpServletResponse response) {
        if (login == null) {
            write(request, response, LOGIN, "", Duration.ZERO);
            return;
        }
        write(
                request,
                response,
                LOGIN,
                String.join(
                        ".",
                        login.getState(),
                        login.getAttribute(OidcParameterNames.NONCE),
                        login.getAttribute(PkceParameterNames.CODE_VERIFIER)),
                Duration.ofMinutes(10));
    }

    /** Null when none is on its way. */
    @Override
    public OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, LOGIN);
        Matcher words = WORDS.matcher(cookie == null ? "" : cookie.getValue());
        if (!words.matches() || !words.group(1).equals(request.getParameter(OAuth2ParameterNames.STATE))) {
            return null;
        }
        // as it was made, but for its random words
        return OAuth2AuthorizationRequest.from(made(request))
                .state(words.group(1))
                .attributes(attributes -> attributes.putAll(Map.of(
                        OidcParameterNames.NONCE, words.group(2), PkceParameterNames.CODE_VERIFIER, words.group(3))))
                .build();
    }

    private OAuth2AuthorizationRequest made(HttpServletRequest request) {
        try {
            return resolver.resolve(request, CompanyProvider.ID);
        } catch (RestClientException e) {
            // this server has not met the provider yet, and now he is away
            throw new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE), e);
        }
    }

    @Override
    public OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest login = loadAuthorizationRequest(request);
        saveAuthorizationRequest(null, request, response);
        return login;
    }

    /** Remembers for a minute whose session the provider is to end. */
    void leave(HttpServletRequest request, HttpServletResponse response, String idToken) {
        if (idToken.length() <= LONGEST) {
            write(request, response, LOGOUT, idToken, Duration.ofMinutes(1));
        }
    }

    /** The token of {@link #leave}, once; null when there is none. */
    String left(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, LOGOUT);
        if (cookie == null) {
            return null;
        }
        write(request, response, LOGOUT, "", Duration.ZERO);
        return cookie.getValue();
    }

    private static void write(
            HttpServletRequest request, HttpServletResponse response, String name, String value, Duration lifetime) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path(request.getContextPath() + "/login")
                        .maxAge(lifetime)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
