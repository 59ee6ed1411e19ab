package com.shunpi.order;

import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.PriceBook;
import com.shunpi.masterdata.Product;
import com.shunpi.masterdata.Stock;
import com.shunpi.receivables.OpenInvoice;
import com.shunpi.receivables.Receivables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import com.shunpi.workflow.HiddenContent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows an order to whoever asks, with what his role may see (A3, A5). */
@Component
@Transactional(readOnly = true)
class OrderViews {

    private final OrderService orders;
    private final OrderChecks checks;
    private final OrderReviewProcess process;
    private final MasterData masterData;
    private final PriceBook priceBook;
    private final Stock stock;
    private final Receivables receivables;
    private final Directory directory;
    private final CurrentActor actor;
    private final HiddenContent hidden;

    OrderViews(
            OrderService orders,
            OrderChecks checks,
            OrderReviewProcess process,
            MasterData masterData,
            PriceBook priceBook,
            Stock stock,
            Receivables receivables,
            Directory directory,
            CurrentActor actor,
            HiddenContent hidden) {
        this.orders = orders;
        this.checks = checks;
        this.process = process;
        this.masterData = masterData;
        this.priceBook = priceBook;
        this.stock = stock;
        this.receivables = receivables;
        this.directory = directory;
        this.actor = actor;
        this.hidden = hidden;
    }

    boolean mayReadPrices() {
        return actor.isInAny(Groups.PRICE_READERS);
    }

    OrderView view(String orderNumber) {
        Order order = orders.order(orderNumber);
        return view(order, process.openTasks(orderNumber), hidden.includes(orderNumber));
    }

    /** A draft that is not kept: what it would look like. */
    OrderView preview(OrderDraft draft) {
        return view(orders.preview(draft, actor.id()), List.of(), false);
    }

    private OrderView view(Order order, List<OrderReviewProcess.OpenTask> tasks, boolean blind) {
        boolean prices = mayReadPrices() && !blind;
        Customer customer = orders.customerOf(order);
        return new OrderView(
                order.orderNumber(),
                order.source(),
                order.externalNumber(),
                order.customerCode(),
                order.requiredDate(),
                order.deliveryMode(),
                order.consignee(),
                order.phone(),
                order.address(),
                order.orderedAt(),
                order.isUrgent(),
                order.remark(),
                order.kind(),
                order.kind().label(),
                order.caseNumber(),
                order.status(),
                order.status().label(),
                prices ? order.amount().toPlainString() : null,
                order.enteredBy(),
                directory.nameOf(order.enteredBy()),
                order.receivedAt(),
                orders.replyBy(order),
                order.repliedAt(),
                order.promisedDate(),
                order.releasedAt(),
                order.shipBy(),
                lines(order, customer, prices, blind),
                holds(order.openHolds(), prices, blind, awaited(order)),
                holds(order.releasedHolds(), prices, blind, ""),
                customer(order, customer, prices),
                order.unpaidReason() == null || blind
                        ? null
                        : new OrderView.Unpaid(
                                order.unpaidReason(), order.unpaidRequestedBy(), order.unpaidApprovedBy()),
                order.carrier() == null
                        ? null
                        : new OrderView.Shipment(
                                order.carrier(), order.waybill(), order.pieces(), order.dispatchedOn()),
                order.invoiceNumber() == null || !mayReadPrices()
                        ? null
                        : new OrderView.InvoiceView(
                                order.invoiceNumber(),
                                blind ? null : order.taxNumber(),
                                order.invoicePreparedBy(),
                                order.invoicedAt()),
                order.signedBy() == null ? null : new OrderView.Note(order.signedBy(), order.signedOn()),
                tasks,
                may(order, blind),
                blind ? true : null);
    }

    private List<OrderView.Line> lines(Order order, Customer customer, boolean prices, boolean blind) {
        Map<String, Product> products = masterData.products(order.quantities().keySet());
        Map<String, Integer> free = stock.available(order.quantities().keySet());
        Map<String, Integer> held = stock.heldBy(order.orderNumber());
        return order.lines().stream()
                .map(line -> {
                    Product product = products.get(line.productCode());
                    return new OrderView.Line(
                            line.productCode(),
                            product.name(),
                            product.model(),
                            blind ? null : line.quantity(),
                            prices ? line.unitPrice().toPlainString() : null,
                            prices ? product.listPrice().toPlainString() : null,
                            prices ? priceBook.customerPrice(customer, product).toPlainString() : null,
                            prices ? line.amount().toPlainString() : null,
                            free.getOrDefault(line.productCode(), 0),
                            blind ? null : held.getOrDefault(line.productCode(), 0),
                            product.isDiscontinued());
                })
                .toList();
    }

    /** Where the price is asked for already, so that nobody looks for a task of this order (R5). */
    private String awaited(Order order) {
        return !order.isHeldBy(HoldReason.PRICE)
                ? ""
                : orders.awaitedPriceRequest(order.orderNumber())
                        .map(request -> "；已在 " + request + " 中申请，等它的结论")
                        .orElse("");
    }

    private static List<OrderView.HoldView> holds(
            Map<HoldReason, Hold> holds, boolean details, boolean blind, String awaited) {
        return holds.entrySet().stream()
                .map(entry -> {
                    boolean open = !blind && (details || entry.getKey() == HoldReason.STOCK);
                    Hold hold = entry.getValue();
                    return new OrderView.HoldView(
                            entry.getKey(),
                            entry.getKey().label(),
                            open ? hold.detail() + (entry.getKey() == HoldReason.PRICE ? awaited : "") : null,
                            hold.since(),
                            hold.releasedBy(),
                            open ? hold.releaseReason() : null,
                            hold.reviewOn());
                })
                .toList();
    }

    private OrderView.CustomerView customer(Order order, Customer customer, boolean prices) {
        if (!prices) {
            return new OrderView.CustomerView(
                    customer.code(),
                    customer.name(),
                    customer.grade().name(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        List<OpenInvoice> open = receivables.openInvoices(customer.code());
        LocalDate today = orders.today();
        List<OpenInvoice> overdue = open.stream()
                .filter(invoice -> OrderChecks.daysOverdue(invoice, today) > 0)
                .toList();
        BigDecimal overdueAmount = overdue.stream().map(OpenInvoice::open).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean prepaid = customer.paymentTerms() == PaymentTerms.PREPAID;
        return new OrderView.CustomerView(
                customer.code(),
                customer.name(),
                customer.grade().name(),
                customer.paymentTerms().code(),
                customer.creditLimit().toPlainString(),
                checks.exposure(open, order).toPlainString(),
                overdueAmount.setScale(2).toPlainString(),
                overdue.isEmpty() ? 0L : OrderChecks.daysOverdue(overdue.get(0), today),
                prepaid
                        ? receivables
                                .receivedFor(order.orderNumber())
                                .setScale(2)
                                .toPlainString()
                        : null,
                customer.isBlocked());
    }

    /** What the caller may do with the order now, besides its tasks. */
    private List<String> may(Order order, boolean blind) {
        List<String> may = new ArrayList<>();
        if (order.status().isBeforeRelease()) {
            if (actor.isIn(OrderController.KEEPERS)) {
                may.addAll(blind ? List.of("cancel", "check-again") : List.of("change", "cancel", "check-again"));
            }
            if (actor.isIn(OrderController.HOLDERS)) {
                may.add("hold");
            }
        }
        return may;
    }
}
