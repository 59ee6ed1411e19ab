package com.shunpi.order;

import com.shunpi.masterdata.StockArrived;
import com.shunpi.receivables.CustomerStandingChanged;
import com.shunpi.receivables.PaymentRecorded;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets orders go on by themselves when what held them is gone, in the transaction that took it away (F3, N9). */
@Component
@Transactional
class HeldOrders {

    private final OrderService orders;
    private final OrderReviewProcess process;

    HeldOrders(OrderService orders, OrderReviewProcess process) {
        this.orders = orders;
        this.process = process;
    }

    /** Goods came in: those who wait get them in their order (R3). */
    @EventListener
    void stockArrived(StockArrived arrival) {
        orders.allocate(arrival.productCodes()).forEach(process::stockAllocated);
    }

    /** Money came in: the prepaid order it names, and the customer's orders on credit hold, are looked at again (R4). */
    @EventListener
    void paymentRecorded(PaymentRecorded payment) {
        checkAllAgain(payment.customerCode());
    }

    /** Collection thinks otherwise of the customer now: his orders on credit hold are looked at again (C8, N9). */
    @EventListener
    void standingChanged(CustomerStandingChanged change) {
        checkAllAgain(change.customerCode());
    }

    private void checkAllAgain(String customerCode) {
        orders.heldOrdersOf(customerCode).forEach(this::checkAgain);
    }

    /** Looks again; where the reason for the present task is gone, the case goes on. */
    Order checkAgain(String orderNumber) {
        Order order = orders.examine(orderNumber);
        boolean held = order.openHolds().keySet().stream()
                .anyMatch(reason -> reason == HoldReason.PAYMENT || reason.isCredit());
        if (!held) {
            process.goOn(orderNumber);
        }
        return order;
    }
}
