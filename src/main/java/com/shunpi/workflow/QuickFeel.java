package com.shunpi.workflow;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * The engine's own FEEL, with a short way for what nearly every cell of a decision table is: the name of a fact, a text, a
 * whole number, a comparison with a number. FEEL parses a cell each time it is asked and sets up all its functions for it, which costs some
 * tenths of a millisecond; a preview asks thousands of cells. Whatever else a cell says is FEEL's business as before.
 */
final class QuickFeel extends ScalaFeelEngine {

    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]*)\"");
    /** FEEL hands a number on as a Long when it fits into one; these do. */
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<|>)\\s*(-?\\d+(?:\\.\\d+)?)");

    /** What a cell tests, for values of one type; none for a cell that FEEL has to read. */
    private record Cell(Class<?> type, Predicate<Object> test) {}

    private static final Cell FEEL = new Cell(Void.class, value -> false);

    // the cells of the deployed tables; few, and each stays what it is
    private final Map<String, Cell> cells = new ConcurrentHashMap<>();

    QuickFeel() {
        super(List.of());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T evaluateSimpleExpression(String expression, VariableContext variables) {
        Matcher text = TEXT.matcher(expression);
        if (text.matches()) {
            return (T) text.group(1);
        }
        if (WHOLE.matcher(expression).matches()) {
            return (T) Long.valueOf(expression);
        }
        if (isBoolean(expression)) {
            return (T) Boolean.valueOf(expression);
        }
        Object value = NAME.matcher(expression).matches() ? value(variables, expression) : null;
        return value == null ? super.evaluateSimpleExpression(expression, variables) : (T) value;
    }

    /** What the cell says of the value, where that takes no FEEL. */
    static Optional<Boolean> quickly(String expression, Object value) {
        return Optional.of(cell(expression))
                .filter(cell -> cell.type().isInstance(value))
                .map(cell -> cell.test().test(value));
    }

    @Override
    public boolean evaluateSimpleUnaryTests(String expression, String input, VariableContext variables) {
        Cell cell = cells.computeIfAbsent(expression, QuickFeel::cell);
        Object value = value(variables, input);
        return cell.type().isInstance(value)
                ? cell.test().test(value)
                : super.evaluateSimpleUnaryTests(expression, input, variables);
    }

    private static Cell cell(String expression) {
        Matcher text = TEXT.matcher(expression);
        if (text.matches()) {
            return new Cell(String.class, text.group(1)::equals);
        }
        if (isBoolean(expression)) {
            return new Cell(Boolean.class, Boolean.valueOf(expression)::equals);
        }
        Matcher comparison = COMPARISON.matcher(expression);
        return comparison.matches()
                ? new Cell(BigDecimal.class, comparison(comparison.group(1), new BigDecimal(comparison.group(2))))
                : FEEL;
    }

    private static boolean isBoolean(String expression) {
        return expression.equals("true") || expression.equals("false");
    }

    private static Predicate<Object> comparison(String operator, BigDecimal bound) {
        return switch (operator) {
            case "<" -> value -> ((BigDecimal) value).compareTo(bound) < 0;
            case "<=" -> value -> ((BigDecimal) value).compareTo(bound) <= 0;
            case ">" -> value -> ((BigDecimal) value).compareTo(bound) > 0;
            default -> value -> ((BigDecimal) value).compareTo(bound) >= 0;
        };
    }

    /** Null when there is no such fact. */
    private static Object value(VariableContext variables, String name) {
        TypedValue value = variables.resolve(name);
        return value == null ? null : value.getValue();
    }
}
