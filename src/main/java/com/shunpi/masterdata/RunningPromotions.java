package com.shunpi.masterdata;

import java.math.BigDecimal;
import java.util.Optional;

/** Prices that hold for all customers of a grade for a while (P8); known by the module that approves them. */
public interface RunningPromotions {

    /**
     * @param number of its request
     * @param price CNY, four decimals
     * @param left what may still be given away of its budget, CNY, above zero
     */
    record Promotion(String number, BigDecimal price, BigDecimal left) {}

    /** The one with the lowest price for the product today; empty when none runs or its budget is used up. */
    Optional<Promotion> lowest(Grade grade, String productCode);
}
