package com.shunpi.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The Chromium of the machine. Where there is none, the tests that need one are skipped and say so. */
final class Chromium implements AutoCloseable {

    /** Whoever starts a browser as root has no sandbox to offer, and no test needs what else is turned off. */
    private static final List<String> ARGUMENTS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        // the browser is there already; Playwright's own download would fail where there is no internet
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setChromiumSandbox(false)
                        .setArgs(ARGUMENTS));
    }

    static Chromium start() {
        Optional<Path> executable = find();
        if (executable.isEmpty()) {
            String message = "Browser tests skipped: no Chromium found; set the environment variable CHROMIUM to one.";
            System.err.println(message);
            Assumptions.abort(message);
        }
        return new Chromium(executable.get());
    }

    private static Optional<Path> find() {
        return Stream.of(
                        System.getProperty("chromium"),
                        System.getenv("CHROMIUM"),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A window of its own, with cookies of its own, for somebody who reads Chinese. */
    Person person(int port, String user) {
        return new Person(
                browser.newContext(new Browser.NewContextOptions()
                        .setBaseURL("http://localhost:" + port)
                        .setLocale("zh-CN")
                        .setTimezoneId("Asia/Shanghai")
                        .setViewportSize(1440, 900)),
                user);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
