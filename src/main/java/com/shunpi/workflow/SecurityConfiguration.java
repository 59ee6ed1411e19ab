package com.shunpi.workflow;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/**
 * One login for everything: web applications, engine REST, our own API and pages, documentation. Nothing answers a
 * stranger but the login page and, on the management port, the health check.
 */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
@EnableConfigurationProperties(OidcSettings.class)
class SecurityConfiguration {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final RequestMatcher WEBAPPS = path("/camunda/**");

    /** Files that a browser may keep: they name no customer and no price. */
    private static final RequestMatcher STATIC_FILES = new OrRequestMatcher(
            path("/assets/**"), path("/webjars/**"), path("/camunda/lib/**"), path("/camunda/assets/**"));

    /** Scripts are files of ours, never words in a page. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:; "
            + "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self'; "
            + "frame-ancestors 'self'";

    /** The management port: health for everyone, figures for who watches them. */
    @Bean
    @Order(0)
    SecurityFilterChain managementChain(HttpSecurity http, ObjectMapper json) throws Exception {
        ProblemResponses problems = new ProblemResponses(json);
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .anyRequest()
                        .hasAnyAuthority(Groups.ADMIN, IdentitySeed.MONITORING))
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .exceptionHandling(exceptions ->
                        exceptions.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // only readable endpoints are exposed, and without a session there is nothing to ride on
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(1)
    SecurityFilterChain applicationChain(
            HttpSecurity http,
            ObjectMapper json,
            EngineAuthenticationProvider users,
            IdentityService identityService,
            ObjectProvider<CompanyLogin> companyLogin)
            throws Exception {
        ProblemResponses problems = new ProblemResponses(json);

        http.authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(path("/login"), path("/assets/**"), path("/favicon.ico"))
                                .permitAll()
                                // CVE-2026-77226: makes an administrator for a stranger while there is none
                                .requestMatchers(path("/camunda/api/admin/setup/**"))
                                .denyAll()
                                // a second door, with no lock of ours on it
                                .requestMatchers(path("/camunda/api/admin/auth/user/*/login/**"))
                                .denyAll()
                                .anyRequest()
                                .authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/camunda/app/tasklist/"))
                .logout(logout -> logout.logoutUrl("/logout").logoutSuccessUrl("/login?logout"))
                .requestCache(cache -> cache.requestCache(new ReturnAddress()))
                .exceptionHandling(exceptions ->
                        exceptions.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(SecurityConfiguration::needsToken)
                        .csrfTokenRepository(csrfCookie())
                        .csrfTokenRequestHandler(plainToken()))
                .headers(SecurityConfiguration::headers)
                .addFilterBefore(new CrossSiteFilter(problems), CsrfFilter.class)
                .addFilterBefore(new EngineIdentityFilter(users, identityService), AuthorizationFilter.class);
        CompanyLogin company = companyLogin.getIfAvailable();
        if (company != null) {
            company.open(http);
        }
        return http.build();
    }

    /** Before all others: also who is calling is asked of the database. */
    @Bean
    FilterRegistrationBean<DatabaseAwayFilter> databaseAway(ObjectMapper json) {
        var registration = new FilterRegistrationBean<>(new DatabaseAwayFilter(new ProblemResponses(json)));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    /** Before the web applications' own filters, which have no order, and after Spring Security's. */
    @Bean
    FilterRegistrationBean<WebappLoginFilter> webappLogin(
            ProcessEngine engine, ObjectProvider<CompanyLogin> companyLogin) {
        CompanyLogin company = companyLogin.getIfAvailable();
        var registration = new FilterRegistrationBean<>(
                new WebappLoginFilter(engine, company == null ? (request, response) -> {} : company::leave));
        registration.addUrlPatterns("/camunda/api/*", "/camunda/app/*");
        registration.setOrder(0);
        return registration;
    }

    /**
     * The web applications have a token of their own. Elsewhere whoever has a session needs one; who has none sends his
     * password along, and {@link CrossSiteFilter} sees to it that he means it.
     */
    private static boolean needsToken(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod())
                && !WEBAPPS.matches(request)
                && (request.getSession(false) != null
                        || path("/login").matches(request)
                        || path("/logout").matches(request));
    }

    private static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieName("SHUNPI-CSRF");
        cookie.setHeaderName("X-CSRF-TOKEN");
        cookie.setParameterName("_csrf");
        cookie.setCookieCustomizer(attributes -> attributes.sameSite("Lax").path("/"));
        return cookie;
    }

    /** Pages are static files: their scripts read the cookie and send it back as it is. */
    private static CsrfTokenRequestAttributeHandler plainToken() {
        CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
        // loads the token on every request, so that the cookie is there when the first form is sent
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(except(STATIC_FILES, new CacheControlHeadersWriter()))
                // the web applications evaluate their forms' scripts and bring a policy that allows it
                .addHeaderWriter(except(WEBAPPS, new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY)));
    }

    private static HeaderWriter except(RequestMatcher requests, HeaderWriter writer) {
        return new DelegatingRequestMatcherHeaderWriter(new NegatedRequestMatcher(requests), writer);
    }

    private static RequestMatcher path(String pattern) {
        return withDefaults().matcher(pattern);
    }
}
