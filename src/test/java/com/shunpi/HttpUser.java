package com.shunpi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Somebody who talks to the running application over HTTP: a stranger, a script with a password, or a browser. A path that
 * is a whole address leads elsewhere.
 */
public final class HttpUser {

    private final String base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private HttpUser(int port, boolean keepsCookies) {
        base = "http://localhost:" + port;
        HttpClient.Builder builder = HttpClient.newBuilder();
        client = keepsCookies ? builder.cookieHandler(cookies).build() : builder.build();
    }

    public static HttpUser stranger(int port) {
        return new HttpUser(port, false);
    }

    /** Sends his password with each request, and keeps no session. */
    public static HttpUser basic(int port, String user) {
        return stranger(port).as(user, "demo");
    }

    /** Logs in at the login page and sends the token from the cookie with each change, as our pages do. */
    public static HttpUser browser(int port, String user) {
        HttpUser browser = new HttpUser(port, true);
        browser.get("/login");
        browser.post("/login", Map.of("username", user, "password", "demo", "_csrf", browser.cookie("SHUNPI-CSRF")));
        return browser;
    }

    /** A browser before the login. */
    public static HttpUser browser(int port) {
        return new HttpUser(port, true);
    }

    public HttpUser as(String user, String password) {
        String credentials = user + ":" + password;
        return with(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends the header with each request from now on; null stops it. */
    public HttpUser with(String name, String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    public HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Any method there is, with a JSON body for those that take one. */
    public HttpResponse<String> call(String method, String path, String json) {
        boolean body = !"GET".equals(method) && !"OPTIONS".equals(method);
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body ? HttpRequest.BodyPublishers.ofString(json) : HttpRequest.BodyPublishers.noBody()));
    }

    /** Null when the cookie is not there. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(path.startsWith("http://") ? path : base + path));
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
