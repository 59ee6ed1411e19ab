package com.shunpi.masterdata;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;

/** A customer and the terms he buys on. */
@Entity
public class Customer {

    /**
     * The facts of a customer as the import knows them (contract: customers).
     *
     * @param discount part of the list price he pays, {@code 0.35} = 3.5 折
     * @param creditLimit CNY
     * @param creditLimitUntil last day on which the limit counts (F1); null without an end
     * @param salesRep user id of the rep who owns the customer; null when nobody does
     */
    public record Facts(
            String code,
            String name,
            Grade grade,
            BigDecimal discount,
            PaymentTerms paymentTerms,
            BigDecimal creditLimit,
            int creditDays,
            String contact,
            String phone,
            String email,
            String address,
            String salesRep,
            String region,
            LocalDate creditLimitUntil) {}

    @Id
    private String code;

    @Version
    private Integer version;

    private String name;

    @Enumerated(EnumType.STRING)
    private Grade grade;

    private BigDecimal discount;
    private PaymentTerms paymentTerms;
    private BigDecimal creditLimit;
    private int creditDays;
    private String contact;
    private String phone;
    private String email;
    private String address;
    private String salesRep;
    private String region;
    private LocalDate creditLimitUntil;
    private boolean blocked;

    protected Customer() {}

    Customer(Facts facts) {
        this.code = facts.code();
        update(facts);
    }

    /** Takes over new facts; the code and a block stay. */
    void update(Facts facts) {
        name = facts.name();
        grade = facts.grade();
        discount = facts.discount();
        paymentTerms = facts.paymentTerms();
        creditLimit = facts.creditLimit();
        creditDays = facts.creditDays();
        contact = facts.contact();
        phone = facts.phone();
        email = facts.email();
        address = facts.address();
        salesRep = facts.salesRep();
        region = facts.region();
        creditLimitUntil = facts.creditLimitUntil();
    }

    void changeDiscount(BigDecimal part) {
        discount = part;
    }

    /** What is known now, as an import would say it. */
    Facts facts() {
        return new Facts(
                code,
                name,
                grade,
                discount,
                paymentTerms,
                creditLimit,
                creditDays,
                contact,
                phone,
                email,
                address,
                salesRep,
                region,
                creditLimitUntil);
    }

    /** A blocked account puts every order of the customer on hold (F1). */
    void block(boolean blocked) {
        this.blocked = blocked;
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public Grade grade() {
        return grade;
    }

    public BigDecimal discount() {
        return discount;
    }

    public PaymentTerms paymentTerms() {
        return paymentTerms;
    }

    public BigDecimal creditLimit() {
        return creditLimit;
    }

    public int creditDays() {
        return creditDays;
    }

    public String contact() {
        return contact;
    }

    public String phone() {
        return phone;
    }

    public String email() {
        return email;
    }

    public String address() {
        return address;
    }

    public String salesRep() {
        return salesRep;
    }

    public String region() {
        return region;
    }

    /** Last day on which the credit limit counts; null without an end. */
    public LocalDate creditLimitUntil() {
        return creditLimitUntil;
    }

    public boolean isBlocked() {
        return blocked;
    }
}
