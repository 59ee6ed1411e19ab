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
import com.shunpi.receivables.CreditConcerns;
import com.shunpi.receivables.OpenInvoice;
import com.shunpi.receivables.Receivables;
import com.shunpi.shared.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Looks at an order from every side and names every reason that holds it, not the first alone (F1). */
@Component
class OrderChecks {

    private final MasterData masterData;
    private final PriceBook priceBook;
    private final Stock stock;
    private final Receivables receivables;
    private final SpecialPrices specialPrices;
    private final Orders orders;
    private final UnbilledOrders unbilled;
    private final HoldLimits holdLimits;
    // looked up once
    private final Supplier<List<CreditConcerns>> concerns;

    OrderChecks(
            MasterData masterData,
            PriceBook priceBook,
            Stock stock,
            Receivables receivables,
            SpecialPrices specialPrices,
            Orders orders,
            UnbilledOrders unbilled,
            HoldLimits holdLimits,
            ObjectProvider<CreditConcerns> concerns) {
        this.masterData = masterData;
        this.priceBook = priceBook;
        this.stock = stock;
        this.receivables = receivables;
        this.specialPrices = specialPrices;
        this.orders = orders;
        this.unbilled = unbilled;
        this.holdLimits = holdLimits;
        this.concerns = SingletonSupplier.of(() -> concerns.stream().toList());
    }

    /** Every reason that holds the order today, with its explanation in Chinese. */
    Map<HoldReason, String> causes(Order order, LocalDate today) {
        return causes(order, facts(order), today);
    }

    /** As {@link #causes(Order, LocalDate)}, of one of those the facts are about; those before it have been examined. */
    Map<HoldReason, String> causes(Order order, HoldFacts facts, LocalDate today) {
        Customer customer = facts.customers().get(order.customerCode());
        Map<HoldReason, String> causes = new EnumMap<>(HoldReason.class);
        incomplete(order, causes);
        if (order.kind() == OrderKind.SALE) {
            discontinued(order, facts.products(), causes);
            price(customer, order, facts.products(), causes);
        }
        if (isPrepaid(customer)) {
            payment(order, facts.received(order), causes);
        } else if (order.isBillable()) {
            credit(customer, order, facts, today, causes);
        }
        put(causes, HoldReason.ACCOUNT, account(customer, order, facts));
        stock(order, facts, causes);
        return causes;
    }

    /**
     * Reads what decides whether new orders are held; each kind of fact in one statement at most, however many they are.
     *
     * @param orders came in together: at one instant, under numbers in a row; their transaction has moved no goods
     */
    HoldFacts factsOfNew(List<Order> orders) {
        // they hold nothing yet: what is free of a product is all there is for them
        return facts(
                orders,
                products -> orders.stream()
                        .collect(Collectors.toMap(Order::orderNumber, order -> free(order.fromStock(), products))));
    }

