package com.shunpi.collection;

import com.shunpi.workflow.DecisionTables;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the process owners' tables say: the stages by days overdue, and what is too small to ask for (C3). */
@Component
class Stages {

    static final String STAGES = "collection-stages";
    static final String FLOORS = "collection-floors";

    private static final Letter NO_LETTER = Letter.NONE;

    enum Letter {
        NONE,
        DUE,
        OVERDUE
    }

    /**
     * @param number counts up; an invoice never goes back to a lower one
     * @param letter what the customer is sent
     * @param followUp who gets a task
     * @param hold whether credit orders are held from here on (C8)
     */
    record Stage(int number, String label, Letter letter, FollowUp followUp, boolean hold) {}

    /**
     * CNY.
     *
     * @param invoice an invoice with less than this open is left out
     * @param balance a customer who owes less than this in all of what is due is left alone
     */
    record Floors(BigDecimal invoice, BigDecimal balance) {}

    private final DecisionTables tables;

    Stages(DecisionTables tables) {
        this.tables = tables;
    }

    /** Asks the tables as they are now, each question once. */
    Asking ask() {
        return new Asking(tables.latest(STAGES), tables.latest(FLOORS));
    }

    static final class Asking {

        private final DecisionTables.Table stages;
        private final DecisionTables.Table floors;
        private final Map<Long, Stage> stageByDays = new HashMap<>();

        private Asking(DecisionTables.Table stages, DecisionTables.Table floors) {
            this.stages = stages;
            this.floors = floors;
        }

        /**
         * @param daysOverdue calendar days since the due date, not below zero
         * @throws IllegalStateException when no row of the table is for it: nobody is forgotten in silence
         */
        Stage stage(long daysOverdue) {
            return stageByDays.computeIfAbsent(daysOverdue, this::read);
        }

        private Stage read(long days) {
            List<Map<String, Object>> rows = stages.ask(Map.of("daysOverdue", days));
            if (rows.isEmpty()) {
                throw new IllegalStateException("决策表 " + STAGES + " 没有逾期 " + days + " 天的阶段");
            }
            Map<String, Object> row = rows.get(0);
            return new Stage(
                    ((Number) row.get("stage")).intValue(),
                    (String) row.get("label"),
                    word(Letter.class, row.get("letter"), NO_LETTER),
                    word(FollowUp.class, row.get("followUp"), FollowUp.NONE),
                    Boolean.TRUE.equals(row.get("hold")));
        }

        Floors floors(String customerCode, String grade) {
            List<Map<String, Object>> rows = floors.ask(Map.of("customerCode", customerCode, "grade", grade));
            return rows.isEmpty()
                    ? new Floors(BigDecimal.ZERO, BigDecimal.ZERO)
                    : new Floors(amount(rows.get(0), "invoiceFloor"), amount(rows.get(0), "balanceFloor"));
        }

        private static BigDecimal amount(Map<String, Object> row, String column) {
            return row.get(column) instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ZERO;
        }

        private static <E extends Enum<E>> E word(Class<E> type, Object cell, E otherwise) {
            return cell == null
                    ? otherwise
                    : Enum.valueOf(
                            type, cell.toString().toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
