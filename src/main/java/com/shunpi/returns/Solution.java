package com.shunpi.returns;

import java.math.BigDecimal;
import java.util.List;

/**
 * What somebody proposes to do about a return (T3, T7). It is approved as a whole.
 *
 * @param text in words, as it is told the customer; why an exception is asked for, where one is needed (T2)
 * @param costs who bears which cost
 * @param lines as many as the return has, in their order
 * @param complaint the quality complaint record; null where there was no fault
 */
record Solution(String text, Costs costs, List<Line> lines, Complaint complaint) {

    /** Who bears the goods' value, the freight to the customer, the freight back, and a repair. */
    record Costs(CostBearer goods, CostBearer outward, CostBearer back, CostBearer repair) {}

    /** @param cause what went wrong */
    record Complaint(String cause, CostBearer responsible, String correctiveAction) {}

    /**
     * One line's outcome.
     *
     * @param goodsBack whether the customer sends the goods back
     * @param advance whether the replacement leaves before they are here
     * @param replacementProduct another item than the one that comes back; null for the same
     * @param surcharge unit price the customer pays for the replacement on top, CNY, four decimals
     * @param refundAmount of the whole line, CNY
     */
    record Line(
            ReturnOutcome outcome,
            boolean goodsBack,
            boolean advance,
            String replacementProduct,
            BigDecimal surcharge,
            BigDecimal refundAmount) {}
}
