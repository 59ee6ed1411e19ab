package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever edits a decision table is told what is wrong with it, in the words of the table, before it is deployed. */
class DecisionTableRulesTest {

    private static final String LEVEL = "special-price-level";
    private static final String LIMITS = "order-hold-limits";
    private static final String FIELDS = "dual-verification-fields";

    static Stream<Arguments> edits() {
        return Stream.of(
                arguments(LEVEL, "<text>&lt;= 3</text>", "<text>&lt; 3</text>", "没有一行适用于：低于客户价 3，"),
                arguments(LEVEL, "<text>&gt; 3</text>", "<text>&gt; 30</text>", "没有一行适用于：低于客户价 3.0001，"),
                arguments(LEVEL, "<text>&lt;= 3</text>", "<text>[0..3[</text>", "没有一行适用于：低于客户价 3，"),
                arguments(LEVEL, "<text>&gt; 3</text>", "<text>&gt; drei</text>", "没有一行适用于"),
                arguments(LEVEL, "<text>&gt; 3</text>", "<text>&gt; 3 %</text>", "第 2 行：看不懂这一格：> 3 %"),
                arguments(LEVEL, "<text>\"C\"</text>", "<text>\"D\"</text>", "第 5 行：条件互相矛盾，永远不会命中"),
                arguments(LEVEL, "\"sales-director\"", "\"sales-boss\"", "第 3 行：不认识 sales-boss"),
                arguments(LEVEL, "hitPolicy=\"COLLECT\"", "hitPolicy=\"UNIQUE\"", "命中策略应为 COLLECT"),
                arguments(LEVEL, "hitPolicy=\"COLLECT\"", "hitPolicy=\"UNIQUE\"", "重叠，都适用于：低于客户价"),
                arguments(LEVEL, "hitPolicy=\"COLLECT\"", "hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "不带汇总"),
                arguments(LEVEL, "hitPolicy=\"COLLECT\"", "hitPolicy=\"ANY\"", "命中策略应为 UNIQUE"),
                arguments(LEVEL, "label=\"客户等级\"", "label=\"grade\"", "输入列没有中文名称"),
                arguments(
                        LIMITS,
                        "<inputEntry id=\"rule_everybody_grade\"><text></text>",
                        "<inputEntry id=\"rule_everybody_grade\"><text>\"B\"</text>",
                        "没有一行适用于：客户等级 C"),
                arguments(
                        LIMITS,
                        "<inputEntry id=\"rule_gradeA_grade\"><text>\"A\"</text>",
                        "<inputEntry id=\"rule_gradeA_grade\"><text></text>",
                        "第 2 行：永远轮不到"),
                arguments(
                        FIELDS,
                        "<inputEntry id=\"when_shipmentQueue\"><text>\"shipment\"",
                        "<inputEntry id=\"when_shipmentQueue\"><text>\"order-release\"",
                        "第 1 行和第 2 行重叠，都适用于：单据种类 order-release"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("edits")
    void whatIsWrongIsSaidInTheWordsOfTheTable(String file, String good, String bad, String message)
            throws IOException {
        String table = table(file);
        assertThat(table).contains(good);

        assertThat(check(file, table.replace(good, bad)))
                .as(message)
                .anySatisfy(fault -> assertThat(fault.message()).contains(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {LEVEL, LIMITS, FIELDS})
    void ourTablesHaveNoFault(String file) throws IOException {
        assertThat(check(file, table(file))).isEmpty();
    }

    private static String table(String file) throws IOException {
        return Files.readString(Path.of("processes/" + file + ".dmn"));
    }

    private static List<ModelFault> check(String file, String table) {
        return Dmn.readModelFromStream(new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)))
                .getModelElementsByType(Decision.class)
                .stream()
                .flatMap(decision -> DecisionTableRules.check(file, decision, List.of(new Contract())).stream())
                .toList();
    }

    private static class Contract implements DecisionTableContract {

        @Override
        public String decision() {
            return LEVEL;
        }

        @Override
        public String hitPolicy() {
            return "COLLECT";
        }

        @Override
        public java.util.Optional<String> fault(java.util.Map<String, String> outputs) {
            return outputs.get("approver").equals("sales-boss")
                    ? java.util.Optional.of("不认识 sales-boss")
                    : java.util.Optional.empty();
        }
    }
}
