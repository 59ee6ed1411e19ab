package com.shunpi.pricing;

import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Special-price requests and the agreements that come of them. */
@Service
@Transactional
public class SpecialPrices {

    /** How long an approval for an order counts, in days; the whole special-price process asks the requester. */
    private static final int VALID_DAYS = 30;

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private record Draw(long agreement, int quantity) {}

    private record Plan(List<PricedLine> uncovered, List<Draw> draws) {}

    private final SpecialPriceRequests requests;
    private final PriceAgreements agreements;
    private final DocumentNumbers numbers;
    private final Clock clock;

    SpecialPrices(SpecialPriceRequests requests, PriceAgreements agreements, DocumentNumbers numbers, Clock clock) {
        this.requests = requests;
        this.agreements = agreements;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** Those of the lines that no valid agreement covers in price and quantity today (R5, P5). */
    @Transactional(readOnly = true)
    public List<PricedLine> uncovered(String customerCode, List<PricedLine> lines) {
        return plan(customerCode, lines).uncovered();
    }

    /**
     * Draws the lines from the customer's agreements for an order (P5).
     *
     * @return false when the agreements do not cover them, or another order was faster: the caller rolls back or asks anew
     */
    public boolean drawDown(String orderNumber, String customerCode, List<PricedLine> lines) {
        Plan plan = plan(customerCode, lines);
        return plan.uncovered().isEmpty()
                && plan.draws().stream()
                        .allMatch(draw -> agreements.draw(draw.agreement(), orderNumber, draw.quantity()));
    }

    private Plan plan(String customerCode, List<PricedLine> lines) {
        if (lines.isEmpty()) {
            return new Plan(List.of(), List.of());
        }
        List<PriceAgreements.Agreement> valid = agreements.valid(
                customerCode,
                lines.stream().map(PricedLine::productCode).distinct().toList(),
                today());
        Map<Long, Integer> left = new HashMap<>();
        valid.forEach(agreement -> left.put(agreement.id(), agreement.remaining()));
        List<PricedLine> uncovered = new ArrayList<>();
        List<Draw> draws = new ArrayList<>();
        for (PricedLine line : lines) {
            int open = line.quantity();
            for (PriceAgreements.Agreement agreement : valid) {
                int usable = left.get(agreement.id());
                if (open > 0
                        && usable > 0
                        && agreement.productCode().equals(line.productCode())
                        && agreement.floorPrice().compareTo(line.askedPrice()) <= 0) {
                    int taken = Math.min(open, usable);
                    left.put(agreement.id(), usable - taken);
                    draws.add(new Draw(agreement.id(), taken));
                    open -= taken;
                }
            }
            if (open > 0) {
                uncovered.add(line);
            }
        }
        return new Plan(uncovered, draws);
    }

    /** Opens a request for the lines of an order (R5); returns its number. */
    public String open(String orderNumber, String customerCode, List<PricedLine> lines, String requestedBy) {
        SpecialPriceRequest request = new SpecialPriceRequest(
                numbers.next("SP"), customerCode, orderNumber, lines, requestedBy, Instant.now(clock));
        return requests.save(request).requestNumber();
    }

    /** Voids the open requests of an order that is changed or withdrawn (R11). */
    public void annul(String orderNumber) {
        requests.findByOrderNumber(orderNumber).forEach(SpecialPriceRequest::annul);
    }

    SpecialPriceRequest decide(String requestNumber, String actor, boolean approved, String comment) {
        SpecialPriceRequest request = request(requestNumber);
        request.decide(actor, approved, comment, Instant.now(clock));
        if (approved) {
            request.lines()
                    .forEach(line -> agreements.add(
                            requestNumber, request.customerCode(), line, today(), today().plusDays(VALID_DAYS)));
        }
        return request;
    }

    @Transactional(readOnly = true)
    SpecialPriceRequest request(String requestNumber) {
        return requests.findById(requestNumber)
                .orElseThrow(() -> RefusedException.notFound("没有特价申请 " + requestNumber + "。"));
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(SHANGHAI));
    }
}
