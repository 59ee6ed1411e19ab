package com.shunpi.masterdata;

import com.shunpi.shared.RefusedException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Customers and products: looking them up and keeping them. */
@Service
@Transactional
public class MasterData {

    private final Customers customers;
    private final Products products;
    private final Stock stock;

    MasterData(Customers customers, Products products, Stock stock) {
        this.customers = customers;
        this.products = products;
        this.stock = stock;
    }

    @Transactional(readOnly = true)
    public Optional<Customer> customer(String code) {
        return code == null ? Optional.empty() : customers.findById(code);
    }

    /** The customers with these codes, by code; unknown codes are left out. One statement. */
    @Transactional(readOnly = true)
    public Map<String, Customer> customers(Collection<String> codes) {
        return customers.findAllById(codes).stream().collect(Collectors.toMap(Customer::code, Function.identity()));
    }

    /** The products with these codes, by code; unknown codes are left out. One statement. */
    @Transactional(readOnly = true)
    public Map<String, Product> products(Collection<String> codes) {
        return products.findAllById(codes).stream().collect(Collectors.toMap(Product::code, Function.identity()));
    }

    /** Keeps new customers and takes over the facts of known ones. */
    public void saveCustomers(List<Customer.Facts> all) {
        Map<String, Customer> known =
                customers(all.stream().map(Customer.Facts::code).toList());
        for (Customer.Facts facts : all) {
            Customer customer = known.get(facts.code());
            if (customer == null) {
                known.put(facts.code(), customers.save(new Customer(facts)));
            } else {
                customer.update(facts);
            }
        }
    }

    /**
     * Keeps new products and takes over the facts of known ones. A count below what orders have reserved is refused as a
     * conflict (R13).
     */
    public void saveProducts(List<Product.Facts> all) {
        Map<String, Product> known =
                products(all.stream().map(Product.Facts::code).toList());
        for (Product.Facts facts : all) {
            Product product = known.get(facts.code());
            if (product == null) {
                known.put(facts.code(), products.save(new Product(facts)));
            } else {
                product.update(facts);
                if (product.stock() != facts.stock()) {
                    stock.count(facts.code(), facts.stock());
                }
            }
        }
    }

    /** Waits until no other transaction works with the customer, and keeps others waiting until this one ends. */
    public void lock(String customerCode) {
        customers.lock(customerCode);
    }

    /** Blocks or frees a customer's account (F1); the caller checks who may. */
    public void block(String customerCode, boolean blocked) {
        customer(customerCode)
                .orElseThrow(() -> RefusedException.notFound("没有客户 " + customerCode + "。"))
                .block(blocked);
    }
}
