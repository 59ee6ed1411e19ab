package com.shunpi.receivables;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;

/** A claim on a customer. Amounts in CNY, dates in Asia/Shanghai. */
@Entity
public class Invoice {

    /**
     * The facts of an invoice as the import knows them (contract: receivables).
     *
     * @param orderNumber our order it bills; null for an invoice from elsewhere
     * @param paid received so far, CNY
     */
    public record Facts(
            String invoiceNumber,
            String customerCode,
            String orderNumber,
            LocalDate invoiceDate,
            LocalDate dueDate,
            BigDecimal amount,
            BigDecimal paid,
            boolean disputed) {}

    @Id
    private String invoiceNumber;

    @Version
    private Integer version;

    private String customerCode;
    private String orderNumber;
    private LocalDate invoiceDate;
    private LocalDate dueDate;
    private BigDecimal amount;
    private BigDecimal paid;
    private boolean disputed;

    protected Invoice() {}

    Invoice(Facts facts) {
        invoiceNumber = facts.invoiceNumber();
        customerCode = facts.customerCode();
        orderNumber = facts.orderNumber();
        update(facts);
    }

    /** Takes over new facts; number, customer and order stay. */
    void update(Facts facts) {
        invoiceDate = facts.invoiceDate();
        dueDate = facts.dueDate();
        amount = facts.amount();
        paid = facts.paid();
        disputed = facts.disputed();
    }

    /** Books a receipt on the invoice. */
    void receive(BigDecimal received) {
        paid = paid.add(received);
    }

    public String invoiceNumber() {
        return invoiceNumber;
    }

    public String customerCode() {
        return customerCode;
    }

    public String orderNumber() {
        return orderNumber;
    }

    public LocalDate invoiceDate() {
        return invoiceDate;
    }

    public LocalDate dueDate() {
        return dueDate;
    }

    public BigDecimal amount() {
        return amount;
    }

    public boolean isDisputed() {
        return disputed;
    }

    /** What is still owed, never below zero. */
    public BigDecimal open() {
        return amount.subtract(paid).max(BigDecimal.ZERO);
    }
}
