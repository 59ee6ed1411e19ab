package com.shunpi.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Which lines are covered in price and quantity by what was agreed on, or is asked for already (P5).
 *
 * @param uncovered what nothing covers; of a line that is covered in part, the rest alone (F8)
 * @param shares what is taken of which source
 * @param left what the sources have left then
 * @param <S> who or what covers: an agreement, a request
 */
record Coverage<S>(List<PricedLine> uncovered, List<Share<S>> shares, List<Supply<S>> left) {

    /** @param floorPrice CNY; a line covered by it is not cheaper */
    record Supply<S>(S source, String productCode, BigDecimal floorPrice, int quantity) {

        private boolean covers(PricedLine line) {
            return quantity > 0
                    && productCode.equals(line.productCode())
                    && floorPrice.compareTo(line.askedPrice()) <= 0;
        }
    }

    record Share<S>(S source, PricedLine line) {}

    /** @param supplies are used in this order */
    static <S> Coverage<S> of(List<PricedLine> lines, List<Supply<S>> supplies) {
        List<Supply<S>> left = new ArrayList<>(supplies);
        List<PricedLine> uncovered = new ArrayList<>();
        List<Share<S>> shares = new ArrayList<>();
        for (PricedLine line : lines) {
            int open = line.quantity();
            for (int i = 0; i < left.size() && open > 0; i++) {
                Supply<S> supply = left.get(i);
                if (supply.covers(line)) {
                    int taken = Math.min(open, supply.quantity());
                    open -= taken;
                    shares.add(new Share<>(supply.source(), line.withQuantity(taken)));
                    left.set(
                            i,
                            new Supply<>(
                                    supply.source(),
                                    supply.productCode(),
                                    supply.floorPrice(),
                                    supply.quantity() - taken));
                }
            }
            if (open > 0) {
                uncovered.add(line.withQuantity(open));
            }
        }
        return new Coverage<>(uncovered, shares, left);
    }
}
