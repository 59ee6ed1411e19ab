package com.shunpi.workflow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.springframework.util.function.SingletonSupplier;

/**
 * What a decision table must be like before it is deployed: a gap, an overlap or a row that never applies is found here, by
 * trying every column at each value its cells name and right beside it.
 */
final class DecisionTableRules {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
    private static final Set<HitPolicy> POLICIES = Set.of(HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.COLLECT);
    private static final Set<String> WHOLE = Set.of("integer", "long");
    private static final BigDecimal BESIDE = new BigDecimal("0.0001");
    private static final String OTHER = "其他";
    private static final String CELL = "cell";

    private final String file;
    private final String decision;
    private final DecisionTable table;
    private final List<Rule> rows;
    private final HitPolicy policy;
    private final List<ModelFault> faults = new ArrayList<>();
    private boolean unreadable;
    // a table of plain cells, which is nearly every one, needs no FEEL
    private final Supplier<FeelEngine> feel = SingletonSupplier.of(QuickFeel::new);

    private DecisionTableRules(String file, Decision decision, DecisionTable table) {
        this.file = file;
        this.decision = decision.getName();
        this.table = table;
        rows = List.copyOf(table.getRules());
        policy = table.getHitPolicy();
    }

    static List<ModelFault> check(String file, Decision decision, Collection<DecisionTableContract> contracts) {
        if (!(decision.getExpression() instanceof DecisionTable table)) {
            return List.of(new ModelFault(file, decision.getId(), decision.getName(), "决策应是一张决策表"));
        }
        DecisionTableRules rules = new DecisionTableRules(file, decision, table);
        rules.policy(contracts.stream()
                .filter(contract -> contract.decision().equals(decision.getId()))
                .findFirst());
        rules.labels();
        rules.hits();
        return rules.faults;
    }

    private void policy(Optional<DecisionTableContract> contract) {
        if (!POLICIES.contains(policy) || table.getAggregation() != null) {
            fault(table.getId(), "命中策略应为 UNIQUE（只有一行适用）、FIRST（取第一行）或不带汇总的 COLLECT（取所有行），现为 " + policy);
        }
        contract.ifPresent(expected -> {
            if (!policy.name().equals(expected.hitPolicy())) {
                fault(table.getId(), "这张表的命中策略应为 " + expected.hitPolicy() + "，现为 " + policy);
            }
            for (int i = 0; i < rows.size(); i++) {
                int row = i;
                expected.fault(outputs(rows.get(i))).ifPresent(fault -> fault(row, fault));
            }
        });
    }

    private Map<String, String> outputs(Rule row) {
        Map<String, String> outputs = new LinkedHashMap<>();
        List<Output> columns = List.copyOf(table.getOutputs());
        List<String> cells = row.getOutputEntries().stream()
                .map(entry -> entry.getText() == null
                        ? ""
                        : entry.getText().getTextContent().strip())
                .toList();
        for (int i = 0; i < columns.size(); i++) {
            outputs.put(columns.get(i).getName(), cells.get(i).replaceAll("^\"|\"$", ""));
        }
        return outputs;
    }

    private void labels() {
        for (Input input : table.getInputs()) {
            if (input.getLabel() == null || !ModelRules.isChinese(input.getLabel())) {
                fault(input.getId(), "输入列没有中文名称");
            }
        }
        for (Output output : table.getOutputs()) {
            if (output.getLabel() == null || !ModelRules.isChinese(output.getLabel())) {
                fault(output.getId(), "输出列没有中文名称");
            }
        }
    }

    /** A value of a column, and the rows whose cell in this column takes it. */
    private record Point(String shown, BitSet rows) {}

    private void hits() {
        if (rows.isEmpty()) {
            fault(table.getId(), "表中一行也没有");
            return;
        }
        List<List<Point>> columns = new ArrayList<>();
        List<Input> inputs = List.copyOf(table.getInputs());
        for (int column = 0; column < inputs.size(); column++) {
            columns.add(points(column, inputs.get(column)));
        }
        if (unreadable) {
            return;
        }
        BitSet ever = new BitSet(rows.size());
        BitSet all = new BitSet(rows.size());
        all.set(0, rows.size());
        Set<String> said = new LinkedHashSet<>();
        walk(columns, 0, all, new ArrayList<>(), ever, said);
        said.stream().limit(1).forEach(fault -> fault(table.getId(), fault));
        for (int row = ever.nextClearBit(0); row < rows.size(); row = ever.nextClearBit(row + 1)) {
            fault(row, policy == HitPolicy.FIRST ? "永远轮不到：上面的行已包括这种情况" : "条件互相矛盾，永远不会命中");
        }
    }

