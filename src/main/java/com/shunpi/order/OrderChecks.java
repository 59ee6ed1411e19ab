package com.shunpi.order;

import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.PriceBook;
import com.shunpi.masterdata.Product;
import com.shunpi.masterdata.RunningPromotions.Promotion;
import com.shunpi.masterdata.Stock;
import com.shunpi.pricing.PricedLine;
import com.shunpi.pricing.SpecialPrices;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Receivables;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Looks at an order from every side and names every reason that holds it, not the first alone (F1). */
@Component
class OrderChecks {

    private final MasterData masterData;
    private final PriceBook priceBook;
    private final Stock stock;
    private final Receivables receivables;
    private final SpecialPrices specialPrices;
    private final Orders orders;
    private final OrderSettings settings;

    OrderChecks(
            MasterData masterData,
            PriceBook priceBook,
            Stock stock,
            Receivables receivables,
            SpecialPrices specialPrices,
            Orders orders,
            OrderSettings settings) {
        this.masterData = masterData;
        this.priceBook = priceBook;
        this.stock = stock;
        this.receivables = receivables;
        this.specialPrices = specialPrices;
        this.orders = orders;
        this.settings = settings;
    }

    /** Every reason that holds the order today, with its explanation in Chinese. */
    Map<HoldReason, String> causes(Order order, LocalDate today) {
        Customer customer = masterData.customer(order.customerCode()).orElseThrow();
        Map<String, Product> products = masterData.products(order.quantities().keySet());
        Map<HoldReason, String> causes = new EnumMap<>(HoldReason.class);
        incomplete(order, causes);
        discontinued(order, products, causes);
        price(customer, order, products, causes);
        if (customer.paymentTerms() == PaymentTerms.PREPAID) {
            payment(order, causes);
        } else {
            credit(customer, order, today, causes);
        }
        if (customer.isBlocked()) {
            causes.put(HoldReason.ACCOUNT, "客户账户已停用");
        }
        stock(order, products, causes);
        return causes;
    }

    /** R1: what another person needs to ship it. Customer, product, quantity and price are refused at intake already. */
    private static void incomplete(Order order, Map<HoldReason, String> causes) {
        List<String> missing = new ArrayList<>();
        require(missing, "要求交期", order.requiredDate());
        require(missing, "发货方式", order.deliveryMode());
        require(missing, "收货人", order.consignee());
        require(missing, "电话", order.phone());
        require(missing, "地址", order.address());
        if (!missing.isEmpty()) {
            causes.put(HoldReason.INCOMPLETE, "缺少：" + String.join("、", missing));
        }
    }

    private static void require(List<String> missing, String label, Object value) {
        if (value == null) {
            missing.add(label);
        }
    }

    private static void discontinued(Order order, Map<String, Product> products, Map<HoldReason, String> causes) {
        String names = order.quantities().keySet().stream()
                .map(products::get)
                .filter(Product::isDiscontinued)
                .map(product -> product.code() + " " + product.name())
                .sorted()
                .collect(Collectors.joining("、"));
        if (!names.isEmpty()) {
            causes.put(HoldReason.DISCONTINUED, "已停产：" + names);
        }
    }

    /** R5 */
    private void price(Customer customer, Order order, Map<String, Product> products, Map<HoldReason, String> causes) {
        List<PricedLine> uncovered = specialPrices.uncovered(
                customer.code(), prices(customer, order, products).below());
        if (!uncovered.isEmpty()) {
            causes.put(
                    HoldReason.PRICE,
                    uncovered.stream()
                            .map(line -> products.get(line.productCode()).name() + " 单价 " + plain(line.askedPrice())
                                    + "，客户价 " + plain(line.customerPrice()))
                            .collect(Collectors.joining("；")));
        }
    }

    /**
     * How an order is priced (R5, P8).
     *
     * @param below the lines below what the customer pays without asking
     * @param promotions discount that running promotions give to the others, CNY by the number of the promotion
     */
    record Prices(List<PricedLine> below, Map<String, BigDecimal> promotions) {}

