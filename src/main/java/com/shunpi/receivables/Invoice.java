package com.shunpi.receivables;

import com.shunpi.shared.Money;
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
    private BigDecimal writtenOff;
    private boolean disputed;
    private boolean disputedReported;

    protected Invoice() {}

    Invoice(Facts facts) {
        invoiceNumber = facts.invoiceNumber();
        customerCode = facts.customerCode();
        orderNumber = facts.orderNumber();
        paid = facts.paid();
        paidReported = facts.paid();
        writtenOff = BigDecimal.ZERO;
        disputed = facts.disputed();
        disputedReported = facts.disputed();
        takeOver(facts);
    }

    /**
     * Takes over what an import says; number, customer and order stay. It counts as paid what the import reports, but never
     * less than the receipts we hold ourselves, and an import that reports the same as the last one changes nothing of it;
     * the same holds for a dispute. Never more counts as paid than is owed.
     *
     * @param received sum of our receipts on this invoice, CNY
     */
    void update(Facts facts, BigDecimal received) {
        if (paidReported.compareTo(facts.paid()) != 0) {
            paid = facts.paid().max(received);
            paidReported = facts.paid();
        }
        if (disputedReported != facts.disputed()) {
            disputed = facts.disputed();
            disputedReported = facts.disputed();
        }
        takeOver(facts);
        paid = paid.min(amount.subtract(writtenOff));
    }

    /** Whether an amount lies below what was received and written off already. */
    boolean isBelowBooked(BigDecimal newAmount, BigDecimal received) {
        return newAmount.compareTo(received.add(writtenOff)) < 0;
    }

    private void takeOver(Facts facts) {
        invoiceDate = facts.invoiceDate();
        dueDate = facts.dueDate();
        amount = facts.amount();
    }

    /** Whether an import says nothing that was not known. */
    boolean says(Facts facts) {
        return invoiceDate.equals(facts.invoiceDate())
                && dueDate.equals(facts.dueDate())
                && amount.compareTo(facts.amount()) == 0
                && paidReported.compareTo(facts.paid()) == 0
                && disputedReported == facts.disputed();
    }

    /** Books a part of a receipt on the invoice (C6). */
    void receive(BigDecimal received) {
        mustBeOpenFor(received);
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
        BigDecimal before = paidTooMuch();
        credited = credited.add(credit);
        return paidTooMuch().subtract(before);
    }

    /** What was paid beyond what credit notes leave of the invoice; what was written off was never paid. */
    private BigDecimal paidTooMuch() {
        return paid.add(credited).subtract(amount).max(BigDecimal.ZERO);
    }

    /** What no credit note has taken back yet. */
    BigDecimal creditable() {
        return amount.subtract(credited);
    }

    /** Gives up a part of the claim (C10); who may is asked before. */
    void writeOff(BigDecimal part) {
        mustBeOpenFor(part);
        writtenOff = writtenOff.add(part);
    }

    private void mustBeOpenFor(BigDecimal part) {
        if (part.signum() <= 0 || part.compareTo(open()) > 0) {
            throw RefusedException.conflict(
                    "发票 " + invoiceNumber + " 未付 " + Money.text(open()) + " 元，不能记 " + Money.text(part) + " 元。");
        }
    }

    /** The customer objects to the invoice, or does so no more (C7). */
    void dispute(boolean objected) {
        disputed = objected;
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
        return amount.subtract(paid).subtract(credited).subtract(writtenOff).max(BigDecimal.ZERO);
    }

    /** Received so far, or reported as received, CNY. */
    public BigDecimal paid() {
        return paid;
    }

    /** Given up so far, CNY (C10). */
    public BigDecimal writtenOff() {
        return writtenOff;
    }
}
