package com.shunpi.workflow;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.web.util.WebUtils;

/**
 * Where a person wanted to go before he had to log in. It lies in a cookie, so that a stranger leaves nothing behind in the
 * server; whoever forges it gets no farther than to another page of ours.
 */
final class ReturnAddress implements RequestCache {

    private static final String COOKIE = "SHUNPI-RETURN";

    /** A path here, in characters that a cookie may hold; an address with others is not remembered. */
    private static final Pattern HERE = Pattern.compile("/[\\w.~%-][\\w.~%!$&'()*+:@/?=-]{0,999}");

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        String address = request.getRequestURI() + (query == null ? "" : "?" + query);
        if (ProblemResponses.isNavigation(request) && HERE.matcher(address).matches()) {
            write(request, response, address, Duration.ofMinutes(30));
        }
    }

    /** The address, once: null when there is none. */
    @Override
    public SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) {
            return null;
        }
        removeRequest(request, response);
        return HERE.matcher(cookie.getValue()).matches() ? new SimpleSavedRequest(cookie.getValue()) : null;
    }

    /** Null: the request itself is sent again by the browser. */
    @Override
    public HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", Duration.ZERO);
    }

    private static void write(
            HttpServletRequest request, HttpServletResponse response, String value, Duration lifetime) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, value)
                        .path("/")
                        .maxAge(lifetime)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
