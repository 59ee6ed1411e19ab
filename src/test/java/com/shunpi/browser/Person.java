package com.shunpi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the demo company's people at the browser: sees what they see, clicks what they click. */
final class Person implements AutoCloseable {

    /** Before the path of a value to be keyed, among the values of {@link #work}. */
    static final String KEYED = "keyed:";

    private static final double PATIENCE = 60_000;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext window;
    private final Page page;
    private final String user;
    private final List<String> errors = new ArrayList<>();

    Person(BrowserContext window, String user) {
        this.window = window;
        this.user = user;
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        window.setDefaultTimeout(PATIENCE);
        page = window.newPage();
        page.onPageError(errors::add);
    }

    Page page() {
        return page;
    }

    /** Uncaught errors of the pages' scripts. */
    List<String> errors() {
        return errors;
    }

    /** Goes to an address, over the login page the first time. */
    Person open(String path) {
        page.navigate(path);
        if (page.locator("#username").isVisible()) {
            page.locator("#username").fill(user);
            page.locator("#password").fill("demo");
            page.getByRole(AriaRole.BUTTON).click();
        }
        return this;
    }

    Person openTasklist() {
        open("/camunda/app/tasklist/");
        try {
            queue().waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE / 2));
        } catch (TimeoutError e) {
            // a server that has just started may need longer for its first scripts than Tasklist waits for them
            errors.clear();
            page.reload();
            queue().waitFor();
        }
        return this;
    }

    private Locator queue() {
        return page.locator(".task-filter").first();
    }

    /** Opens the start form; the list of processes has one entry for who may enter orders. */
    void startOrder() {
        startProcess("订单审核");
        field("customerCode").waitFor();
    }

    /** Opens the start form of a process; {@code first} is a field of it. */
    void startProcess(String name, String first) {
        page.getByText("发起流程").click();
        page.locator(".modal-body .processes").getByText(name).click();
        page.locator(first).waitFor();
    }

    void startProcess(String name) {
        page.getByText("发起流程").click();
        page.locator(".modal-body .processes").getByText(name).click();
    }

    /** A field of a paper that is to be verified, by its name in the decision table. */
    Locator paperField(String name) {
        return page.locator("shunpi-verification-fields [data-name=" + name + "]");
    }

    /** A field of the order in the start form. */
    Locator field(String name) {
        return page.locator("shunpi-order-editor .sp-fields [data-name=" + name + "]");
    }

    /** Types into the line's product field and picks what is found, as one does who knows half the name. */
    void enterLine(int line, String search, String quantity, String unitPrice) {
        Locator row = page.locator("shunpi-lines tbody tr").nth(line);
        row.locator("[data-name=productCode]").pressSequentially(search);
        page.locator(".sp-hits:popover-open li").first().click();
        row.locator("[data-name=quantity]").fill(quantity);
        row.locator("[data-name=unitPrice]").fill(unitPrice);
    }

    Locator startButton() {
        return page.locator(".modal-footer .btn-primary");
    }

    void start() {
        assertThat(startButton()).isEnabled();
        startButton().click();
        assertThat(page.locator(".modal-dialog")).hasCount(0);
    }

    /** The card of a task in the queue. */
    Locator card(String text, String task) {
        return page.locator("li.task")
                .filter(new Locator.FilterOptions().setHasText(text))
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("h4", new Page.LocatorOptions().setHasText(task))));
    }

    /** The card, on whichever page of the queue it is: other tests leave tasks behind. */
    Locator findCard(String text, String task) {
        long begin = System.nanoTime();
        while (true) {
            try {
                card(text, task).waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE / 20));
                return card(text, task);
            } catch (TimeoutError e) {
                if (System.nanoTime() - begin > PATIENCE * 1e6) {
                    throw new AssertionError(
                            "No card " + text + " " + task + " in the queue, whose last page seen has "
                                    + page.locator("li.task").allInnerTexts(),
                            e);
                }
                turnThePage();
            }
        }
    }

    /** To the next page of the queue, and from the last to the first; a short queue has one alone. */
    private void turnThePage() {
        Locator next = page.locator("li.pagination-next:not(.disabled) a");
        Locator turn = next.count() > 0 ? next : page.locator("li.pagination-first:not(.disabled) a");
        if (turn.count() > 0) {
            turn.click();
        }
    }

    /** Takes a task out of the queue: its form can be filled in then. */
    void claim(String document, String task) {
        openTask(document, task);
        page.locator("button.claim").click();
        assertThat(page.locator("button.claim")).hasCount(0);
        assertThat(page.locator(".disabled-form")).hasCount(0);
    }

    void openTask(String document, String task) {
        findCard(document, task).click();
        assertThat(page.locator("[cam-tasklist-task] h2")).hasText(task);
        assertThat(page.locator("[cam-tasklist-task] .tab-content .form-container"))
                .containsText(document);
    }

    void fill(String field, String value) {
        page.locator("#" + field).fill(value);
    }

    /** Keys a value that is hidden from the verifier, by its path: {@code lines[0].quantity}. */
    void key(String path, String value) {
        page.locator("[data-path=\"" + path + "\"]").fill(value);
    }

    void decide(String decision) {
        page.locator("#decision").selectOption(decision);
    }

    Locator completeButton() {
        return page.locator(".form-actions, .modal-footer").getByText("完成");
    }

    /** Completes the open task and sees it go. */
    void complete(String document, String task) {
        assertThat(completeButton()).isEnabled();
        completeButton().click();
        assertThat(card(document, task)).hasCount(0);
    }

    /** Does a whole task: claims it, fills in the form, completes it. */
    void work(String document, String task, String screenshot, Map<String, String> values) {
        claim(document, task);
        values.forEach((field, value) -> {
            if (field.equals("decision")) {
                decide(value);
            } else if (field.startsWith(KEYED)) {
                key(field.substring(KEYED.length()), value);
            } else {
                fill(field, value);
            }
        });
        completeButton().scrollIntoViewIfNeeded();
        screenshot(screenshot);
        complete(document, task);
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        window.close();
    }
}
