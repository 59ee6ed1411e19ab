package com.shunpi.order;

import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What really left the warehouse for a customer: what a return can be about (T1). */
@Component
@Transactional(readOnly = true)
public class Deliveries {

    /**
     * An order that was dispatched.
     *
     * @param kind a shipment of a returns case can be returned like a sale
     * @param dispatchedOn Asia/Shanghai
     * @param invoiceNumber null while it is not invoiced, or where there is nothing to invoice
     */
    public record Delivery(
            String orderNumber,
            OrderKind kind,
            String customerCode,
            String consignee,
            String phone,
            String address,
            String deliveryMode,
            LocalDate dispatchedOn,
            String invoiceNumber,
            List<Line> lines) {}

    /**
     * @param number counts from 0, as the order's lines do
     * @param unitPrice CNY, four decimals
     */
    public record Line(
            int number, String productCode, String productName, String model, int quantity, BigDecimal unitPrice) {}

    private final Orders orders;
    private final MasterData masterData;

    Deliveries(Orders orders, MasterData masterData) {
        this.orders = orders;
        this.masterData = masterData;
    }

    /** The delivery of an order; empty when there is no such order, or nothing of it has left. */
    public Optional<Delivery> of(String orderNumber) {
        return orders.findById(orderNumber)
                .filter(order -> order.dispatchedOn() != null)
                .map(this::delivery);
    }

    private Delivery delivery(Order order) {
        Map<String, Product> products = masterData.products(order.quantities().keySet());
        List<OrderLine> lines = order.lines();
        return new Delivery(
                order.orderNumber(),
                order.kind(),
                order.customerCode(),
                order.consignee(),
                order.phone(),
                order.address(),
                order.deliveryMode(),
                order.dispatchedOn(),
                order.invoicedAt() == null ? null : order.invoiceNumber(),
                IntStream.range(0, lines.size())
                        .mapToObj(i -> {
                            OrderLine line = lines.get(i);
                            Product product = products.get(line.productCode());
                            return new Line(
                                    i,
                                    line.productCode(),
                                    product.name(),
                                    product.model(),
                                    line.quantity(),
                                    line.unitPrice());
                        })
                        .toList());
    }
}
