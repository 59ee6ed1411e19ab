package com.shunpi.order;

import com.shunpi.shared.Money;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;

/** So many units of a product at a price; CNY, four decimals. */
@Embeddable
class OrderLine {

    private String productCode;
    private int quantity;
    private BigDecimal unitPrice;

    protected OrderLine() {}

    OrderLine(String productCode, int quantity, BigDecimal unitPrice) {
        this.productCode = productCode;
        this.quantity = quantity;
        this.unitPrice = Money.price(unitPrice);
    }

    String productCode() {
        return productCode;
    }

    int quantity() {
        return quantity;
    }

    BigDecimal unitPrice() {
        return unitPrice;
    }

    /** CNY, rounded half up to the cent per line, as the invoice will show it. */
    BigDecimal amount() {
        return amount(quantity, unitPrice);
    }

    static BigDecimal amount(int quantity, BigDecimal unitPrice) {
        return Money.amount(unitPrice.multiply(BigDecimal.valueOf(quantity)));
    }
}
