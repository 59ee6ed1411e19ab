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
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says that the database is away where nobody else can: already the question who is calling needs it. A person who logs in
 * hears so instead of being told that his password is wrong, and whoever is logged in stays it.
 */
final class DatabaseAwayFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAwayFilter.class);

    private static final Resource PAGE = new ClassPathResource("static/error/503.html");

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
                // not sendError: on its way to the error page a request asks again who is calling
                response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
                response.setContentType("text/html;charset=UTF-8");
                PAGE.getInputStream().transferTo(response.getOutputStream());
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
