package com.shunpi.receivables;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** A receipt on our bank account; the bank's reference makes it one (contract: payments). Its facts never change. */
@Entity
public class Payment {

    /**
     * The facts of a receipt.
     *
     * @param invoiceNumber the invoice it pays; null when none is named
     * @param orderNumber the prepaid order it pays; null when none is named
     * @param amount CNY, above zero
     * @param receivedOn day of receipt, Asia/Shanghai
     */
    public record Facts(
            String bankReference,
            String customerCode,
            String invoiceNumber,
            String orderNumber,
            BigDecimal amount,
            LocalDate receivedOn,
            String payer,
            String bank) {}

    @Id
    private String bankReference;

    @Version
    private Integer version;

    private String customerCode;
    private String invoiceNumber;
    private String orderNumber;
    private BigDecimal amount;
    private LocalDate receivedOn;
    private String payer;
    private String bank;
    private BigDecimal allocated;
    private String recordedBy;
    private Instant recordedAt;

    protected Payment() {}

    Payment(Facts facts, String recordedBy, Instant recordedAt) {
        bankReference = facts.bankReference();
        customerCode = facts.customerCode();
        invoiceNumber = facts.invoiceNumber();
        orderNumber = facts.orderNumber();
        amount = facts.amount();
        receivedOn = facts.receivedOn();
        payer = facts.payer();
        bank = facts.bank();
        allocated = BigDecimal.ZERO;
        this.recordedBy = recordedBy;
        this.recordedAt = recordedAt;
    }

    /** What no invoice has used yet, CNY (C6). */
    BigDecimal left() {
        return amount.subtract(allocated);
    }

    /** Uses a part of it for an invoice (C6). */
    void use(BigDecimal part) {
        if (part.signum() <= 0 || part.compareTo(left()) > 0) {
            throw new IllegalArgumentException("Payment " + bankReference + " has " + left() + " left, not " + part);
        }
        allocated = allocated.add(part);
    }

    Facts facts() {
        return new Facts(bankReference, customerCode, invoiceNumber, orderNumber, amount, receivedOn, payer, bank);
    }
}
