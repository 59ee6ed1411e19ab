package com.shunpi.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import com.shunpi.attack.Addresses.Address;
import com.shunpi.workflow.Groups;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Parameter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.multipart.MultipartFile;

/**
 * Every address the running application answers × a stranger, the wrong role, and the right role on a page of another
 * site (A2, A5). The addresses are asked of the application, so that a new one fails here until somebody has said who may
 * call it.
 */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryAddressTest {

    private static final String GUEST = "guest1";
    private static final String GUESTS_PASSWORD = "Guest-of-nobody-1";

    /** One person of each group, and one of none. */
    private static final Map<String, String> PEOPLE = new LinkedHashMap<>();

    static {
        PEOPLE.put(Groups.SALES_ASSISTANT, "assistant1");
        PEOPLE.put(Groups.SALES_REP, "rep1");
        PEOPLE.put(Groups.SALES_MANAGER, "manager");
        PEOPLE.put(Groups.SALES_DIRECTOR, "director");
        PEOPLE.put(Groups.GENERAL_MANAGER, "gm");
        PEOPLE.put(Groups.FINANCE, "finance1");
        PEOPLE.put(Groups.WAREHOUSE, "warehouse1");
        PEOPLE.put(Groups.TECHNICAL, "technical1");
        PEOPLE.put(Groups.PURCHASING, "purchasing1");
        PEOPLE.put(Groups.PROCESS_OWNER, "owner");
        PEOPLE.put(Groups.ADMIN, "admin");
        PEOPLE.put("none", GUEST);
    }

    private static final Map<String, Set<String>> GROUPS = Map.ofEntries(
            // whoever has a login, for what names no customer and no price, or answers each his own
            Map.entry("everybody", Set.copyOf(PEOPLE.keySet())),
            // answers 404 to all but the owner of what is named
            Map.entry("its-owner", Set.of()),
            Map.entry("prices", Groups.PRICE_READERS),
            Map.entry(
                    "sales",
                    Set.of(
                            Groups.SALES_ASSISTANT,
                            Groups.SALES_REP,
                            Groups.SALES_MANAGER,
                            Groups.SALES_DIRECTOR,
                            Groups.GENERAL_MANAGER)),
            Map.entry("goods", Set.of(Groups.WAREHOUSE, Groups.TECHNICAL, Groups.PURCHASING)),
            Map.entry("keepers", Set.of(Groups.SALES_ASSISTANT, Groups.SALES_REP)));

    /** Who may call each address of ours: groups, or the names above for several. */
    private static final Map<String, Set<String>> TABLE = table("""
            GET  /api/accounts                                 camunda-admin general-manager
            GET  /api/accounts/{userId}/record                 camunda-admin general-manager
            POST /api/accounts/{userId}/freeze                 camunda-admin general-manager
            POST /api/accounts/{userId}/unfreeze               camunda-admin general-manager
            GET  /api/agreements                               prices
            POST /api/attachments                              keepers
            GET  /api/attachments/{id}                         its-owner
            POST /api/calendar/import                          process-owner camunda-admin
            GET  /api/calendar/{year}                          everybody
            PUT  /api/calendar/{year}                          process-owner camunda-admin
            GET  /api/calendar/{year}/sheet.xlsx               everybody
            GET  /api/cases/{businessKey}                      prices goods process-owner
            GET  /api/collection/cases/{number}                prices
            POST /api/collection/cases/{number}/write-offs     sales-rep sales-manager sales-director finance
            GET  /api/collection/customers/{code}              prices
            POST /api/collection/customers/{code}/contacts     sales finance
            POST /api/collection/disputes                      keepers sales-manager finance
            POST /api/collection/disputes/{invoice}/settle     finance
            GET  /api/collection/reconciliations               prices
            POST /api/collection/reconciliations/{code}/{asOf} keepers finance
            GET  /api/collection/simulation                    prices
            POST /api/collection/simulation                    prices
            GET  /api/collection/worklist                      prices
            GET  /api/customers                                prices
            POST /api/customers/import                         sales-assistant finance
            POST /api/customers/{code}/block                   finance sales-director
            POST /api/customers/{code}/unblock                 finance sales-director
            GET  /api/imports/kinds                            everybody
            GET  /api/imports/{id}                             its-owner
            GET  /api/imports/{id}/result                      its-owner
            GET  /api/imports/{id}/result.xlsx                 its-owner
            POST /api/imports/{kind}                           sales-assistant
            GET  /api/imports/{kind}/template.xlsx             sales-assistant
            GET  /api/mails                                    sales-assistant sales-manager process-owner camunda-admin
            GET  /api/mails/{id}                               sales-assistant sales-manager process-owner camunda-admin
            POST /api/mails/{id}/resend                        sales-assistant camunda-admin
            GET  /api/me                                       everybody
            GET  /api/orders                                   prices warehouse
            POST /api/orders                                   keepers
            GET  /api/orders/holds                             prices
            POST /api/orders/holds/release                     prices
            POST /api/orders/import                            sales-assistant
            POST /api/orders/preview                           keepers
            GET  /api/orders/production-requests               prices warehouse
            GET  /api/orders/{number}                          prices warehouse
            PUT  /api/orders/{number}                          keepers
            POST /api/orders/{number}/cancel                   keepers
            POST /api/orders/{number}/check-again              prices warehouse
            POST /api/orders/{number}/holds                    sales-manager sales-director finance
            POST /api/payments                                 finance
            POST /api/payments/import                          finance
            GET  /api/price-changes                            prices
            POST /api/price-changes                            sales-assistant
            GET  /api/price-changes/{number}                   prices
            GET  /api/products                                 prices goods
            POST /api/products/import                          sales-assistant finance
            POST /api/products/{code}/receipts                 warehouse
            POST /api/receivables/import                       finance
            GET  /api/reports                                  everybody
            GET  /api/reports/{name}                           prices
            GET  /api/returns                                  prices goods process-owner
            POST /api/returns                                  keepers
            GET  /api/returns/returnable                       prices goods process-owner
            GET  /api/returns/words                            everybody
            GET  /api/returns/{number}                         prices goods process-owner
            POST /api/special-prices                           keepers
            POST /api/special-prices/preview                   keepers
            GET  /api/special-prices/{number}                  prices
            GET  /api/verifications                            prices
            POST /api/verifications                            keepers sales-manager finance
            GET  /api/verifications/open                       sales-director general-manager
            GET  /api/verifications/types                      keepers sales-manager finance
            GET  /api/verifications/{number}                   prices
            POST /api/verifications/{number}/break-glass       sales-director general-manager
            GET  /api/worklist                                 everybody
            GET  /api/worklist/excluded                        everybody
            GET  /login                                        everybody
            """);

    /** What serves addresses that are no methods of ours. One more is somebody's decision. */
    private static final Set<String> KNOWN_PATTERNS = Set.of(
            "/**",
            "/camunda/api/**",
            "/camunda/app/**",
            "/camunda/assets/**",
            "/camunda/favicon.ico",
            "/camunda/lib/**",
            "/swagger-ui*/**",
            "/swagger-ui*/*swagger-initializer.js",
            "/webjars/**");

    private static final Set<String> KNOWN_SERVLETS = Set.of(
            "/",
            "/engine-rest/*",
            "/camunda/api/engine/*",
            "/camunda/api/admin/*",
            "/camunda/api/cockpit/*",
            "/camunda/api/tasklist/*",
            "/camunda/api/welcome/*");

    /** The login page and what it is made of; nothing in it names a customer or a price. */
    private static boolean isOpen(String path) {
        return Set.of("/login", "/favicon.ico").contains(path) || path.startsWith("/assets/");
    }

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private MockMvc http;

    @Autowired
    private ServletWebServerApplicationContext context;

    @Autowired
    private IdentityService identityService;

    private Addresses addresses;

    @BeforeAll
    void someoneWithALoginAndNothingElse() {
        addresses = new Addresses(context);
        User guest = identityService.newUser(GUEST);
        guest.setPassword(GUESTS_PASSWORD);
        identityService.saveUser(guest);
    }

    @AfterAll
    void removeHim() {
        identityService.deleteUser(GUEST);
    }

    private Stream<Address> ours() {
        return addresses.controllers().stream()
                .filter(address -> address.handler().getBeanType().getName().startsWith("com.shunpi."));
    }

    @Test
    void everyAddressOfOursHasItsLineInTheTable() {
        Set<String> served = ours().map(Address::toString).collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new TreeSet<>(served);
        unknown.removeAll(TABLE.keySet());
        assertThat(unknown)
                .as(
                        "addresses nobody has said anything about: add a line to EveryAddressTest.TABLE with the groups that"
                                + " may call it, and see to it that the others are refused before anything is read")
                .isEmpty();
        Set<String> gone = new TreeSet<>(TABLE.keySet());
        gone.removeAll(served);
        assertThat(gone)
                .as("lines of EveryAddressTest.TABLE whose address is gone")
                .isEmpty();
    }

    @Test
    void nothingElseServesAddresses() {
        assertThat(addresses.patterns()).isSubsetOf(KNOWN_PATTERNS);
        assertThat(addresses.servlets().values().stream().flatMap(java.util.Collection::stream))
                .as(
                        "a servlet that is new here: add its addresses to Addresses.engine() and its mapping to KNOWN_SERVLETS")
                .isSubsetOf(KNOWN_SERVLETS);
        assertThat(addresses.management()).containsExactlyInAnyOrder("/actuator/health", "/actuator/prometheus");
        assertThat(addresses.engine()).hasSizeGreaterThan(1000);
    }

    // ---- the stranger

    @Test
    void aStrangerIsAskedToLogIn() {
        HttpUser stranger = HttpUser.stranger(port);
        List<String> let = new ArrayList<>();
        everything().forEach(address -> {
            int status = stranger.call(address.method(), address.path(), "{}").statusCode();
            // what changes something is refused for want of a token before anybody asks who it is
            boolean refused = status == 401 || status == 403 && address.changes();
            if (!refused && !isOpen(address.path())) {
                let.add(status + " " + address);
            }
        });
        assertThat(let).as("answers to a stranger").isEmpty();
    }

    @Test
    void aStrangersBrowserIsSentToTheLoginPage() {
        HttpUser stranger = HttpUser.stranger(port).with("Accept", "text/html");
        List<String> let = new ArrayList<>();
        everything()
                .filter(address -> address.method().equals("GET") && !isOpen(address.path()))
                .filter(address -> !address.path().startsWith("/engine-rest")
                        && !address.path().startsWith("/camunda/api/engine"))
                .forEach(address -> {
                    HttpResponse<String> answer = stranger.get(address.path());
                    boolean sent = answer.statusCode() == 302
                            && answer.headers()
                                    .firstValue("Location")
                                    .orElse("")
                                    .endsWith("/login");
                    boolean never = answer.statusCode() == 403 && address.path().startsWith("/camunda/api/admin/");
                    if (!sent && !never) {
                        let.add(answer.statusCode() + " " + address);
                    }
                });
        assertThat(let).as("pages a stranger sees").isEmpty();
    }

    @Test
    void onTheManagementPortAStrangerSeesWhetherItIsWell() {
        HttpUser stranger = HttpUser.stranger(managementPort);
        assertThat(stranger.get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(stranger.get("/actuator/prometheus").statusCode()).isEqualTo(401);
        for (String path : List.of("/actuator", "/actuator/env", "/actuator/heapdump", "/api/orders", "/")) {
            assertThat(stranger.get(path).statusCode()).as(path).isIn(401, 404);
        }
        for (Map.Entry<String, String> person : PEOPLE.entrySet()) {
            if (!person.getValue().equals(GUEST)) {
                assertThat(HttpUser.basic(managementPort, person.getValue())
                                .get("/actuator/prometheus")
                                .statusCode())
                        .as(person.getValue())
                        .isEqualTo(person.getKey().equals(Groups.ADMIN) ? 200 : 403);
            }
        }
    }

    // ---- the wrong role

    /** Each of our addresses × each group: whom the table does not name is refused, whom it names is not. */
    @Test
    void theTableHolds() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Address address : ours().toList()) {
            Set<String> may = TABLE.get(address.toString());
            if (may == null) {
                continue;
            }
            for (Map.Entry<String, String> person : PEOPLE.entrySet()) {
                String password = person.getValue().equals(GUEST) ? GUESTS_PASSWORD : "demo";
                int status = http.perform(call(address).with(httpBasic(person.getValue(), password)))
                        .andReturn()
                        .getResponse()
                        .getStatus();
                boolean refused = status == 403;
                boolean hidden = may.isEmpty() && (refused || status == 404);
                if (status >= 500 || status == 401 || !hidden && refused == may.contains(person.getKey())) {
                    wrong.add(status + " " + address + " by " + person.getKey());
                }
            }
        }
        assertThat(wrong)
                .as("answers that EveryAddressTest.TABLE does not expect")
                .isEmpty();
    }

    /**
     * The engine's own addresses by somebody with a login and no role: he changes nothing, and is answered nothing but what
     * {@code harmless-answers.txt} lists, which names no case, customer or price: empty lists, counts of zero, names of groups.
     */
    @Test
    void theEngineGivesNothingToWhoHasNoRole() throws IOException {
        HttpUser guest = HttpUser.stranger(port).as(GUEST, GUESTS_PASSWORD);
        Map<String, String> answers = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        addresses.engine().stream().filter(EveryAddressTest::isNoRepetition).forEach(address -> {
            HttpResponse<String> answer = guest.call(address.method(), address.path(), "{}");
            if (answer.statusCode() < 300) {
                String body = answer.body().strip();
                answers.put(address.toString(), body.length() > 80 ? body.substring(0, 80) + "…" : body);
            } else if (answer.statusCode() >= 500) {
                broken.add(answer.statusCode() + " " + address + " " + answer.body());
            }
        });
        Path report = Path.of("target", "attacks", "answers-without-a-role.txt");
        Files.createDirectories(report.getParent());
        Files.write(
                report,
                Stream.concat(answers.entrySet().stream().map(Object::toString), broken.stream())
                        .toList());
        Set<String> harmless = new BufferedReader(new InputStreamReader(
                        getClass().getResourceAsStream("/attack/harmless-answers.txt"), StandardCharsets.UTF_8))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toSet());
        assertThat(broken).as("answers of 5xx").isEmpty();
        assertThat(answers.keySet())
                .as("answers to somebody without a role that nobody has looked at; see " + report)
                .isSubsetOf(harmless);
    }

    /** The engine's API has each address twice below each mount: once with the engine's name. */
    private static boolean isNoRepetition(Address address) {
        return !address.path().startsWith("/engine-rest/engine/default/");
    }

    // ---- the right role, on a page of another site

    @Test
    void aSessionWithoutItsTokenChangesNothing() {
        List<String> let = new ArrayList<>();
        HttpUser admin = HttpUser.browser(port, "admin");
        for (Address address : everything().filter(Address::changes).toList()) {
            if (admin.get("/api/me").statusCode() != 200) {
                // the web applications give up a session that was used without its token
                admin = HttpUser.browser(port, "admin");
                assertThat(admin.get("/api/me").statusCode()).isEqualTo(200);
            }
            int status = admin.call(address.method(), address.path(), "{}").statusCode();
            if (status != 403) {
                let.add(status + " " + address);
            }
        }
        assertThat(let).as("changes without a token").isEmpty();
    }

    // ---- how they are called

    private Stream<Address> everything() {
        Stream<Address> controllers = addresses.controllers().stream()
                .map(address -> new Address(address.method(), sample(address.path()), null));
        Stream<Address> files = Stream.concat(
                        addresses.files().stream(),
                        Stream.of(
                                "/",
                                "/login",
                                // served with shunpi.oidc alone: CompanyLoginTest
                                "/oauth2/authorization/company",
                                "/login/oauth2/code/company",
                                "/camunda/app/tasklist/default/",
                                "/camunda/app/cockpit/default/",
                                "/camunda/app/admin/default/",
                                "/camunda/app/welcome/default/",
                                "/swagger-ui/index.html",
                                "/swagger-ui/swagger-initializer.js",
                                "/nothing-of-this-name"))
                .map(path -> new Address("GET", path, null));
        return Stream.of(controllers, files, addresses.engine().stream()).flatMap(each -> each);
    }

    private static String sample(String pattern) {
        return pattern.replace("{kind}", "orders")
                .replace("{year}", "2026")
                .replace("{id}", "999999999")
                .replace("{asOf}", "2026-12-31")
                .replace("{name}", "receivables-aging")
                .replaceAll("\\{\\w+}", "NOTHING");
    }

    /** With everything that has to be there before the method is asked. */
    private static MockHttpServletRequestBuilder call(Address address) {
        String path = sample(address.path());
        boolean upload = Stream.of(address.handler().getMethod().getParameterTypes())
                .anyMatch(MultipartFile.class::isAssignableFrom);
        MockHttpServletRequestBuilder call = upload
                ? multipart(path)
                        .file(new MockMultipartFile("file", "x.csv", "text/csv", "x".getBytes(StandardCharsets.UTF_8)))
                : request(HttpMethod.valueOf(address.method()), path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}");
        for (Parameter parameter : address.handler().getMethod().getParameters()) {
            RequestParam asked = parameter.getAnnotation(RequestParam.class);
            if (asked != null
                    && asked.required()
                    && asked.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                    && parameter.getType() != MultipartFile.class) {
                call.param(asked.name().isEmpty() ? parameter.getName() : asked.name(), "NOTHING");
            }
        }
        return call;
    }

    private static Map<String, Set<String>> table(String lines) {
        Map<String, Set<String>> table = new TreeMap<>();
        lines.lines().map(line -> line.split("\\s+")).forEach(words -> {
            Set<String> may = new HashSet<>();
            for (int i = 2; i < words.length; i++) {
                may.addAll(GROUPS.getOrDefault(words[i], Set.of(words[i])));
            }
            table.put(words[0] + " " + words[1], may);
        });
        return table;
    }
}
