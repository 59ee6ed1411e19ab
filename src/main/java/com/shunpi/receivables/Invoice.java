package com.shunpi.receivables;

import com.shunpi.shared.RefusedException;
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
    private BigDecimal paidReported;
    private BigDecimal credited = BigDecimal.ZERO;
    private boolean disputed;

    protected Invoice() {}

    Invoice(Facts facts) {
        invoiceNumber = facts.invoiceNumber();
        customerCode = facts.customerCode();
        orderNumber = facts.orderNumber();
        paid = facts.paid();
        paidReported = facts.paid();
        takeOver(facts);
    }

    /**
     * Takes over what an import says; number, customer and order stay. It counts as paid what the import reports, but never
     * less than the receipts we hold ourselves, and an import that reports the same as the last one changes nothing of it.
     *
     * @param received sum of our receipts on this invoice, CNY
     */
    void update(Facts facts, BigDecimal received) {
        if (paidReported.compareTo(facts.paid()) != 0) {
            paid = facts.paid().max(received);
            paidReported = facts.paid();
        }
        takeOver(facts);
    }

    private void takeOver(Facts facts) {
        invoiceDate = facts.invoiceDate();
        dueDate = facts.dueDate();
        amount = facts.amount();
        disputed = facts.disputed();
    }

    /** Whether an import says nothing that was not known. */
    boolean says(Facts facts) {
        return invoiceDate.equals(facts.invoiceDate())
                && dueDate.equals(facts.dueDate())
                && amount.compareTo(facts.amount()) == 0
                && paidReported.compareTo(facts.paid()) == 0
                && disputed == facts.disputed();
    }

    /** Books a receipt on the invoice. */
    void receive(BigDecimal received) {
        paid = paid.add(received);
    }

    /**
     * Books a credit note on the invoice (T7); refused when more than is left to credit.
     *
     * @return the part of it that was paid already, CNY
     */
    BigDecimal credit(BigDecimal credit) {
        if (credit.signum() <= 0 || credit.compareTo(creditable()) > 0) {
            throw RefusedException.conflict("发票 " + invoiceNumber + " 最多还能冲红 "
                    + creditable().toPlainString() + " 元，不能冲红 " + credit.toPlainString() + " 元。");
        }
        BigDecimal payable = credit.subtract(open()).max(BigDecimal.ZERO);
        credited = credited.add(credit);
        return payable;
    }

    /** What no credit note has taken back yet. */
    BigDecimal creditable() {
        return amount.subtract(credited);
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
        return amount.subtract(paid).subtract(credited).max(BigDecimal.ZERO);
    }
}
