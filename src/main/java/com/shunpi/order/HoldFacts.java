package com.shunpi.order;

import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Product;
import com.shunpi.receivables.OpenInvoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What decides whether orders that came in together are held, read once for all of them. Those that come first count for the
 * later ones, as if each had come alone.
 *
 * @param orders in their order of receipt
 * @param customers by code
 * @param products by code
 * @param openInvoices of customers who buy on credit, oldest due date first
 * @param unbilled value of such a customer's orders that are not billed yet, released or in line before the first of these, CNY
 * @param concerns what speaks against selling to such a customer (C8)
 * @param received for prepaid orders, CNY
 * @param available units that are free for an order, by its number and the product's code
 */
record HoldFacts(
        List<Order> orders,
        Map<String, Customer> customers,
        Map<String, Product> products,
        Map<String, List<OpenInvoice>> openInvoices,
        Map<String, BigDecimal> unbilled,
        Map<String, List<String>> concerns,
        Map<String, BigDecimal> received,
        Map<String, Map<String, Integer>> available) {

    List<OpenInvoice> openInvoices(Order order) {
        return openInvoices.getOrDefault(order.customerCode(), List.of());
    }

    List<String> concerns(Order order) {
        return concerns.getOrDefault(order.customerCode(), List.of());
    }

    BigDecimal received(Order order) {
        return received.getOrDefault(order.orderNumber(), BigDecimal.ZERO);
    }

    Map<String, Integer> available(Order order) {
        return available.getOrDefault(order.orderNumber(), Map.of());
    }

    /** Value of what the customer has ordered before and is not billed yet, CNY. */
    BigDecimal unbilled(Order order) {
        return orders.stream()
                .takeWhile(other -> other != order)
                .filter(other -> other.customerCode().equals(order.customerCode()))
                .filter(other -> OrderStatus.IN_LINE.contains(other.status()))
                .map(Order::amount)
                .reduce(unbilled.getOrDefault(order.customerCode(), BigDecimal.ZERO), BigDecimal::add);
    }
}
