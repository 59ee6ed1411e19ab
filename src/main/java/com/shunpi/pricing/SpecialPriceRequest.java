package com.shunpi.pricing;

import com.shunpi.shared.RefusedException;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Somebody asks to sell below the price system (R5, P1). */
@Entity
class SpecialPriceRequest {

    enum Status {
        OPEN,
        APPROVED,
        REJECTED,
        VOID
    }

    @Embeddable
    static class Line {
        private String productCode;
        private int quantity;
        private BigDecimal listPrice;
        private BigDecimal customerPrice;
        private BigDecimal askedPrice;

        protected Line() {}

        Line(PricedLine line) {
            productCode = line.productCode();
            quantity = line.quantity();
            listPrice = line.listPrice();
            customerPrice = line.customerPrice();
            askedPrice = line.askedPrice();
        }

        PricedLine toPricedLine() {
            return new PricedLine(productCode, quantity, listPrice, customerPrice, askedPrice);
        }
    }

    @Id
    private String requestNumber;

    @Version
    private Integer version;

    private String customerCode;
    private String orderNumber;
    private String requestedBy;
    private Instant requestedAt;

    @Enumerated(EnumType.STRING)
    private Status status;

    private String decidedBy;
    private Instant decidedAt;
    private String comment;

    @ElementCollection
    @CollectionTable(name = "special_price_line", joinColumns = @JoinColumn(name = "request_number"))
    @OrderColumn(name = "line_number")
    private List<Line> lines = new ArrayList<>();

    protected SpecialPriceRequest() {}

    SpecialPriceRequest(
            String requestNumber,
            String customerCode,
            String orderNumber,
            List<PricedLine> lines,
            String requestedBy,
            Instant now) {
        this.requestNumber = requestNumber;
        this.customerCode = customerCode;
        this.orderNumber = orderNumber;
        this.requestedBy = requestedBy;
        requestedAt = now;
        status = Status.OPEN;
        lines.forEach(line -> this.lines.add(new Line(line)));
    }

    /** Refused to whoever asked, and when it is decided already. */
    void decide(String actor, boolean approved, String comment, Instant now) {
        if (actor.equals(requestedBy)) {
            throw RefusedException.forbidden("不能审批自己提出的特价申请。");
        }
        if (status != Status.OPEN) {
            throw RefusedException.conflict("特价申请 " + requestNumber + " 已有结论。");
        }
        status = approved ? Status.APPROVED : Status.REJECTED;
        decidedBy = actor;
        decidedAt = now;
        this.comment = comment;
    }

    /** The order it was made for is changed or withdrawn. */
    void annul() {
        if (status == Status.OPEN) {
            status = Status.VOID;
        }
    }

    String requestNumber() {
        return requestNumber;
    }

    String customerCode() {
        return customerCode;
    }

    String orderNumber() {
        return orderNumber;
    }

    String requestedBy() {
        return requestedBy;
    }

    Status status() {
        return status;
    }

    List<PricedLine> lines() {
        return lines.stream().map(Line::toPricedLine).toList();
    }
}
