package com.shunpi.workflow;

import com.shunpi.shared.Fault;
import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * What a person sent with a task, checked on the server whatever the form checked before. Faults are collected and
 * refused together by {@link #check()}; the values are taken out of the process, so that none survives the task it was
 * given for.
 */
public final class TaskInput {

    private static final int COMMENT_LENGTH = 1000;

    private final DelegateTask task;
    private final List<Fault> faults = new ArrayList<>();

    private TaskInput(DelegateTask task) {
        this.task = task;
    }

    public static TaskInput of(DelegateTask task) {
        return new TaskInput(task);
    }

    /** The decision; anything that is none of the choices is a fault. */
    public String decision(String... choices) {
        String decision = take("decision");
        if (decision == null || !Arrays.asList(choices).contains(decision)) {
            faults.add(Fault.of("decision", decision == null ? "请选择处理结果。" : "没有这个选项：" + decision));
        }
        return decision;
    }

    /** The comment; required unless the decision is one of those that approve. Null when empty. */
    public String comment(String decision, String... approvals) {
        String comment = take("comment");
        if (comment == null && !Arrays.asList(approvals).contains(decision)) {
            faults.add(Fault.of("comment", "请填写意见或原因。"));
        }
        if (comment != null && comment.length() > COMMENT_LENGTH) {
            faults.add(Fault.of("comment", "意见不能超过 " + COMMENT_LENGTH + " 个字。"));
        }
        return comment;
    }

    /** A required text. */
    public String text(String name, String label, int maxLength) {
        String value = take(name);
        if (value == null) {
            faults.add(Fault.of(name, "请填写" + label + "。"));
        } else if (value.length() > maxLength) {
            faults.add(Fault.of(name, label + "不能超过 " + maxLength + " 个字。"));
        }
        return value;
    }

    /** A text that may be left out; null then. */
    public String optionalText(String name, String label, int maxLength) {
        String value = take(name);
        if (value != null && value.length() > maxLength) {
            faults.add(Fault.of(name, label + "不能超过 " + maxLength + " 个字。"));
        }
        return value;
    }

    /** A required ISO date within the bounds. */
    public LocalDate date(String name, String label, LocalDate earliest, LocalDate latest) {
        String value = take(name);
        try {
            LocalDate date = value == null ? null : LocalDate.parse(value);
            if (date == null) {
                faults.add(Fault.of(name, "请填写" + label + "。"));
            } else if (date.isBefore(earliest) || date.isAfter(latest)) {
                faults.add(Fault.of(name, label + "应在 " + earliest + " 至 " + latest + " 之间。"));
            }
            return date;
        } catch (DateTimeParseException e) {
            faults.add(Fault.of(name, label + "不是日期（应如 2026-11-22）：" + value));
            return null;
        }
    }

    /** A required whole number within the bounds. */
    public int number(String name, String label, int least, int most) {
        String value = take(name);
        try {
            int number = value == null ? least - 1 : Integer.parseInt(value);
            if (number < least || number > most) {
                faults.add(Fault.of(name, label + "应为 " + least + " 至 " + most + " 的整数。"));
            }
            return number;
        } catch (NumberFormatException e) {
            faults.add(Fault.of(name, label + "应为整数：" + value));
            return least;
        }
    }

    /** A required amount above zero, CNY, at most two decimals. */
    public BigDecimal amount(String name, String label) {
        String value = take(name);
        if (value == null || value.length() > 30 || !value.matches("\\d+(\\.\\d+)?")) {
            faults.add(Fault.of(name, label + "应为大于 0、最多两位小数的数。"));
            return null;
        }
        BigDecimal amount = new BigDecimal(value);
        if (amount.signum() <= 0 || !Money.fits(amount, 2)) {
            faults.add(Fault.of(name, label + "应为大于 0、最多两位小数的数。"));
        }
        return amount;
    }

    /** A JSON document as the form wrote it; null when there is none. */
    public String json(String name) {
        Object value = task.getVariable(name);
        task.removeVariable(name);
        return value == null ? null : value.toString();
    }

    public void fault(String field, String message) {
        faults.add(Fault.of(field, message));
    }

    /** Refuses when anything was wrong: the task is back with the user and nothing has changed. */
    public void check() {
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
    }

    private String take(String name) {
        Object value = task.getVariable(name);
        task.removeVariable(name);
        String text = value == null ? null : value.toString().strip();
        return text == null || text.isEmpty() ? null : text;
    }
}
