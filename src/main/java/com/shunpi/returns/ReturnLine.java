package com.shunpi.returns;

import com.shunpi.shared.Money;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** One line of a return: units of one delivered order line, what is wanted for them, and what became of them. */
@Embeddable
class ReturnLine {

    private int orderLine;
    private String productCode;
    private BigDecimal unitPrice;
    private int quantity;

    @Enumerated(EnumType.STRING)
    private ReturnOutcome wanted;

    @Enumerated(EnumType.STRING)
    private ReturnOutcome outcome;

    private boolean goodsBack;
    private boolean advance;
    private String replacementProduct;
    private BigDecimal surcharge;
    private BigDecimal refundAmount;
    private int received;
    private int settled;

    @Enumerated(EnumType.STRING)
    private Verdict verdict;

    private boolean repairable;
    private int good;
    private int restocked;
    private int scrapped;
    private int toRepair;
    private int toManufacturer;

    protected ReturnLine() {}

    /** @param unitPrice at which it was sold, CNY */
    ReturnLine(int orderLine, String productCode, BigDecimal unitPrice, int quantity, ReturnOutcome wanted) {
        this.orderLine = orderLine;
        this.productCode = productCode;
        this.unitPrice = unitPrice;
        this.quantity = quantity;
        this.wanted = wanted;
        outcome = wanted;
        goodsBack = true;
        surcharge = Money.price(BigDecimal.ZERO);
        refundAmount = wanted == ReturnOutcome.REFUND ? value() : Money.amount(BigDecimal.ZERO);
        settled = quantity;
    }

    void settle(Solution.Line terms) {
        outcome = terms.outcome();
        goodsBack = terms.goodsBack();
        advance = terms.advance();
        replacementProduct = terms.replacementProduct();
        surcharge = terms.surcharge();
        refundAmount = terms.refundAmount();
    }

    /** The replacement did not go in advance after all. */
    void leaveForLater() {
        advance = false;
    }

    /** More of it arrived. */
    void receive(int more) {
        received += more;
    }

    /** The goods of this case are all that come: no more than was approved counts, what is missing is not settled. */
    void settleReceived() {
        if (goodsBack) {
            settled = Math.min(received, quantity);
        }
    }

    void find(Finding finding) {
        verdict = finding.verdict();
        repairable = finding.repairable();
        good = finding.good();
    }

    void dispose(Disposition disposition) {
        restocked = disposition.restock();
        scrapped = disposition.scrap();
        toRepair = disposition.toRepair();
        toManufacturer = disposition.toManufacturer();
    }

    /** Sold for, CNY: the most that can be refunded. */
    BigDecimal value() {
        return Money.amount(unitPrice.multiply(BigDecimal.valueOf(quantity)));
    }

    /** The refund for what was settled, CNY. */
    BigDecimal refundDue() {
        return refundAmount
                .multiply(BigDecimal.valueOf(settled))
                .divide(BigDecimal.valueOf(quantity), 2, RoundingMode.HALF_UP);
    }

    /** Units of a replacement that left in advance and for which nothing came back. */
    int claimed() {
        return advance ? quantity - settled : 0;
    }

    BigDecimal claim() {
        return Money.amount(unitPrice.multiply(BigDecimal.valueOf(claimed())));
    }

    /** What is still to be shipped to the customer for it. */
    boolean awaitsExchange() {
        return outcome == ReturnOutcome.EXCHANGE && !advance && settled > 0;
    }

    boolean awaitsRepair() {
        return outcome == ReturnOutcome.REPAIR && settled > 0;
    }

    /** The item that replaces it. */
    String replacement() {
        return replacementProduct == null ? productCode : replacementProduct;
    }

    boolean isComplete() {
        return !goodsBack || received == quantity;
    }

    int orderLine() {
        return orderLine;
    }

    String productCode() {
        return productCode;
    }

    BigDecimal unitPrice() {
        return unitPrice;
    }

    int quantity() {
        return quantity;
    }

    ReturnOutcome wanted() {
        return wanted;
    }

    ReturnOutcome outcome() {
        return outcome;
    }

    boolean isGoodsBack() {
        return goodsBack;
    }

    boolean isAdvance() {
        return advance;
    }

    String replacementProduct() {
        return replacementProduct;
    }

    BigDecimal surcharge() {
        return surcharge;
    }

    BigDecimal refundAmount() {
        return refundAmount;
    }

    int received() {
        return received;
    }

    int settled() {
        return settled;
    }

    /** Null before the appraisal. */
    Verdict verdict() {
        return verdict;
    }

    boolean isRepairable() {
        return repairable;
    }

    int good() {
        return good;
    }

    Disposition disposition() {
        return new Disposition(restocked, scrapped, toRepair, toManufacturer);
    }
}
