package com.shunpi.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table {@code special-price-level} (P2): each threshold on both sides, and over all combinations of what lies at its
 * thresholds that it has no gap, names nobody it must not, and lets nothing below cost past the general manager.
 */
class SpecialPriceLevelTest {

    private static final Path FILE = Path.of("processes/special-price-level.dmn");
    private static final BigDecimal STEP = new BigDecimal("0.0001");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final DmnDecision decision = engine.parseDecision("special-price-level", model());

    @ParameterizedTest(name = "{0} % below, {1} CNY, margin {2} %, {3}, below cost {4}: {5}")
    @CsvSource({
        // depth
        "0.0001, 100, 40, A, false, none",
        "3,      100, 40, A, false, none",
        "3.0001, 100, 40, A, false, sales-manager",
        "10,     100, 40, A, false, sales-manager",
        "10.0001,100, 40, A, false, sales-manager sales-director",
        "20,     100, 40, A, false, sales-manager sales-director",
        "20.0001,100, 40, A, false, sales-manager sales-director general-manager",
        // class
        "5,      100, 40, C, false, sales-manager",
        "5.0001, 100, 40, C, false, sales-manager sales-director",
        "5.0001, 100, 40, B, false, sales-manager",
        // amount
        "1, 50000,        40, A, false, none",
        "1, 50000.0001,   40, A, false, sales-manager",
        "1, 200000,       40, A, false, sales-manager",
        "1, 200000.0001,  40, A, false, sales-manager sales-director",
        "1, 1000000,      40, A, false, sales-manager sales-director",
        "1, 1000000.0001, 40, A, false, sales-manager sales-director general-manager",
        "1, 12345678901234567890.1234, 40, A, false, sales-manager sales-director general-manager",
        // margin
        "1, 100, 20,      A, false, none",
        "1, 100, 19.9999, A, false, sales-manager",
        "1, 100, 12,      A, false, sales-manager",
        "1, 100, 11.9999, A, false, sales-manager sales-director",
        "1, 100, 5,       A, false, sales-manager sales-director",
        "1, 100, 4.9999,  A, false, sales-manager sales-director general-manager",
        // below cost: always general manager and finance
        "1, 100, 0,       A, false, sales-manager sales-director general-manager",
        "1, 100, -0.0001, A, true,  sales-manager sales-director general-manager finance"
    })
    void eachThresholdOnBothSides(
            BigDecimal depth, BigDecimal amount, BigDecimal margin, String grade, boolean belowCost, String expected) {
        Set<String> approvers = approvers(ask(depth, amount, margin, grade, belowCost));
        approvers.remove("none");
        assertThat(approvers)
                .isEqualTo(expected.equals("none") ? Set.of() : new TreeSet<>(Arrays.asList(expected.split(" "))));
    }

    @Test
    void theTableHasNoGapAndNoStranger() {
        Set<String> hit = new TreeSet<>();
        for (BigDecimal depth : around(0)) {
            for (BigDecimal amount : around(1)) {
                for (BigDecimal margin : around(2)) {
                    for (String grade : List.of("A", "B", "C")) {
                        for (boolean belowCost : new boolean[] {false, true}) {
                            String at = depth + " " + amount + " " + margin + " " + grade + " " + belowCost;
                            List<Map<String, Object>> rows = ask(depth, amount, margin, grade, belowCost);
                            assertThat(rows).as("a row for " + at).isNotEmpty();
                            rows.forEach(row -> hit.add(row.toString()));
                            if (belowCost) {
                                assertThat(rows)
                                        .as("below cost at " + at)
                                        .anySatisfy(row -> assertThat(groups((String) row.get("approver")))
                                                .contains("general-manager", "finance"));
                            }
                        }
                    }
                }
            }
        }
        assertThat(hit).as("each row is hit by something").hasSize(rules().size());
    }

    @Test
    void everyRowNamesKnownGroupsAndAReason() {
        DecisionTable table = table();
        assertThat(table.getHitPolicy()).isEqualTo(HitPolicy.COLLECT);
        assertThat(table.getAggregation()).isNull();
        for (Rule rule : rules()) {
            List<String> outputs = rule.getOutputEntries().stream()
                    .map(entry -> entry.getText().getTextContent().replace("\"", ""))
                    .toList();
            assertThat(groups(outputs.get(0)))
                    .as(rule.getId())
                    .isSubsetOf("none", "sales-manager", "sales-director", "general-manager", "finance");
            assertThat(outputs.get(1)).as(rule.getId()).containsPattern("\\p{IsHan}");
        }
    }

    private static Set<String> approvers(List<Map<String, Object>> rows) {
        return rows.stream()
                .flatMap(row -> groups((String) row.get("approver")).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> groups(String approver) {
        return Arrays.stream(approver.split("&")).map(String::strip).collect(Collectors.toSet());
    }

    private List<Map<String, Object>> ask(
            BigDecimal depth, BigDecimal amount, BigDecimal margin, String grade, boolean belowCost) {
        return engine.evaluateDecisionTable(
                        decision,
                        Map.of(
                                "depth", depth,
                                "amount", amount,
                                "margin", margin,
                                "grade", grade,
                                "belowCost", belowCost))
                .getResultList();
    }

    /** Every number that a column names, and one in each stretch between them: a column says the same all over a stretch. */
    private static List<BigDecimal> around(int column) {
        TreeSet<BigDecimal> thresholds = new TreeSet<>();
        for (Rule rule : rules()) {
            Matcher number = NUMBER.matcher(new ArrayList<>(rule.getInputEntries())
                    .get(column)
                    .getText()
                    .getTextContent());
            while (number.find()) {
                thresholds.add(new BigDecimal(number.group()));
            }
        }
        List<BigDecimal> points = new ArrayList<>(List.of(thresholds.first().subtract(STEP)));
        for (BigDecimal threshold : thresholds) {
            points.add(threshold);
            points.add(threshold.add(STEP));
        }
        return points;
    }

    private static List<Rule> rules() {
        return List.copyOf(table().getRules());
    }

    private static DecisionTable table() {
        return model().getModelElementsByType(DecisionTable.class).iterator().next();
    }

    private static DmnModelInstance model() {
        try (var file = Files.newInputStream(FILE)) {
            return Dmn.readModelFromStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
