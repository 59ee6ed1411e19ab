package com.shunpi.pricing;

import java.math.BigDecimal;

/**
 * Goods at a price that is not the customer's own.
 *
 * @param listPrice CNY, four decimals
 * @param customerPrice what the customer pays without asking, CNY
 * @param askedPrice what is asked for, CNY
 */
public record PricedLine(
        String productCode, int quantity, BigDecimal listPrice, BigDecimal customerPrice, BigDecimal askedPrice) {

    PricedLine withQuantity(int units) {
        return new PricedLine(productCode, units, listPrice, customerPrice, askedPrice);
    }
}
