package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.junit.jupiter.api.Test;

/** The short way says what FEEL says: of each cell of our tables, and of what looks like one and is not. */
class QuickFeelTest {

    private static final Pattern TEXT = Pattern.compile("<text>(.*?)</text>", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final QuickFeel quick = new QuickFeel();
    private final ScalaFeelEngine shipped = new ScalaFeelEngine(List.of());

    @Test
    void everyCellOfOurTablesAndItsLookalikesTestTheSame() throws IOException {
        Set<String> cells = cells();
        assertThat(cells).hasSizeGreaterThan(30).contains("> 3", "\"C\"", "true");
        cells.addAll(List.of(
                ">3",
                ">= -5.5",
                "<0",
                "[1..3]",
                "]1..3]",
                "1",
                "not(3)",
                "not(\"C\")",
                "\"A\",\"B\"",
                "> 3, < 1",
                "> amount",
                "\"C \"",
                "null",
                "false",
                "-",
                "< amount * 2",
                "\"\""));
        List<Object> values = new ArrayList<>(List.of("A", "C", "", "order-release", "none", true, false));
        Stream.concat(cells.stream(), Stream.of("0", "12.5"))
                .flatMap(cell -> NUMBER.matcher(cell).results().map(found -> new BigDecimal(found.group())))
                .distinct()
                .forEach(bound -> {
                    for (String by : new String[] {"-0.0001", "0", "0.0001"}) {
                        values.add(bound.add(new BigDecimal(by)));
                    }
                });
        for (String cell : cells) {
            for (Object value : values) {
                VariableContext context = context(value);
                assertThat(outcome(() -> quick.evaluateSimpleUnaryTests(cell, "cellInput", context)))
                        .as(value + " in " + cell)
                        .isEqualTo(outcome(() -> shipped.evaluateSimpleUnaryTests(cell, "cellInput", context)));
            }
        }
    }

    @Test
    void whatACellAnswersIsTheSame() {
        VariableContext context = context("A");
        for (String expression : new String[] {
            "cellInput",
            "\"超过 3%\"",
            "\"\"",
            "unknown",
            "true",
            "false",
            "cellInput = \"A\"",
            "\"a\" + \"b\"",
            "0",
            "100",
            "-5",
            "- 5",
            "007",
            "999999999999999999",
            "9223372036854775808",
            "3.0",
            "3.5",
            "1 + 1"
        }) {
            assertThat((Object) quick.evaluateSimpleExpression(expression, context))
                    .as(expression)
                    .isEqualTo(shipped.evaluateSimpleExpression(expression, context));
        }
        // FEEL hands a number on as a double; here it stays what it is
        BigDecimal large = new BigDecimal("12345678901234567890.1234");
        assertThat((Object) quick.evaluateSimpleExpression("cellInput", context(large)))
                .isEqualTo(large);
    }

    private static Set<String> cells() throws IOException {
        Set<String> cells = new TreeSet<>();
        try (Stream<Path> tables = Files.list(Path.of("processes"))) {
            for (Path table :
                    tables.filter(file -> file.toString().endsWith(".dmn")).toList()) {
                Matcher cell = TEXT.matcher(Files.readString(table));
                while (cell.find()) {
                    String text = cell.group(1)
                            .strip()
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&amp;", "&");
                    if (!text.isEmpty()) {
                        cells.add(text);
                    }
                }
            }
        }
        return cells;
    }

    private static VariableContext context(Object value) {
        VariableMap facts = Variables.putValue("cellInput", value).putValue("amount", new BigDecimal("2"));
        return facts.asVariableContext();
    }

    private static String outcome(java.util.function.BooleanSupplier test) {
        try {
            return String.valueOf(test.getAsBoolean());
        } catch (RuntimeException e) {
            return "refused";
        }
    }
}
