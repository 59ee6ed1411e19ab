package com.shunpi.workflow;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Lets the web applications believe our login: whoever Spring Security knows is who they know, on every address and not
 * on those alone that name the engine. Logging out there ends the session here.
 */
final class WebappLoginFilter extends ContainerBasedAuthenticationFilter {

    private final ProcessEngine engine;
    private final BiConsumer<HttpServletRequest, HttpServletResponse> leave;

    /** @param leave hears of somebody who logs out, while the answer can still be given something to take along */
    WebappLoginFilter(ProcessEngine engine, BiConsumer<HttpServletRequest, HttpServletResponse> leave) {
        this.engine = engine;
        this.leave = leave;
    }

    @Override
    public void init(FilterConfig config) {
        authenticationProvider = new SpringLogin();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        boolean leaves = "POST".equals(http.getMethod()) && http.getRequestURI().endsWith("/logout");
        if (leaves) {
            leave.accept(http, (HttpServletResponse) response);
        }
        super.doFilter(request, response, chain);
        if (leaves && ((HttpServletResponse) response).getStatus() < 300) {
            HttpSession session = http.getSession(false);
            if (session != null) {
                session.invalidate();
            }
        }
    }

    @Override
    protected String extractEngineName(HttpServletRequest request) {
        return engine.getName();
    }

    @Override
    protected ProcessEngine getAddressedEngine(String name) {
        return engine;
    }

    @Override
    protected boolean existisAuthentication(Authentications known, String engineName, String userId) {
        return known.getAuthenticationForProcessEngine(engineName) instanceof UserAuthentication user
                && user.getIdentityId().equals(userId)
                && user.getGroupIds() != null
                && Set.copyOf(user.getGroupIds()).equals(Set.copyOf(groups()));
    }

    private static List<String> groups() {
        return login().getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toList();
    }

    private static Authentication login() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    private static final class SpringLogin implements AuthenticationProvider {

        @Override
        public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
            AuthenticationResult result = AuthenticationResult.successful(login().getName());
            result.setGroups(groups());
            result.setTenants(List.of());
            return result;
        }

        @Override
        public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
            // never asked: whoever comes here has passed the security chain
        }
    }
}
