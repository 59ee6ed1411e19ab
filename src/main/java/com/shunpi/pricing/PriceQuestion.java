package com.shunpi.pricing;

import com.shunpi.masterdata.Grade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;

/**
 * What the levels are asked about: the computed facts of a request (P1: computed, never typed).
 *
 * @param grades the customer's; of a promotion those it is for, each of which is asked about
 * @param parties who asks; none of them decides
 */
record PriceQuestion(Set<Grade> grades, List<Line> lines, Set<String> parties) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** @param costPrice CNY, four decimals */
    record Line(PricedLine priced, BigDecimal costPrice) {

        BigDecimal asked() {
            return priced.askedPrice();
        }

        /** How far below the customer's price, in percent, rounded up: never less deep than it is. */
        BigDecimal depth() {
            BigDecimal customerPrice = priced.customerPrice();
            return customerPrice.signum() <= 0
                    ? BigDecimal.ZERO
                    : customerPrice.subtract(asked()).multiply(HUNDRED).divide(customerPrice, 4, RoundingMode.UP);
        }

        /** Margin on the asked price, in percent, rounded down; at a price of zero all of the cost is lost: -100. */
        BigDecimal margin() {
            if (asked().signum() == 0) {
                return costPrice.signum() == 0 ? BigDecimal.ZERO : HUNDRED.negate();
            }
            return asked().subtract(costPrice).multiply(HUNDRED).divide(asked(), 4, RoundingMode.FLOOR);
        }

        boolean isBelowCost() {
            return asked().compareTo(costPrice) < 0;
        }

        Line at(BigDecimal price) {
            return new Line(
                    new PricedLine(
                            priced.productCode(), priced.quantity(), priced.listPrice(), priced.customerPrice(), price),
                    costPrice);
        }
    }

    PriceQuestion {
        grades = Set.copyOf(grades);
        lines = List.copyOf(lines);
        parties = Set.copyOf(parties);
    }

    /** What the goods would cost at the customer's own prices, CNY: it does not shrink with the price that is asked. */
    BigDecimal amount() {
        return lines.stream()
                .map(line -> line.priced()
                        .customerPrice()
                        .multiply(BigDecimal.valueOf(line.priced().quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
