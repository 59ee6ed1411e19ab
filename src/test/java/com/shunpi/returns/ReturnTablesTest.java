package com.shunpi.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.shunpi.masterdata.Grade;
import com.shunpi.workflow.DecisionTables;
import com.shunpi.workflow.Directory;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables {@code returns-approval} (T2, T4) and {@code returns-grades} (T9): both sides of each threshold, no gaps. */
class ReturnTablesTest {

    private static final List<String> AMOUNTS = List.of("0.01", "5000", "5000.01", "50000", "50000.01", "9999999");

    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final DmnDecision approval = decision("returns-approval");
    private final DmnDecision grades = decision("returns-grades");

    private DmnDecision decision(String name) {
        try (InputStream table = Files.newInputStream(Path.of("processes", name + ".dmn"))) {
            return engine.parseDecision(name, table);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> approvers(boolean fault, String reason, String amount, boolean givesFirst) {
        return engine
                .evaluateDecisionTable(
                        approval,
                        Map.<String, Object>of(
                                "fault",
                                fault,
                                "reason",
                                reason,
                                "amount",
                                new BigDecimal(amount),
                                "givesFirst",
                                givesFirst))
                .getResultList()
                .stream()
                .map(row -> (String) row.get("approver"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Object> grade(String reason, String amount, String customer) {
        return engine.evaluateDecisionTable(
                        grades,
                        Map.<String, Object>of("reason", reason, "amount", new BigDecimal(amount), "grade", customer))
                .getFirstResult()
                .getEntryMap();
    }

    @ParameterizedTest
    @CsvSource({
        "true, quality, 5000, false, sales-manager",
        "true, quality, 5000.01, false, sales-director sales-manager",
        "true, wrong-delivery, 50000, false, sales-director sales-manager",
        "true, transport-damage, 50000.01, false, general-manager sales-director sales-manager",
        "true, quality, 100, true, sales-director sales-manager",
        "false, not-wanted, 5000, false, general-manager sales-manager",
        "false, not-wanted, 5000.01, false, general-manager sales-director sales-manager",
        // technical denied the fault (T5)
        "false, quality, 100, false, general-manager sales-manager",
    })
    void bothSidesOfEachThreshold(
            boolean fault, String reason, String amount, boolean givesFirst, String expected) { // T4
        assertThat(String.join(" ", approvers(fault, reason, amount, givesFirst)))
                .isEqualTo(expected);
    }

    @Test
    void thereIsNoGapAndNobodyWhoMustNotDecide() { // T2, T4
        for (ReturnReason reason : ReturnReason.values()) {
            for (String amount : AMOUNTS) {
                for (boolean givesFirst : new boolean[] {true, false}) {
                    for (boolean fault : new boolean[] {true, false}) {
                        Set<String> approvers = approvers(fault, reason.code(), amount, givesFirst);
                        assertThat(approvers).isNotEmpty();
                        assertThat(ReturnTables.SENIORITY).containsAll(approvers);
                        assertThat(fault || approvers.contains("general-manager"))
                                .as("without a fault the general manager decides: " + reason + " " + amount)
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "quality, 50000.01, C, 重大, 15, 240",
        "quality, 50000, C, 严重, 30, 720",
        "wrong-delivery, 60000, B, 严重, 30, 720",
        "quality, 5000.01, B, 严重, 30, 720",
        "quality, 5000, B, 一般, 60, 1440",
        "quality, 10, A, 严重, 30, 720",
        "not-wanted, 99999, A, 一般, 60, 1440",
    })
    void severityFollowsReasonAmountAndCustomer(
            String reason, String amount, String customer, String severity, int answer, int proposal) { // T9
        assertThat(grade(reason, amount, customer))
                .containsEntry("severity", severity)
                .containsEntry("answerMinutes", answer)
                .containsEntry("proposalMinutes", proposal);
    }

    @Test
    void everyReturnHasAGradeWithinTheLimits() { // T9
        for (ReturnReason reason : ReturnReason.values()) {
            for (String amount : AMOUNTS) {
                for (String customer : List.of("A", "B", "C")) {
                    Map<String, Object> row = grade(reason.code(), amount, customer);
                    assertThat((Integer) row.get("answerMinutes")).isBetween(1, 60);
                    assertThat((Integer) row.get("proposalMinutes")).isBetween(1, 24 * 60);
                    assertThat((Integer) row.get("arrivalDays")).isPositive();
                    assertThat((Integer) row.get("chaseDays")).isNotNegative();
                }
            }
        }
    }

    // ---- what no edited table decides

    private final DecisionTables.Table edited = mock(DecisionTables.Table.class);

    /** What is made of a table that hits these rows; each role is held by one person of its name. */
    private ReturnTables tables(List<Map<String, Object>> rows) {
        when(edited.ask(any())).thenReturn(rows);
        DecisionTables all = mock(DecisionTables.class);
        when(all.latest(any())).thenReturn(edited);
        Directory directory = mock(Directory.class);
        when(directory.membersOf(any()))
                .thenAnswer(role -> List.of(new Directory.Person(role.getArgument(0), "", null)));
        return new ReturnTables(all, directory);
    }

    private List<String> steps(boolean fault, Set<String> parties, String... approvers) {
        return tables(Arrays.stream(approvers)
                        .map(role -> Map.<String, Object>of("approver", role, "reason", "表"))
                        .toList())
                .steps(ReturnReason.QUALITY, fault, new BigDecimal("5000.00"), true, parties)
                .stream()
                .map(ApprovalStep::role)
                .toList();
    }

    @Test
    void whatTheTableMustNotDecideItDoesNot() { // T2, T4
        assertThat(steps(false, Set.of(), "sales-manager")).containsExactly("sales-manager", "general-manager");
        assertThat(steps(true, Set.of())).containsExactly("general-manager");
        assertThat(steps(true, Set.of(), "sales-boss")).containsExactly("general-manager");
        assertThat(steps(true, Set.of(), "general-manager", "sales-manager"))
                .containsExactly("sales-manager", "general-manager");
        assertThat(steps(true, Set.of("sales-manager"), "sales-manager")).containsExactly("sales-director");
        // without a fault nobody stands in for the general manager
        assertThatThrownBy(() -> steps(false, Set.of("general-manager"), "general-manager"))
                .hasMessageContaining("总经理本人不能");
        assertThatThrownBy(() -> steps(true, Set.copyOf(ReturnTables.SENIORITY), "sales-manager"))
                .hasMessageContaining("没有可以审批的人");
    }

    @Test
    void theTableIsAskedWhatTheReturnIs() { // T4
        steps(true, Set.of(), "sales-manager");
        verify(edited)
                .ask(Map.of(
                        "reason", "quality", "fault", true, "amount", new BigDecimal("5000.00"), "givesFirst", true));
    }

    @Test
    void aSlowerTableThanTheRuleDoesNotCount() { // T9
        ReturnGrade grade = tables(List.of(Map.of(
                        "severity",
                        "一般",
                        "answerMinutes",
                        61,
                        "proposalMinutes",
                        1441,
                        "arrivalDays",
                        15,
                        "chaseDays",
                        15)))
                .grade(ReturnReason.QUALITY, BigDecimal.TEN, Grade.C);
        assertThat(grade.answerMinutes()).isEqualTo(60);
        assertThat(grade.proposalMinutes()).isEqualTo(24 * 60);
    }
}
