package com.shunpi.order;

import com.shunpi.receivables.PaidOrders;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the receivables whose orders receipts name, so that money is not booked on an order that is not there. */
@Component
@Transactional(readOnly = true)
class OrdersForReceipts implements PaidOrders {

    private final Orders orders;

    OrdersForReceipts(Orders orders) {
        this.orders = orders;
    }

    @Override
    public Map<String, String> customersOf(Collection<String> orderNumbers) {
        return orders.customersOf(orderNumbers).stream()
                .collect(Collectors.toMap(Orders.Ordered::orderNumber, Orders.Ordered::customerCode));
    }
}
