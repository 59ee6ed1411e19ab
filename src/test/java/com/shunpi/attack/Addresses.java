package com.shunpi.attack;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.rest.impl.NamedProcessEngineRestServiceImpl;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.servlet.AdditionalHealthEndpointPathsWebMvcHandlerMapping;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every address of the running application, asked of what serves it and not of a list that somebody keeps. */
final class Addresses {

    /** @param handler null for what is no method of ours */
    record Address(String method, String path, HandlerMethod handler) implements Comparable<Address> {

        boolean changes() {
            return !Set.of("GET", "HEAD", "OPTIONS").contains(method);
        }

        @Override
        public int compareTo(Address other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\s*([\\w-]+)\\s*(?::\\s*([^{}]*(?:\\{[^{}]*}[^{}]*)*))?}");

    /** The servlets we know of; the engine's REST API once more below the web applications is registered by us. */
    private static final Map<String, Class<?>> ENGINE_API =
            Map.of("Engine Api", NamedProcessEngineRestServiceImpl.class);

    private final ServletWebServerApplicationContext context;

    Addresses(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** Methods of controllers: ours, the documentation's, the error page's. */
    Set<Address> controllers() {
        Set<Address> found = new TreeSet<>();
        for (RequestMappingHandlerMapping mapping :
                context.getBeansOfType(RequestMappingHandlerMapping.class).values()) {
            for (Map.Entry<RequestMappingInfo, HandlerMethod> entry :
                    mapping.getHandlerMethods().entrySet()) {
                Set<RequestMethod> methods =
                        entry.getKey().getMethodsCondition().getMethods();
                Collection<String> names = methods.isEmpty()
                        ? List.of("GET", "POST", "PUT", "DELETE", "PATCH")
                        : methods.stream().map(Enum::name).toList();
                for (String path : entry.getKey().getPatternValues()) {
                    names.forEach(method -> found.add(new Address(method, path, entry.getValue())));
                }
            }
        }
        return found;
    }

    /** What the dispatcher serves without a controller: views, welcome page, files. A mapping of another kind is a finding. */
    Set<String> patterns() {
        Set<String> found = new TreeSet<>();
        context.getBeansOfType(HandlerMapping.class).forEach((name, mapping) -> {
            if (mapping instanceof AbstractUrlHandlerMapping urls) {
                found.addAll(urls.getHandlerMap().keySet());
            } else if (mapping
                    instanceof org.springframework.web.servlet.function.support.RouterFunctionMapping router) {
                if (router.getRouterFunction() != null) {
                    found.add("router function " + router.getRouterFunction());
                }
            } else if (!(mapping instanceof RequestMappingHandlerMapping)
                    // health once more on this port, for groups that nobody has configured
                    && !(mapping instanceof AdditionalHealthEndpointPathsWebMvcHandlerMapping health
                            && health.getHandlerMethods().isEmpty())) {
                found.add("mapping " + name + " of an unknown kind: " + mapping.getClass());
            }
        });
        return found;
    }

    /** Each file that is served as it is, ours and the web applications'. */
    Set<String> files() {
        Set<String> found = new TreeSet<>();
        Map<String, String> folders = Map.of(
                "classpath*:/static/**/*.*", "/static/",
                "classpath*:/META-INF/resources/webjars/camunda/**/index.html", "/META-INF/resources/",
                "classpath*:/META-INF/resources/webjars/camunda/app/*/scripts/config.js", "/META-INF/resources/");
        folders.forEach((pattern, folder) -> {
            try {
                for (Resource file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                    String url = file.getURL().toString();
                    found.add("/" + url.substring(url.indexOf(folder) + folder.length()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return found;
    }

    /** Names of the endpoints of the management port. */
    Set<String> management() {
        Set<String> found = new TreeSet<>();
        context.getBean(PathMappedEndpoints.class).getAllPaths().forEach(found::add);
        return found;
    }

    /** Every servlet with its mappings. */
    Map<String, Collection<String>> servlets() {
        Map<String, Collection<String>> found = new java.util.TreeMap<>();
        registrations().forEach(servlet -> found.put(servlet.getName(), new TreeSet<>(servlet.getMappings())));
        return found;
    }

    /** The methods of the engine's JAX-RS resources, below each servlet that serves some. */
    Set<Address> engine() {
        return engine("nothing");
    }

    /** The same, with an id of something that is there. */
    Set<Address> engine(String id) {
        Set<Address> found = new TreeSet<>();
        registrations()
                .filter(servlet -> servlet.getClassName().equals(ServletContainer.class.getName()))
                .forEach(servlet -> servlet.getMappings().forEach(mapping -> {
                    String base = mapping.substring(0, mapping.length() - "/*".length());
                    roots(servlet).forEach(root -> resource(base, root, id, found, List.of()));
                }));
        return found;
    }

    private Stream<? extends ServletRegistration> registrations() {
        ServletContext servlets = Objects.requireNonNull(context.getServletContext());
        return servlets.getServletRegistrations().values().stream();
    }

    private Collection<Class<?>> roots(ServletRegistration servlet) {
        if (ENGINE_API.containsKey(servlet.getName())) {
            return List.of(ENGINE_API.get(servlet.getName()));
        }
        String application = servlet.getInitParameter("jakarta.ws.rs.Application");
        if (application == null) {
            CamundaJerseyResourceConfig rest = context.getBean(CamundaJerseyResourceConfig.class);
            return rest.getClasses();
        }
        try {
            return ((Application) Class.forName(application).getConstructor().newInstance()).getClasses();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void resource(String base, Class<?> type, String id, Set<Address> found, List<Class<?>> above) {
        if (above.contains(type) || above.size() > 8) {
            return;
        }
        List<Class<?>> path = new ArrayList<>(above);
        path.add(type);
        String here = above.isEmpty() ? join(base, pathOf(type)) : base;
        for (Method method : type.getMethods()) {
            String sub = annotation(method, Path.class).map(Path::value).orElse(null);
            Set<String> verbs = verbs(method);
            if (!verbs.isEmpty()) {
                verbs.forEach(verb -> found.add(new Address(verb, sample(join(here, sub), id), null)));
            } else if (sub != null) {
                resource(join(here, sub), method.getReturnType(), id, found, path);
            }
        }
    }

    private static String pathOf(Class<?> type) {
        return lineage(type)
                .map(one -> one.getAnnotation(Path.class))
                .filter(Objects::nonNull)
                .map(Path::value)
                .findFirst()
                .orElse(null);
    }

    private static Set<String> verbs(Method method) {
        Set<String> verbs = new LinkedHashSet<>();
        sameMethods(method)
                .flatMap(one -> Arrays.stream(one.getAnnotations()))
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .forEach(verb -> verbs.add(verb.value()));
        return verbs;
    }

    private static <A extends Annotation> java.util.Optional<A> annotation(Method method, Class<A> type) {
        return sameMethods(method)
                .map(one -> one.getAnnotation(type))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** JAX-RS reads the annotations of what a method overrides. */
    private static Stream<Method> sameMethods(Method method) {
        return lineage(method.getDeclaringClass())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(other -> other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
    }

    private static Stream<Class<?>> lineage(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass()) {
            all.add(one);
            Arrays.stream(one.getInterfaces()).forEach(parent -> lineage(parent).forEach(all::add));
        }
        return all.stream();
    }

    private static String join(String base, String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return base;
        }
        return base + (path.startsWith("/") ? path : "/" + path);
    }

    /** The pattern with something in place of each variable. */
    private static String sample(String pattern, String id) {
        return VARIABLE.matcher(pattern)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2), id)));
    }

    private static String value(String name, String form, String id) {
        String usual = name.equals("name") || name.equals("engineName") || name.equals("engine") ? "default" : id;
        if (form == null) {
            return usual;
        }
        return Stream.of(usual, "7", "xlsx", "a/b.js")
                .filter(sample -> sample.matches(form.strip()))
                .findFirst()
                .orElseGet(() -> form.replaceAll("[^a-zA-Z0-9-].*$", ""));
    }
}
