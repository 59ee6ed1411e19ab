package com.shunpi.workflow;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds every list that is asked of the engine: nobody makes the server collect a hundred thousand rows. */
final class LongestListFilter extends OncePerRequestFilter {

    private static final String MAX_RESULTS = "maxResults";

    /** The engine refuses more of these. */
    private static final int LONGEST_LIST_OF_METRICS = 200;

    private final int limit;

    LongestListFilter(int limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int most = request.getRequestURI().endsWith("/metrics") ? Math.min(limit, LONGEST_LIST_OF_METRICS) : limit;
        String query = bounded(request.getQueryString(), most);
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public String getQueryString() {
                        return query;
                    }
                },
                response);
    }

    /** The query with the caller's own bound, if it is lower, or the longest list that is allowed. */
    private static String bounded(String query, int most) {
        List<String> parameters = query == null || query.isEmpty() ? List.of() : Arrays.asList(query.split("&"));
        StringBuilder bounded = new StringBuilder();
        int bound = most;
        for (String parameter : parameters) {
            String[] part = parameter.split("=", 2);
            if (!MAX_RESULTS.equals(decoded(part[0]))) {
                bounded.append(parameter).append('&');
            } else if (part.length == 2 && part[1].matches("\\d{1,9}")) {
                bound = Math.min(bound, Integer.parseInt(part[1]));
            }
        }
        return bounded.append(MAX_RESULTS).append('=').append(bound).toString();
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
