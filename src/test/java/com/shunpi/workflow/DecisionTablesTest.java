package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decision tables as code asks them: the version deployed last, in the table's order, with whole amounts. */
class DecisionTablesTest {

    private ProcessEngine engine;
    private RepositoryService repositoryService;
    private DecisionTables tables;

    @BeforeEach
    void engine() {
        ClockUtil.reset();
        engine = new StandaloneInMemProcessEngineConfiguration()
                .setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
                .setEnforceHistoryTimeToLive(false)
                .setProcessEngineName("decision-tables")
                .buildProcessEngine();
        repositoryService = engine.getRepositoryService();
        tables = new DecisionTables(repositoryService, new EngineAccess());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aTableThatIsNotThereIsNotAnEmptyAnswer() {
        assertThatThrownBy(() -> tables.latest("limits"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("limits");
    }

    @Test
    void aSingleCustomerGoesBeforeHisGradeAndHisGradeBeforeAll() {
        deploy("FIRST", row("\"C1\"", "", "1"), row("", "\"A\"", "2"), row("", "", "3"));

        assertThat(limit("C1", "A")).isEqualTo(1);
        assertThat(limit("C2", "A")).isEqualTo(2);
        assertThat(limit("C2", "B")).isEqualTo(3);
    }

    @Test
    void anEmptyCellAnswersNothing() {
        deploy("FIRST", row("", "", ""));

        assertThat(tables.latest("limits").ask(inputs("C1", "A")))
                .singleElement()
                .satisfies(row -> assertThat(row.get("limit")).isNull());
    }

    @Test
    void severalRowsComeInTheOrderOfTheTable() {
        deploy("RULE ORDER", row("", "\"A\"", "7"), row("\"C1\"", "", "5"), row("\"C9\"", "", "1"));

        assertThat(tables.latest("limits").ask(inputs("C1", "A")))
                .extracting(row -> ((Number) row.get("limit")).intValue())
                .containsExactly(7, 5);
    }

    @Test
    void amountsAreComparedToTheLastFen() {
        deploy("FIRST", row("", "> 100000.01", "1"), row("", "", "0"));

        assertThat(limit("C1", new BigDecimal("100000.01"))).isZero();
        assertThat(limit("C1", new BigDecimal("100000.02"))).isEqualTo(1);
        assertThat(limit("C1", new BigDecimal("9999999999999.99"))).isEqualTo(1);
    }

    @Test
    void anEditCountsOnceItIsDeployed() {
        deploy("FIRST", row("", "", "1"));
        assertThat(limit("C1", "A")).isEqualTo(1);
        assertThat(tables.latest("limits").version()).isEqualTo(1);

        deploy("FIRST", row("", "", "2"));
        tables.refresh();

        assertThat(limit("C1", "A")).isEqualTo(2);
        assertThat(tables.latest("limits").version()).isEqualTo(2);
        assertThat(tables.version("limits", 1).ask(inputs("C1", "A")))
                .singleElement()
                .satisfies(row -> assertThat(row.get("limit")).hasToString("1"));
    }

    private int limit(String customer, Object grade) {
        return ((Number) tables.latest("limits")
                        .ask(inputs(customer, grade))
                        .get(0)
                        .get("limit"))
                .intValue();
    }

    private static Map<String, Object> inputs(String customer, Object grade) {
        return Map.of("customer", customer, "grade", grade);
    }

    private void deploy(String hitPolicy, String... rows) {
        String table = """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="shunpi">
                  <decision id="limits" name="界限"><decisionTable id="t" hitPolicy="%s">
                    <input id="i1"><inputExpression id="x1"><text>customer</text></inputExpression></input>
                    <input id="i2"><inputExpression id="x2"><text>grade</text></inputExpression></input>
                    <output id="o1" name="limit" typeRef="integer"/>%s
                  </decisionTable></decision>
                </definitions>
                """.formatted(hitPolicy, String.join("", rows));
        repositoryService
                .createDeployment()
                .addString("processes/limits.dmn", table)
                .deploy();
    }

    private static String row(String customer, String grade, String limit) {
        String id = UUID.randomUUID().toString();
        return """
                <rule id="r%1$s"><inputEntry id="a%1$s"><text>%2$s</text></inputEntry>
                <inputEntry id="b%1$s"><text><![CDATA[%3$s]]></text></inputEntry>
                <outputEntry id="c%1$s"><text>%4$s</text></outputEntry></rule>
                """.formatted(id, customer, grade, limit);
    }
}
