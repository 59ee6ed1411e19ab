package com.shunpi.returns;

import com.shunpi.shared.RefusedException;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How much of each delivered order line is back, or on its way back (T1): a row per line, moved by guarded updates, so that
 * two applications can never take the same last unit. A constraint of the table says it once more.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReturnLedger {

    private final JdbcClient jdbc;

    ReturnLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes units of an order line for a return.
     *
     * @param delivered units that left the warehouse
     * @return false when less is left
     * @throws org.springframework.dao.DuplicateKeyException when another one began the line at the same moment: try again
     */
    boolean take(String orderNumber, int line, int delivered, int quantity) {
        if (rows(orderNumber, line) == 0) {
            jdbc.sql("insert into return_ledger (order_number, line_number, delivered, taken)"
                            + " values (:order, :line, :delivered, 0)")
                    .param("order", orderNumber)
                    .param("line", line)
                    .param("delivered", delivered)
                    .update();
        }
        return jdbc.sql(
                                "update return_ledger set taken = taken + :quantity"
                                        + " where order_number = :order and line_number = :line and taken + :quantity <= delivered")
                        .param("quantity", quantity)
                        .param("order", orderNumber)
                        .param("line", line)
                        .update()
                == 1;
    }

    private long rows(String orderNumber, int line) {
        return jdbc.sql("select count(*) from return_ledger where order_number = :order and line_number = :line")
                .param("order", orderNumber)
                .param("line", line)
                .query(Long.class)
                .single();
    }

    /** Gives units back that a return does not take after all, by order line. */
    void giveBack(String orderNumber, Map<Integer, Integer> quantities) {
        quantities.forEach((line, quantity) -> {
            int rows = jdbc.sql("update return_ledger set taken = taken - :quantity"
                            + " where order_number = :order and line_number = :line and taken >= :quantity")
                    .param("quantity", quantity)
                    .param("order", orderNumber)
                    .param("line", line)
                    .update();
            if (rows == 0) {
                throw RefusedException.conflict("订单 " + orderNumber + " 第 " + (line + 1) + " 行的退货数量对不上。");
            }
        });
    }

    /** Units taken so far, by order line. */
    Map<Integer, Integer> taken(String orderNumber) {
        return jdbc
                .sql("select line_number, taken from return_ledger where order_number = :order")
                .param("order", orderNumber)
                .query((row, number) -> Map.entry(row.getInt(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