    private Prices prices(Customer customer, Order order, Map<String, Product> products) {
        List<PricedLine> below = new ArrayList<>();
        Map<String, BigDecimal> used = new TreeMap<>();
        for (OrderLine line : order.lines()) {
            Product product = products.get(line.productCode());
            BigDecimal own = priceBook.ownPrice(customer, product);
            if (line.unitPrice().compareTo(own) < 0) {
                BigDecimal discount = OrderLine.amount(line.quantity(), own.subtract(line.unitPrice()));
                Optional<Promotion> promotion = priceBook
                        .promotion(customer, product)
                        .filter(running -> line.unitPrice().compareTo(running.price()) >= 0
                                && used.getOrDefault(running.number(), BigDecimal.ZERO)
                                                .add(discount)
                                                .compareTo(running.left())
                                        <= 0);
                if (promotion.isPresent()) {
                    used.merge(promotion.get().number(), discount, BigDecimal::add);
                } else {
                    below.add(new PricedLine(
                            line.productCode(), line.quantity(), product.listPrice(), own, line.unitPrice()));
                }
            }
        }
        used.values().removeIf(discount -> discount.signum() == 0);
        return new Prices(below, used);
    }

    Prices prices(Order order) {
        return prices(
                masterData.customer(order.customerCode()).orElseThrow(),
                order,
                masterData.products(order.quantities().keySet()));
    }

    /** R4: prepaid goods wait for the whole amount. */
    private void payment(Order order, Map<HoldReason, String> causes) {
        BigDecimal received = receivables.receivedFor(order.orderNumber());
        if (received.compareTo(order.amount()) < 0) {
            causes.put(HoldReason.PAYMENT, "预付订单应收 " + plain(order.amount()) + " 元，已到 " + plain(received) + " 元");
        }
    }

    /** R4, F2: unpaid invoices + unbilled orders within the limit, and nothing overdue past the grace days. */
    private void credit(Customer customer, Order order, LocalDate today, Map<HoldReason, String> causes) {
        List<Invoice> open = receivables.openInvoices(customer.code());
        BigDecimal exposure = exposure(open, order);
        BigDecimal used = exposure.add(order.amount());
        if (used.compareTo(customer.creditLimit()) > 0) {
            causes.put(
                    HoldReason.CREDIT_LIMIT,
                    "已用额度 " + plain(exposure) + " 元 + 本单 " + plain(order.amount()) + " 元，超过信用额度 "
                            + plain(customer.creditLimit()) + " 元" + share(used, customer.creditLimit()));
        }
        List<Invoice> overdue = open.stream()
                .filter(invoice -> daysOverdue(invoice, today) > settings.overdueGraceDays())
                .toList();
        if (!overdue.isEmpty()) {
            BigDecimal amount = overdue.stream().map(Invoice::open).reduce(BigDecimal.ZERO, BigDecimal::add);
            causes.put(
                    HoldReason.OVERDUE,
                    "逾期发票 " + overdue.size() + " 张，共 " + plain(amount) + " 元，最长逾期 " + daysOverdue(overdue.get(0), today)
                            + " 天（" + overdue.get(0).invoiceNumber() + "）");
        }
    }

    /** What the customer uses of his credit without this order, CNY (F2). */
    BigDecimal exposure(List<Invoice> openInvoices, Order order) {
        BigDecimal unpaid = openInvoices.stream().map(Invoice::open).reduce(BigDecimal.ZERO, BigDecimal::add);
        return unpaid.add(orders.unbilledBefore(order.customerCode(), order.orderNumber(), order.receivedAt()));
    }

    static long daysOverdue(Invoice invoice, LocalDate today) {
        return ChronoUnit.DAYS.between(invoice.dueDate(), today);
    }

    private static String share(BigDecimal used, BigDecimal limit) {
        return limit.signum() == 0
                ? ""
                : "（占 " + used.multiply(BigDecimal.valueOf(100)).divide(limit, 0, RoundingMode.UP) + "%）";
    }

    /** R3: what is free, and what the order holds already, must be enough. */
    private void stock(Order order, Map<String, Product> products, Map<HoldReason, String> causes) {
        Map<String, Integer> missing = missing(order);
        if (!missing.isEmpty()) {
            causes.put(
                    HoldReason.STOCK,
                    missing.entrySet().stream()
                            .map(entry -> entry.getKey() + " "
                                    + products.get(entry.getKey()).name() + " 缺 " + entry.getValue())
                            .collect(Collectors.joining("；")));
        }
    }

    /** Units the warehouse lacks for the order, by product code. */
    Map<String, Integer> missing(Order order) {
        Map<String, Integer> wanted = order.quantities();
        Map<String, Integer> free = stock.available(wanted.keySet());
        Map<String, Integer> held = stock.heldBy(order.orderNumber());
        Map<String, Integer> missing = new TreeMap<>();
        wanted.forEach((product, quantity) -> {
            int lacking = quantity - held.getOrDefault(product, 0) - Math.max(0, free.getOrDefault(product, 0));
            if (lacking > 0) {
                missing.put(product, lacking);
            }
        });
        return missing;
    }

    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 2 ? stripped.setScale(2) : stripped).toPlainString();
    }
}
