package com.shunpi.masterdata;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;

/** A product, its price in the price book, and how many units lie in the warehouse. */
@Entity
public class Product {

    /**
     * The facts of a product as the import knows them (contract: products).
     *
     * @param listPrice CNY, four decimals
     * @param costPrice CNY, four decimals
     * @param stock units in the warehouse, reserved ones included
     */
    public record Facts(
            String code,
            String name,
            String model,
            BigDecimal listPrice,
            BigDecimal costPrice,
            int stock,
            boolean discontinued) {

        Facts withStock(int units) {
            return new Facts(code, name, model, listPrice, costPrice, units, discontinued);
        }
    }

    @Id
    private String code;

    @Version
    private Integer version;

    private String name;
    private String model;
    private BigDecimal listPrice;
    private BigDecimal costPrice;

    // written by guarded UPDATE statements alone (Stock), so that concurrent orders never overwrite one another
    @Column(updatable = false)
    private int stock;

    @Column(updatable = false)
    private int reserved;

    private boolean discontinued;

    protected Product() {}

    Product(Facts facts) {
        code = facts.code();
        stock = facts.stock();
        update(facts);
    }

    /** Takes over new facts but the stock, which {@link Stock#count} sets. */
    void update(Facts facts) {
        name = facts.name();
        model = facts.model();
        listPrice = facts.listPrice();
        costPrice = facts.costPrice();
        discontinued = facts.discontinued();
    }

    void changeListPrice(BigDecimal price) {
        listPrice = price;
    }

    /** What is known now, as an import would say it. */
    Facts facts() {
        return new Facts(code, name, model, listPrice, costPrice, stock, discontinued);
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public String model() {
        return model;
    }

    public BigDecimal listPrice() {
        return listPrice;
    }

    public BigDecimal costPrice() {
        return costPrice;
    }

    public int stock() {
        return stock;
    }

    /** Units that no order holds. */
    public int available() {
        return stock - reserved;
    }

    public boolean isDiscontinued() {
        return discontinued;
    }
}
