package com.shunpi.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * Other terms than those asked for, offered by an approver.
 *
 * @param lines one per line of the request, in its order
 */
record PriceOffer(LocalDate validFrom, LocalDate validTo, List<Line> lines) {

    /** @param price CNY, four decimals */
    record Line(BigDecimal price, int quantity) {}

    PriceOffer {
        lines = List.copyOf(lines);
    }
}