    private static Map<String, Integer> free(Map<String, Integer> wanted, Map<String, Product> products) {
        return wanted.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        code -> Math.max(0, products.get(code).available())));
    }

    private HoldFacts facts(Order order) {
        return facts(
                List.of(order),
                products -> stock.availableFor(
                        Map.of(order.orderNumber(), order.fromStock().keySet())));
    }

    private HoldFacts facts(
            List<Order> orders, Function<Map<String, Product>, Map<String, Map<String, Integer>>> available) {
        // the facts are asked of the tables, which have to know what this transaction has done so far
        this.orders.flush();
        Map<String, Customer> customers = masterData.customers(codes(orders.stream()));
        Map<Boolean, List<Order>> byTerms = orders.stream()
                .collect(Collectors.partitioningBy(order -> isPrepaid(customers.get(order.customerCode()))));
        Set<String> debtors = codes(byTerms.get(false).stream().filter(Order::isBillable));
        Map<String, Product> products = masterData.products(orders.stream()
                .flatMap(order -> order.quantities().keySet().stream())
                .collect(Collectors.toSet()));
        return new HoldFacts(
                orders,
                customers,
                products,
                receivables.openInvoices(debtors),
                unbilled.before(debtors, orders.get(0)),
                concerns(debtors),
                receivables.receivedFor(
                        byTerms.get(true).stream().map(Order::orderNumber).toList()),
                available.apply(products));
    }

    private static Set<String> codes(Stream<Order> orders) {
        return orders.map(Order::customerCode).collect(Collectors.toSet());
    }

    private Map<String, List<String>> concerns(Set<String> customers) {
        return customers.isEmpty()
                ? Map.of()
                : concerns.get().stream()
                        .flatMap(concern -> concern.of(customers).entrySet().stream())
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** As {@link #causes}, of what may send it back alone (R1). */
    Map<HoldReason, String> faults(Order order) {
        Map<HoldReason, String> causes = new EnumMap<>(HoldReason.class);
        incomplete(order, causes);
        if (order.kind() == OrderKind.SALE) {
            discontinued(order, masterData.products(order.quantities().keySet()), causes);
        }
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
                            .map(line -> products.get(line.productCode()).name() + " 单价 "
                                    + Money.text(line.askedPrice()) + "，客户价 " + Money.text(line.customerPrice()))
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

    /** What a returns case sends is priced by the case: nothing of it is below a price. */
    Prices prices(Order order) {
        if (order.kind() != OrderKind.SALE) {
            return new Prices(List.of(), Map.of());
        }
        return prices(
                masterData.customer(order.customerCode()).orElseThrow(),
                order,
                masterData.products(order.quantities().keySet()));
    }

    /** R4: prepaid goods wait for the whole amount. */
    private static void payment(Order order, BigDecimal received, Map<HoldReason, String> causes) {
        if (received.compareTo(order.amount()) < 0) {
            causes.put(
                    HoldReason.PAYMENT,
                    "预付订单应收 " + Money.text(order.amount()) + " 元，已到 " + Money.text(received) + " 元");
        }
    }

    /** R4, F1, F2: unpaid invoices + unbilled orders within the limit, and nothing overdue past the grace days. */
    private void credit(
            Customer customer, Order order, HoldFacts facts, LocalDate today, Map<HoldReason, String> causes) {
        HoldLimits.Limits limits = holdLimits.of(customer);
        List<OpenInvoice> open = facts.openInvoices(order);
        BigDecimal exposure = exposure(open, facts.unbilled(order));
        put(causes, HoldReason.CREDIT_LIMIT, creditLimit(customer, order, limits, exposure, today));
        put(causes, HoldReason.OVERDUE, overdue(limits, open, today));
    }

    /** F1; and what collection says against selling on credit, which prepaid goods pass (C8). */
    private static List<String> account(Customer customer, Order order, HoldFacts facts) {
        List<String> details = new ArrayList<>();
        if (customer.isBlocked()) {
            details.add("客户账户已停用");
        }
        if (!isPrepaid(customer) && order.isBillable()) {
            details.addAll(facts.concerns(order));
        }
        return details;
    }

    private static void put(Map<HoldReason, String> causes, HoldReason reason, List<String> details) {
        if (!details.isEmpty()) {
            causes.put(reason, String.join("；", details));
        }
    }

    private static List<String> creditLimit(
            Customer customer, Order order, HoldLimits.Limits limits, BigDecimal exposure, LocalDate today) {
        List<String> details = new ArrayList<>();
        BigDecimal used = exposure.add(order.amount());
        if (limits.isOverCreditLimit(used, customer.creditLimit())) {
            details.add("已用额度 " + Money.text(exposure) + " 元 + 本单 " + Money.text(order.amount()) + " 元，超过信用额度 "
                    + Money.text(customer.creditLimit()) + " 元" + share(used, customer.creditLimit()));
        }
        LocalDate until = customer.creditLimitUntil();
        if (limits.checksCreditLimit() && until != null && today.isAfter(until)) {
            details.add("信用额度已于 " + until + " 到期");
        }
        if (limits.isLargeOrder(order.amount())) {
            details.add("本单 " + Money.text(order.amount()) + " 元，超过单笔上限 " + limits.orderAmount() + " 元");
        }
        return details;
    }

    private static List<String> overdue(HoldLimits.Limits limits, List<OpenInvoice> open, LocalDate today) {
        List<OpenInvoice> overdue =
                open.stream().filter(invoice -> daysOverdue(invoice, today) > 0).toList();
        if (overdue.isEmpty()) {
            return List.of();
        }
        BigDecimal amount = overdue.stream().map(OpenInvoice::open).reduce(BigDecimal.ZERO, BigDecimal::add);
        long longest = daysOverdue(overdue.get(0), today);
        String what = "逾期发票 " + overdue.size() + " 张，共 " + Money.text(amount) + " 元，最长逾期 " + longest + " 天（"
                + overdue.get(0).invoiceNumber() + "）";
        if (limits.isOverdueTooLong(longest)) {
            return List.of(what);
        }
        return limits.isOverdueTooMuch(amount) ? List.of(what + "，超过容许的 " + limits.overdueAmount() + " 元") : List.of();
    }

    /** What the customer uses of his credit without this order, CNY (F2). */
    BigDecimal exposure(List<OpenInvoice> openInvoices, Order order) {
        String customer = order.customerCode();
        return exposure(openInvoices, unbilled.before(Set.of(customer), order).getOrDefault(customer, BigDecimal.ZERO));
    }

    private static BigDecimal exposure(List<OpenInvoice> openInvoices, BigDecimal unbilled) {
        return openInvoices.stream().map(OpenInvoice::open).reduce(unbilled, BigDecimal::add);
    }

    private static boolean isPrepaid(Customer customer) {
        return customer.paymentTerms() == PaymentTerms.PREPAID;
    }

    static long daysOverdue(OpenInvoice invoice, LocalDate today) {
        return ChronoUnit.DAYS.between(invoice.dueDate(), today);
    }

    private static String share(BigDecimal used, BigDecimal limit) {
        return limit.signum() == 0
                ? ""
                : "（占 " + used.multiply(BigDecimal.valueOf(100)).divide(limit, 0, RoundingMode.UP) + "%）";
    }

    /** R3: what is free, and what the order holds already, must be enough. */
    private static void stock(Order order, HoldFacts facts, Map<HoldReason, String> causes) {
        Map<String, Integer> missing = missing(order, facts.available(order));
        if (!missing.isEmpty()) {
            causes.put(
                    HoldReason.STOCK,
                    missing.entrySet().stream()
                            .map(entry -> entry.getKey() + " "
                                    + facts.products().get(entry.getKey()).name() + " 缺 " + entry.getValue())
                            .collect(Collectors.joining("；")));
        }
    }

    /** Units the warehouse lacks for the order, by product code. */
    Map<String, Integer> missing(Order order) {
        String number = order.orderNumber();
        return missing(
                order,
                stock.availableFor(Map.of(number, order.fromStock().keySet())).getOrDefault(number, Map.of()));
    }

    private static Map<String, Integer> missing(Order order, Map<String, Integer> available) {
        Map<String, Integer> missing = new TreeMap<>();
        order.fromStock().forEach((product, quantity) -> {
            int lacking = quantity - available.getOrDefault(product, 0);
            if (lacking > 0) {
                missing.put(product, lacking);
            }
        });
        return missing;
    }
}
