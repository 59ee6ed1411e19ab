package com.shunpi.masterdata;

import com.shunpi.intake.ImportResult.Status;
import com.shunpi.shared.RefusedException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Customers and products: looking them up and keeping them. */
@Service
@Transactional
public class MasterData {

    private final Customers customers;
    private final Products products;
    private final Stock stock;
    private final EntityManager entities;

    MasterData(Customers customers, Products products, Stock stock, EntityManager entities) {
        this.entities = entities;
        this.customers = customers;
        this.products = products;
        this.stock = stock;
    }

    @Transactional(readOnly = true)
    public Optional<Customer> customer(String code) {
        return code == null ? Optional.empty() : customers.findById(code);
    }

    /** The customers with these codes, by code; unknown codes are left out. One statement at most. */
    @Transactional(readOnly = true)
    public Map<String, Customer> customers(Collection<String> codes) {
        return load(Customer.class, codes).collect(Collectors.toMap(Customer::code, Function.identity()));
    }

    /** The products with these codes, by code; unknown codes are left out. One statement at most. */
    @Transactional(readOnly = true)
    public Map<String, Product> products(Collection<String> codes) {
        return load(Product.class, codes).collect(Collectors.toMap(Product::code, Function.identity()));
    }

    /** Those the transaction has loaded already are not read again. */
    private <T> Stream<T> load(Class<T> type, Collection<String> codes) {
        return entities
                .unwrap(Session.class)
                .byMultipleIds(type)
                .enableSessionCheck(true)
                .enableOrderedReturn(false)
                .multiLoad(List.copyOf(codes))
                .stream()
                .filter(Objects::nonNull);
    }

    /** Keeps new customers and takes over the facts of known ones, each code once; says what became of each, by code. */
    public Map<String, Status> saveCustomers(List<Customer.Facts> all) {
        Map<String, Customer> known =
                customers(all.stream().map(Customer.Facts::code).toList());
        Map<String, Status> outcome = new HashMap<>();
        for (Customer.Facts facts : all) {
            Customer customer = known.get(facts.code());
            if (customer == null) {
                customers.save(new Customer(facts));
                outcome.put(facts.code(), Status.ACCEPTED);
            } else if (customer.facts().equals(facts)) {
                outcome.put(facts.code(), Status.DUPLICATE);
            } else {
                customer.update(facts);
                outcome.put(facts.code(), Status.UPDATED);
            }
        }
        return outcome;
    }

    /**
     * Keeps new products and takes over the facts of known ones, each code once; says what became of each, by code. A product whose stock
     * would fall below what orders have reserved is left as it is and answered as rejected (R13).
     */
    public Map<String, Status> saveProducts(List<Product.Facts> all) {
        // locked before they are read, so that the stock seen is the stock that is
        Map<String, Stock.Level> levels =
                stock.lock(all.stream().map(Product.Facts::code).toList());
        Map<String, Product> known =
                products(all.stream().map(Product.Facts::code).toList());
        Map<String, Integer> counted = new HashMap<>();
        Map<String, Status> outcome = new HashMap<>();
        for (Product.Facts facts : all) {
            Product product = known.get(facts.code());
            if (product == null) {
                products.save(new Product(facts));
                outcome.put(facts.code(), Status.ACCEPTED);
                continue;
            }
            Stock.Level level = levels.get(facts.code());
            if (level != null && facts.stock() < level.reserved()) {
                outcome.put(facts.code(), Status.REJECTED);
                continue;
            }
            boolean moved = level != null && level.stock() != facts.stock();
            boolean changed = !product.facts().equals(facts.withStock(product.stock()));
            if (changed) {
                product.update(facts);
            }
            if (moved) {
                counted.put(facts.code(), facts.stock());
            }
            outcome.put(facts.code(), changed || moved ? Status.UPDATED : Status.DUPLICATE);
        }
        stock.count(counted, levels);
        return outcome;
    }

    /** Up to {@code max} customers whose code or name contains the words, by code. */
    @Transactional(readOnly = true)
    public List<Customer> findCustomers(String words, int max) {
        return customers.search(pattern(words), Limit.of(max));
    }

    /** Up to {@code max} products whose code, name or model contains the words, by code. */
    @Transactional(readOnly = true)
    public List<Product> findProducts(String words, int max) {
        return products.search(pattern(words), Limit.of(max));
    }

    /** Waits until no other transaction works with the customer, and keeps others waiting until this one ends. */
    public void lock(String customerCode) {
        // reads him on the way, unless the transaction has done so
        entities.find(Customer.class, customerCode, LockModeType.PESSIMISTIC_WRITE);
    }

    /** As {@link #lock(String)}, for several customers, in an order that lets nobody wait for another in a circle. */
    public void lock(Collection<String> customerCodes) {
        if (!customerCodes.isEmpty()) {
            customers.lock(customerCodes);
        }
    }

    /** Blocks or frees a customer's account (F1); the caller checks who may. */
    public void block(String customerCode, boolean blocked) {
        customer(customerCode)
                .orElseThrow(() -> RefusedException.notFound("没有客户 " + customerCode + "。"))
                .block(blocked);
    }

    /** A new list price, verified by two people (P4); the caller has the proof. CNY, four decimals. */
    public void changeListPrice(String productCode, BigDecimal listPrice) {
        products.findById(productCode)
                .orElseThrow(() -> RefusedException.notFound("没有产品 " + productCode + "。"))
                .changeListPrice(listPrice);
    }

    /** A new discount, verified by two people (P4); the caller has the proof. Part of the list price, four decimals. */
    public void changeDiscount(String customerCode, BigDecimal discount) {
        customer(customerCode)
                .orElseThrow(() -> RefusedException.notFound("没有客户 " + customerCode + "。"))
                .changeDiscount(discount);
    }

    private static String pattern(String words) {
        String plain = words == null ? "" : words.strip().toLowerCase(Locale.ROOT);
        return "%" + plain.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
