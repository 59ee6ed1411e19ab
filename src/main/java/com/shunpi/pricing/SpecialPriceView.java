package com.shunpi.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A request as the API shows it. Amounts and prices are text; cost and margin are absent for who does not approve prices
 * (A5).
 *
 * @param preview who would be asked and what would save a step; only before it is sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SpecialPriceView(
        String requestNumber,
        String kind,
        String kindLabel,
        String status,
        String statusLabel,
        String orderNumber,
        String customerCode,
        String customerName,
        String grade,
        String requestedBy,
        String requestedByName,
        Instant requestedAt,
        String submittedByName,
        String reason,
        String competitor,
        LocalDate validFrom,
        LocalDate validTo,
        Integer expectedVolume,
        String budget,
        String amount,
        List<Line> lines,
        Offer offer,
        List<Step> steps,
        List<Promise> promises,
        Preview preview) {

    /**
     * @param requestedPrice and {@code requestedQuantity}: what was asked at first, where that is something else
     * @param depth percent below the customer's price
     * @param margin percent of the asked price
     * @param undercuts whether another customer of the class has to pay more at this moment (P7)
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String productCode,
            String productName,
            String model,
            int quantity,
            String listPrice,
            String customerPrice,
            String askedPrice,
            String requestedPrice,
            Integer requestedQuantity,
            String offeredPrice,
            Integer offeredQuantity,
            String depth,
            String costPrice,
            String margin,
            LastSale lastSale,
            List<Other> others,
            boolean undercuts) {}

    record LastSale(String orderNumber, String unitPrice, int quantity, LocalDate on) {}

    /** An agreement of another customer of the same class. */
    record Other(String customerName, String floorPrice, int remaining, LocalDate validTo) {}

    record Offer(LocalDate validFrom, LocalDate validTo, String by, String comment) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(int number, List<Role> roles, String reasons) {}

    /** @param people names of those who can be asked */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Role(
            String group,
            String name,
            List<String> people,
            String state,
            String stateLabel,
            String decidedByName,
            Instant decidedAt,
            String comment) {}

    /**
     * An earlier agreement with the customer, and what came of it.
     *
     * @param expectedVolume units that were promised for its request as a whole; null when nothing was promised
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Promise(
            String requestNumber,
            String productCode,
            String floorPrice,
            int quantity,
            int drawn,
            Integer expectedVolume,
            LocalDate validFrom,
            LocalDate validTo) {}

    /** @param lines as they are priced now */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Preview(boolean granted, List<Line> lines, String amount, List<Step> steps, Hint hint) {}

    /** The nearest change that saves a step (N1). */
    record Hint(List<Change> changes, String saved, int stepsLeft, String text) {}

    record Change(String productCode, String from, String to) {}
}
