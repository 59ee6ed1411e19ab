package com.shunpi.workflow;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import java.io.IOException;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.engine.rest.impl.NamedProcessEngineRestServiceImpl;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** The engine's REST API, once by itself and once below the web applications, with our words for a refusal. */
@Configuration(proxyBeanMethods = false)
class EngineRestConfiguration {

    @Bean
    CamundaJerseyResourceConfig engineRest() {
        return new EngineRest();
    }

    /** The web applications register no servlet whose name is taken, so ours has to come first. */
    @Bean
    @Order(0)
    ServletContextInitializer webappEngineRest() {
        return context -> {
            ResourceConfig resources = new ResourceConfig();
            resources.register(NamedProcessEngineRestServiceImpl.class);
            resources.registerClasses(CamundaRestResources.getConfigurationClasses());
            ServletRegistration.Dynamic servlet =
                    context.addServlet("Engine Api", new ServletContainer(withOurWords(resources)));
            servlet.addMapping("/camunda/api/engine/*");
        };
    }

    /** A list without an end is refused by the engine; whoever names none gets the longest that is allowed. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> longestList(
            @Value("${camunda.bpm.generic-properties.properties.queryMaxResultsLimit}") int limit) {
        var registration = new FilterRegistrationBean<OncePerRequestFilter>(new LongestList(limit));
        registration.addUrlPatterns("/engine-rest/*");
        return registration;
    }

    private static ResourceConfig withOurWords(ResourceConfig resources) {
        return resources.register(RefusalMapper.class).register(MissingRightMapper.class);
    }

    @ApplicationPath("/engine-rest")
    private static final class EngineRest extends CamundaJerseyResourceConfig {

        @Override
        protected void registerAdditionalResources() {
            withOurWords(this);
        }
    }

    private static final class LongestList extends OncePerRequestFilter {

        private final int limit;

        LongestList(int limit) {
            this.limit = limit;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String query = request.getQueryString();
            if (query != null && query.contains("maxResults=")) {
                chain.doFilter(request, response);
                return;
            }
            String limited = (query == null || query.isEmpty() ? "" : query + "&") + "maxResults=" + limit;
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public String getQueryString() {
                            return limited;
                        }
                    },
                    response);
        }
    }
}
