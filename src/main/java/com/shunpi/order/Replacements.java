package com.shunpi.order;

import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Goods that a returns case sends to a customer (T7). They go the way of an order: completeness, review, stock,
 * verification, shipment, notice, signed note. Price, credit and discontinuation hold none of them; what is asked for them
 * on top, a surcharge, is paid for and invoiced like a sale.
 */
@Component
@Transactional
public class Replacements {

    /**
     * What is to be sent.
     *
     * @param caseNumber the returns case
     * @param purpose tells two shipments of one case apart; the same case and purpose again is the same order
     * @param kind not {@link OrderKind#SALE}
     * @param consignee null when it is not known yet: the order goes back to be completed (R1); so are the other data of
     *     the delivery
     * @param owner who answers for the case: he counts as the person who entered it (V1)
     */
    public record Wanted(
            String caseNumber,
            String purpose,
            OrderKind kind,
            String customerCode,
            LocalDate requiredDate,
            String deliveryMode,
            String consignee,
            String phone,
            String address,
            String remark,
            List<Line> lines,
            String owner) {}

    /** @param surcharge per unit, CNY, at most four decimals; usually zero */
    public record Line(String productCode, int quantity, BigDecimal surcharge) {}

    private static final String SOURCE = "returns";

    private final OrderService orders;
    private final Orders repository;
    private final DocumentNumbers numbers;

    Replacements(OrderService orders, Orders repository, DocumentNumbers numbers) {
        this.orders = orders;
        this.repository = repository;
        this.numbers = numbers;
    }

    /**
     * Keeps the order, whose process the caller starts under the number it gets ({@code order-review} as a call activity,
     * the number as business key). Refused by field when the customer or a product is unknown.
     */
    public String open(Wanted wanted) {
        if (wanted.kind() == OrderKind.SALE) {
            throw new IllegalArgumentException("A returns case sells nothing: " + wanted.caseNumber());
        }
        String externalNumber = wanted.caseNumber() + "/" + wanted.purpose();
        Optional<Order> known = repository.findBySourceAndExternalNumber(SOURCE, externalNumber);
        if (known.isPresent()) {
            return known.get().orderNumber();
        }
        OrderDraft draft = new OrderDraft(
                SOURCE,
                externalNumber,
                wanted.customerCode(),
                wanted.requiredDate(),
                wanted.deliveryMode(),
                wanted.consignee(),
                wanted.phone(),
                wanted.address(),
                null,
                false,
                wanted.remark(),
                wanted.lines().stream()
                        .map(line -> new OrderDraft.Line(line.productCode(), line.quantity(), line.surcharge()))
                        .toList());
        orders.mustBeKnown(draft);
        return orders.register(numbers.next("SO"), draft, wanted.kind(), wanted.caseNumber(), wanted.owner())
                .orderNumber();
    }

    /** Where a shipment of a case stands. Refused when there is no such order. */
    @Transactional(readOnly = true)
    public OrderStatus status(String orderNumber) {
        return repository
                .findById(orderNumber)
                .map(Order::status)
                .orElseThrow(() -> RefusedException.notFound("没有订单 " + orderNumber + "。"));
    }
}
