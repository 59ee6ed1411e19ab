package com.shunpi.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import com.shunpi.order.OrderDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.yaml.snakeyaml.Yaml;

/** The alerts and the dashboard ask for what the application serves. What they mean is tested by promtool. */
@ShunpiTest
class AlertsTest {

    private static final Path FOLDER = Path.of("docs", "monitoring");

    /** Prometheus and bin/backup-postgresql make them, or the tests' application has no reason to. */
    private static final Set<String> NOT_FROM_HERE = Set.of(
            "up",
            "shunpi_backup_age_seconds",
            "shunpi_backup_success_timestamp_seconds",
            "shunpi_collection_run_age_seconds",
            "executor_active_threads",
            "executor_queued_tasks");

    private static final Set<String> WORDS =
            Set.of("by", "without", "or", "and", "unless", "on", "ignoring", "bool", "offset");

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    OrderDesk desk;

    @Test
    void alertsAndDashboardNameNothingThatIsNotServed() throws IOException {
        desk.complete("assistant1", desk.received(), "userTask_reviewOrder", "decision", "reject", "comment", "不做");
        Reader figures = new Reader();
        beans.autowireBean(figures);
        figures.now("shunpi.tasks");
        HttpUser.basic(port, "admin").get("/api/me");
        Set<String> served = new HashSet<>(NOT_FROM_HERE);
        Pattern.compile("(?m)^([a-z_]+)[{ ]").matcher(scrape()).results().forEach(line -> served.add(line.group(1)));

        List<String> expressions = new ArrayList<>();
        alerts().forEach(alert -> expressions.add((String) alert.get("expr")));
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> expressions.add(target.get("expr").asText())));
        assertThat(expressions).hasSizeGreaterThan(50);

        Set<String> unknown = new TreeSet<>();
        expressions.stream()
                .flatMap(AlertsTest::metrics)
                .filter(name -> !served.contains(name))
                .forEach(unknown::add);
        assertThat(unknown).as("metrics that nobody serves").isEmpty();
    }

    /** Whatever is neither function, word, label nor text. */
    private static Stream<String> metrics(String expression) {
        String bare = expression
                .replaceAll("\"[^\"]*\"", "")
                .replaceAll("\\{[^}]*}", " ")
                .replaceAll("\\[[^]]*]", " ")
                .replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", " ");
        List<String> names = Pattern.compile("[a-zA-Z_:][\\w:]*(?!\\w*\\s*\\()")
                .matcher(bare)
                .results()
                .map(found -> found.group())
                .filter(name -> !WORDS.contains(name))
                .toList();
        assertThat(names).as("metrics of " + expression).isNotEmpty();
        return names.stream();
    }

    /** What stands in the database is the same on each node: to add it up would count everything twice. */
    @Test
    void figuresOfTheDatabaseAreNeverAddedUpOverNodes() throws IOException {
        List<String> expressions = new ArrayList<>();
        alerts().forEach(alert -> expressions.add((String) alert.get("expr")));
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> expressions.add(target.get("expr").asText())));
        String operations = Files.readString(Path.of("docs", "operations.md"));
        Set<String> ofTheDatabase = new TreeSet<>();
        Pattern.compile("(?m)^\\| `(shunpi_\\w+)` .*\\| database \\|$")
                .matcher(operations)
                .results()
                .forEach(row -> ofTheDatabase.add(row.group(1)));
        assertThat(ofTheDatabase).hasSizeGreaterThan(15);
        for (String expression : expressions) {
            for (String metric : ofTheDatabase) {
                if (Pattern.compile("\\b" + metric + "\\b").matcher(expression).find()) {
                    assertThat(expression).containsPattern("max( by \\(\\w+\\))? ?\\(" + metric + "\\b");
                }
            }
        }
    }

    @Test
    void eachAlertSaysWhatItMeansAndWhatToDo() throws IOException {
        String operations = Files.readString(Path.of("docs", "operations.md"));
        String tests = Files.readString(FOLDER.resolve("shunpi.rules.test.yml"));
        Set<String> names = new TreeSet<>();
        for (Map<String, Object> alert : alerts()) {
            String name = (String) alert.get("alert");
            names.add(name);
            assertThat(((Map<?, ?>) alert.get("labels")).get("severity").toString())
                    .as(name)
                    .isIn("critical", "warning", "info");
            Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
            assertThat(annotations.get("summary").toString()).as(name).containsPattern("\\p{IsHan}");
            assertThat(annotations.get("description").toString()).as(name).matches("[\\x20-\\x7e]+");
            assertThat(annotations.get("runbook")).isEqualTo("docs/operations.md#" + name.toLowerCase());
            assertThat(operations).as("what to do").contains("\n### " + name + "\n");
            assertThat(tests).as("a test of it").contains("alertname=\"" + name + "\"");
        }
        Pattern.compile("(?m)^### (Shunpi\\w+)$")
                .matcher(operations)
                .results()
                .forEach(section -> assertThat(names).contains(section.group(1)));
    }

    @Test
    void theDashboardSpeaksChinese() throws IOException {
        Set<Integer> ids = new HashSet<>();
        panels().forEach(panel -> {
            assertThat(panel.get("title").asText()).containsPattern("\\p{IsHan}");
            assertThat(ids.add(panel.get("id").asInt())).as("an id for each").isTrue();
        });
        assertThat(ids).hasSizeGreaterThan(30);
    }

    private String scrape() {
        return HttpUser.basic(managementPort, "admin")
                .get("/actuator/prometheus")
                .body();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> alerts() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(FOLDER.resolve("shunpi.rules.yml")));
        List<Map<String, Object>> groups = (List<Map<String, Object>>) file.get("groups");
        return groups.stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .toList();
    }

    private static Iterable<JsonNode> panels() throws IOException {
        return new ObjectMapper()
                .readTree(FOLDER.resolve("dashboard.json").toFile())
                .get("panels");
    }
}