    private void walk(
            List<List<Point>> columns, int column, BitSet left, List<String> at, BitSet ever, Set<String> said) {
        if (column < columns.size()) {
            for (Point point : columns.get(column)) {
                BitSet both = (BitSet) left.clone();
                both.and(point.rows());
                List<String> there = new ArrayList<>(at);
                if (!point.shown().isEmpty()) {
                    there.add(point.shown());
                }
                walk(columns, column + 1, both, there, ever, said);
            }
        } else if (left.isEmpty()) {
            said.add("没有一行适用于：" + String.join("，", at));
        } else if (policy == HitPolicy.UNIQUE && left.cardinality() > 1) {
            said.add("第 " + (left.nextSetBit(0) + 1) + " 行和第 " + (left.nextSetBit(left.nextSetBit(0) + 1) + 1)
                    + " 行重叠，都适用于：" + String.join("，", at));
        } else if (policy == HitPolicy.FIRST) {
            ever.set(left.nextSetBit(0));
        } else {
            ever.or(left);
        }
    }

    /** Of values that the same rows take, one is enough. */
    private List<Point> points(int column, Input input) {
        List<String> cells = rows.stream().map(row -> cell(row, column)).toList();
        String label = input.getLabel() == null ? "" : input.getLabel().replaceAll("[（(].*", "");
        Map<BitSet, Point> points = new LinkedHashMap<>();
        boolean matters = cells.stream().anyMatch(cell -> !cell.isEmpty());
        for (Object value : values(input, cells)) {
            BitSet taken = new BitSet(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                taken.set(row, takes(row, cells.get(row), value));
            }
            points.putIfAbsent(taken, new Point(matters ? label + " " + shown(value) : "", taken));
        }
        return List.copyOf(points.values());
    }

    private static String cell(Rule row, int column) {
        var entry = new ArrayList<>(row.getInputEntries()).get(column);
        String text =
                entry.getText() == null ? "" : entry.getText().getTextContent().strip();
        return text.equals("-") ? "" : text;
    }

    private boolean takes(int row, String cell, Object value) {
        if (cell.isEmpty()) {
            return true;
        }
        try {
            return QuickFeel.quickly(cell, value)
                    .orElseGet(() -> feel.get()
                            .evaluateSimpleUnaryTests(
                                    cell, CELL, Variables.putValue(CELL, value).asVariableContext()));
        } catch (RuntimeException e) {
            unreadable = true;
            fault(row, "看不懂这一格：" + cell);
            return false;
        }
    }

    /** A column says the same all over a stretch between two numbers; of texts it knows those that are named. */
    private List<Object> values(Input input, List<String> cells) {
        String type = input.getInputExpression() == null
                ? null
                : input.getInputExpression().getTypeRef();
        if ("boolean".equals(type)) {
            return List.of(true, false);
        }
        if ("string".equals(type)) {
            Set<Object> texts = new LinkedHashSet<>();
            String allowed = input.getInputValues() == null
                    ? ""
                    : input.getInputValues().getText().getTextContent();
            (allowed.isBlank() ? String.join(" ", cells) : allowed)
                    .lines()
                    .forEach(line -> TEXT.matcher(line).results().forEach(text -> texts.add(text.group(1))));
            if (texts.isEmpty() || allowed.isBlank() && policy == HitPolicy.FIRST) {
                texts.add(OTHER);
            }
            return List.copyOf(texts);
        }
        // between two whole numbers there is nothing to decide
        BigDecimal beside = WHOLE.contains(String.valueOf(type)) ? BigDecimal.ONE : BESIDE;
        TreeSet<BigDecimal> numbers = new TreeSet<>();
        cells.forEach(cell -> NUMBER.matcher(cell).results().forEach(number -> {
            BigDecimal bound = new BigDecimal(number.group());
            numbers.addAll(List.of(bound.subtract(beside), bound, bound.add(beside)));
        }));
        // below zero only where a cell names something there: most quantities end at zero
        BigDecimal least = numbers.isEmpty() ? BigDecimal.ZERO : numbers.first().add(beside);
        return numbers.isEmpty()
                ? List.of(BigDecimal.ZERO)
                : List.copyOf(least.signum() < 0 ? numbers : numbers.tailSet(BigDecimal.ZERO, true));
    }

    private static String shown(Object value) {
        if (value instanceof Boolean is) {
            return is ? "是" : "否";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private void fault(int row, String message) {
        fault(rows.get(row).getId(), "第 " + (row + 1) + " 行：" + message);
    }

    private void fault(String element, String message) {
        ModelFault fault = new ModelFault(file, element, decision, message);
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }
}
