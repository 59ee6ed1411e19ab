package com.shunpi.masterdata;

import com.shunpi.shared.Fault;
import com.shunpi.shared.PlainText;
import com.shunpi.shared.RefusedException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Goods that came into the warehouse, each delivery note booked once per product however often it is sent. */
@Service
class GoodsReceipts {

    private static final int MAX_QUANTITY = 9_999_999;

    private final JdbcClient jdbc;
    private final Stock stock;
    private final Clock clock;

    GoodsReceipts(JdbcClient jdbc, Stock stock, Clock clock) {
        this.jdbc = jdbc;
        this.stock = stock;
        this.clock = clock;
    }

    /**
     * Books a delivery; who waits for the product is served in the same transaction (R3).
     *
     * @return whether it was new
     * @throws RefusedException when a field is missing or wrong, the product is unknown, or the delivery note was booked
     *     with another quantity
     */
    @Transactional
    boolean book(String productCode, Integer quantity, String reference, String receivedBy) {
        String note = PlainText.trimmed(reference);
        List<Fault> faults = new ArrayList<>();
        if (quantity == null || quantity < 1 || quantity > MAX_QUANTITY) {
            faults.add(Fault.of("quantity", "数量：必须在 1 到 9999999 之间"));
        }
        if (note == null) {
            faults.add(Fault.of("reference", "到货单号：不能为空"));
        }
        PlainText.fault(note, 60).ifPresent(message -> faults.add(Fault.of("reference", "到货单号：" + message)));
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        // the product's row is locked first, so that the same note sent twice at once comes one after the other
        if (stock.lock(Set.of(productCode)).isEmpty()) {
            throw RefusedException.notFound("没有产品 " + productCode + "。");
        }
        Optional<Integer> booked = jdbc.sql(
                        "select quantity from goods_receipt where product_code = :product and reference = :reference")
                .param("product", productCode)
                .param("reference", note)
                .query(Integer.class)
                .optional();
        if (booked.isPresent()) {
            if (!booked.get().equals(quantity)) {
                throw RefusedException.conflict(
                        "到货单号 " + note + " 已登记，但数量不同。",
                        List.of(Fault.of("quantity", "原为 " + booked.get() + "，现为 " + quantity)));
            }
            return false;
        }
        jdbc.sql("insert into goods_receipt (product_code, reference, quantity, received_by, received_at)"
                        + " values (:product, :reference, :quantity, :by, :at)")
                .param("product", productCode)
                .param("reference", note)
                .param("quantity", quantity)
                .param("by", receivedBy)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        stock.receive(productCode, quantity);
        return true;
    }
}
