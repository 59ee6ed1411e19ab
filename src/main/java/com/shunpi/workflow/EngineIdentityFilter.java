package com.shunpi.workflow;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the engine who is calling, for the length of the request. The groups are read anew each time: who has left or
 * has changed his role has done so at once, not at the end of his session (A4).
 */
final class EngineIdentityFilter extends OncePerRequestFilter {

    private final EngineAuthenticationProvider users;
    private final IdentityService identityService;

    EngineIdentityFilter(EngineAuthenticationProvider users, IdentityService identityService) {
        this.users = users;
        this.identityService = identityService;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (login == null || login instanceof AnonymousAuthenticationToken || !login.isAuthenticated()) {
            chain.doFilter(request, response);
            return;
        }
        Authentication fresh = users.authenticated(login.getName());
        SecurityContextHolder.setContext(new SecurityContextImpl(fresh));
        if (fresh == null) {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            chain.doFilter(request, response);
            return;
        }
        List<String> groups = fresh.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toList();
        try {
            identityService.setAuthentication(fresh.getName(), groups);
            chain.doFilter(request, response);
        } finally {
            identityService.clearAuthentication();
        }
    }
}
