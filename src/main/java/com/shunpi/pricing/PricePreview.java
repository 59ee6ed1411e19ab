package com.shunpi.pricing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What a requester sees before he sends (P3, F7): the steps, by the same code that keeps them when he does, and the nearest
 * change of prices that saves exactly one of them (N1), searched on the table itself, so that an edited table changes it.
 */
@Component
class PricePreview {

    private static final int SCALE = 4;

    /**
     * The nearest change that saves a step.
     *
     * @param prices per line, in the order of the request; a line that need not change has its asked price
     * @param saved the step that falls away
     * @param left the steps that remain; none when nobody is asked any more
     */
    record Hint(List<BigDecimal> prices, PriceStep saved, List<PriceStep> left) {}

    record Preview(List<PriceStep> steps, Optional<Hint> hint) {}

    private final PriceLevels levels;

    PricePreview(PriceLevels levels) {
        this.levels = levels;
    }

    Preview of(PriceQuestion question) {
        PriceLevels.Asking asking = levels.ask(question);
        List<PriceStep> steps = asking.steps();
        return new Preview(steps, hint(asking, question, steps));
    }

    private static Optional<Hint> hint(PriceLevels.Asking asking, PriceQuestion question, List<PriceStep> steps) {
        Hint nearest = null;
        BigDecimal least = null;
        for (PriceStep step : steps) {
            Optional<List<PriceQuestion.Line>> changed = without(step, asking, question);
            if (changed.isPresent()) {
                List<PriceStep> left = asking.steps(changed.get());
                BigDecimal change = change(question.lines(), changed.get());
                // the search trusts that a dearer price asks nobody else; here the table itself is asked
                if (left.size() == steps.size() - 1 && (least == null || change.compareTo(least) < 0)) {
                    least = change;
                    nearest = new Hint(
                            changed.get().stream()
                                    .map(PriceQuestion.Line::asked)
                                    .toList(),
                            step,
                            left);
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Each line at the lowest price at which it asks nobody of the step; empty when one of them always does. */
    private static Optional<List<PriceQuestion.Line>> without(
            PriceStep step, PriceLevels.Asking asking, PriceQuestion question) {
        Set<String> roles = new HashSet<>(step.roles());
        List<PriceQuestion.Line> changed = new ArrayList<>();
        for (PriceQuestion.Line line : question.lines()) {
            Optional<PriceQuestion.Line> found = without(roles, asking, line);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            changed.add(found.get());
        }
        return Optional.of(changed);
    }

    private static Optional<PriceQuestion.Line> without(
            Set<String> roles, PriceLevels.Asking asking, PriceQuestion.Line line) {
        if (!asks(asking, line, roles)) {
            return Optional.of(line);
        }
        // on the grid of prices: too low asks, high enough does not; at the customer's price there is nothing to ask
        // for
        BigInteger low = grid(line.asked());
        BigInteger high = grid(line.priced().customerPrice()).subtract(BigInteger.ONE);
        if (high.compareTo(low) <= 0 || asks(asking, line.at(price(high)), roles)) {
            return Optional.empty();
        }
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (asks(asking, line.at(price(middle)), roles)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Optional.of(line.at(price(high)));
    }

    private static boolean asks(PriceLevels.Asking asking, PriceQuestion.Line line, Set<String> roles) {
        return asking.roles(line).stream().anyMatch(roles::contains);
    }

    private static BigInteger grid(BigDecimal price) {
        return price.setScale(SCALE, RoundingMode.DOWN).unscaledValue();
    }

    private static BigDecimal price(BigInteger grid) {
        return new BigDecimal(grid, SCALE);
    }

    private static BigDecimal change(List<PriceQuestion.Line> from, List<PriceQuestion.Line> to) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < from.size(); i++) {
            BigDecimal dearer = to.get(i).asked().subtract(from.get(i).asked());
            sum = sum.add(
                    dearer.multiply(BigDecimal.valueOf(from.get(i).priced().quantity())));
        }
        return sum;
    }
}
