package com.shunpi.workflow;

import com.shunpi.shared.DatabaseAway;
import com.shunpi.shared.RefusedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says that the database is away where nobody else can: already the question who is calling needs it. A person who logs in
 * hears so instead of being told that his password is wrong, and whoever is logged in stays it.
 */
final class DatabaseAwayFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAwayFilter.class);

    private final ProblemResponses problems;

    DatabaseAwayFilter(ProblemResponses problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException e) {
            if (response.isCommitted() || !DatabaseAway.isBehind(e)) {
                throw e;
            }
            LOG.warn("Database away in {} {}", request.getMethod(), request.getRequestURI());
            response.reset();
            if ("POST".equals(request.getMethod()) && request.getServletPath().equals("/login")) {
                response.sendRedirect(request.getContextPath() + "/login?unavailable");
            } else if (ProblemResponses.isNavigation(request)) {
                response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
            } else {
                problems.write(
                        request,
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        RefusedException.unavailable().getMessage());
            }
        }
    }
}
