package com.shunpi.workflow;

import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.ApplicationPath;
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

/** The engine's REST API, once by itself and once below the web applications, with our words for a refusal. */
@Configuration(proxyBeanMethods = false)
class EngineRestConfiguration {

    /** Of two mappers for the same exception. */
    private static final int FIRST = 1;

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
            servlet.setAsyncSupported(true);
            servlet.addMapping("/camunda/api/engine/*");
        };
    }

    /** For people alone: the engine's own limit would count for our services as well. */
    @Bean
    FilterRegistrationBean<LongestListFilter> longestList(@Value("${shunpi.longest-list}") int limit) {
        var registration = new FilterRegistrationBean<>(new LongestListFilter(limit));
        registration.addUrlPatterns("/engine-rest/*", "/camunda/api/*");
        return registration;
    }

    private static ResourceConfig withOurWords(ResourceConfig resources) {
        return resources
                .register(RefusalMapper.class)
                .register(MissingRightMapper.class)
                .register(UnreadableMapper.class)
                .register(AbsentMapper.class)
                .register(WrappedMapper.class, FIRST)
                .register(NoCasesFilter.class);
    }

    @ApplicationPath("/engine-rest")
    private static final class EngineRest extends CamundaJerseyResourceConfig {

        @Override
        protected void registerAdditionalResources() {
            withOurWords(this);
        }
    }
}
