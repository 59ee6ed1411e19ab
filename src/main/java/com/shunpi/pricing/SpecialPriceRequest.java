package com.shunpi.pricing;

import com.shunpi.masterdata.Grade;
import com.shunpi.pricing.SpecialPriceApproval.State;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody asks to sell below the price system (R5, P1). The steps of its approval are kept with it as the decision table
 * gave them when it was sent, so that an edited table concerns later requests alone (P2). From there on the terms only
 * become better for the house, by accepted counter-offers: so whoever has once agreed is not asked again.
 */
@Entity
class SpecialPriceRequest {

    enum Kind {
        /** For the lines of an order that waits. */
        ORDER("订单特价"),
        /** For a customer, before he orders. */
        CUSTOMER("客户特价"),
        /** For everybody of some grades (P8). */
        PROMOTION("促销");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    enum Status {
        DRAFT("待提交"),
        OPEN("审批中"),
        OFFERED("待答复还价"),
        QUESTIONED("待补充资料"),
        APPROVED("已批准"),
        REJECTED("未批准"),
        WITHDRAWN("已撤回"),
        VOID("已作废");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        boolean isClosed() {
            return this == APPROVED || this == REJECTED || this == WITHDRAWN || this == VOID;
        }
    }

    @Embeddable
    static class Line {
        private String productCode;
        private int quantity;
        private BigDecimal listPrice;
        private BigDecimal customerPrice;
        private BigDecimal askedPrice;
        private BigDecimal requestedPrice;
        private int requestedQuantity;
        private BigDecimal offeredPrice;
        private Integer offeredQuantity;

        protected Line() {}

        Line(PricedLine line) {
            productCode = line.productCode();
            quantity = line.quantity();
            listPrice = line.listPrice();
            customerPrice = line.customerPrice();
            askedPrice = line.askedPrice();
            requestedPrice = askedPrice;
            requestedQuantity = quantity;
        }

        PricedLine toPricedLine() {
            return new PricedLine(productCode, quantity, listPrice, customerPrice, askedPrice);
        }

        private void offer(PriceOffer.Line offer) {
            offeredPrice = offer.price();
            offeredQuantity = offer.quantity();
        }

        private void take() {
            askedPrice = offeredPrice;
            quantity = offeredQuantity;
        }

        BigDecimal requestedPrice() {
            return requestedPrice;
        }

        int requestedQuantity() {
            return requestedQuantity;
        }

        /** Null unless an approver offered another. */
        BigDecimal offeredPrice() {
            return offeredPrice;
        }

        Integer offeredQuantity() {
            return offeredQuantity;
        }
    }

    @Id
    private String requestNumber;

    @Version
    private Integer version;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String customerCode;
    private String orderNumber;
    private String requestedBy;
    private Instant requestedAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private Status status;

    private String reason;
    private String competitor;
    private LocalDate validFrom;
    private LocalDate validTo;
    private LocalDate offeredFrom;
    private LocalDate offeredTo;
    private Integer expectedVolume;
    private BigDecimal budget;
    // unique in the table and null when closed: an order has one open request (F5)
    private String openOrder;

    private String joinedRequest;
    private boolean waiting;
    private String submittedBy;
    private Instant submittedAt;
    private String acceptedBy;
    private Integer tableVersion;
    private int roundNumber;

    private String decidedBy;
    private Instant decidedAt;
    private String comment;

    @ElementCollection
    @CollectionTable(name = "special_price_line", joinColumns = @JoinColumn(name = "request_number"))
    @OrderColumn(name = "line_number")
    private List<Line> lines = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "special_price_approval", joinColumns = @JoinColumn(name = "request_number"))
    @OrderColumn(name = "position")
    private List<SpecialPriceApproval> approvals = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "special_price_grade", joinColumns = @JoinColumn(name = "request_number"))
    @Column(name = "grade")
    @Enumerated(EnumType.STRING)
    private Set<Grade> grades = new TreeSet<>();

    protected SpecialPriceRequest() {}

    private SpecialPriceRequest(
            Kind kind,
            String requestNumber,
            String customerCode,
            String orderNumber,
            List<PricedLine> lines,
            String requestedBy,
            Instant now) {
        this.kind = kind;
        this.requestNumber = requestNumber;
        this.customerCode = customerCode;
        this.orderNumber = orderNumber;
        openOrder = orderNumber;
        this.requestedBy = requestedBy;
        requestedAt = now;
        status = Status.DRAFT;
        lines.forEach(line -> this.lines.add(new Line(line)));
    }

    /** For the lines of an order (R5). */
    static SpecialPriceRequest forOrder(
            String requestNumber,
            String orderNumber,
            String customerCode,
            List<PricedLine> lines,
            String requestedBy,
            Instant now) {
        return new SpecialPriceRequest(Kind.ORDER, requestNumber, customerCode, orderNumber, lines, requestedBy, now);
    }

    static SpecialPriceRequest forCustomer(
            String requestNumber, String customerCode, List<PricedLine> lines, String requestedBy, Instant now) {
        return new SpecialPriceRequest(Kind.CUSTOMER, requestNumber, customerCode, null, lines, requestedBy, now);
    }

    /**
     * For all customers of some grades (P8).
     *
     * @param budget discount it may give away in all, CNY
     */
    static SpecialPriceRequest forPromotion(
            String requestNumber,
            Set<Grade> grades,
            BigDecimal budget,
            List<PricedLine> lines,
            String requestedBy,
            Instant now) {
        SpecialPriceRequest request =
                new SpecialPriceRequest(Kind.PROMOTION, requestNumber, null, null, lines, requestedBy, now);
        request.grades.addAll(grades);
        request.budget = budget;
        return request;
    }

    /** Waits for what is decided on another request, which asks for these lines already (R5). */
    void join(String otherRequest) {
        mustBe(Status.DRAFT);
        joinedRequest = otherRequest;
        waiting = true;
    }

    /**
     * Its lines are decided elsewhere, by the request it joined. Granted there, nothing is left to ask here: the order draws
     * on that agreement.
     */
    void follow(boolean granted, Instant now) {
        mustBe(Status.DRAFT);
        close(granted ? Status.APPROVED : Status.REJECTED);
        decidedAt = now;
    }

    /** Whether orders may wait for what is decided here: those of an order are for its own lines alone. */
    boolean isJoinable() {
        return kind == Kind.CUSTOMER;
    }

    /** The request it waits for, or has waited for; null when it never joined one. */
    String joinedRequest() {
        return joinedRequest;
    }

    boolean isWaiting() {
        return waiting;
    }

    private void close(Status result) {
        status = result;
        openOrder = null;
        waiting = false;
    }

    /**
     * Sends it on its way (P1). With no step it is within authority; {@link #advance} grants it then.
     *
     * @param tableVersion of the decision table that gave the steps
     */
    void submit(PriceTerms terms, List<PriceStep> steps, int tableVersion, String actor, Instant now) {
        mustBe(Status.DRAFT);
        if (waiting) {
            throw RefusedException.conflict("特价申请 " + requestNumber + " 正等待 " + joinedRequest + " 的结论，不用另外提交。");
        }
        reason = terms.reason();
        competitor = terms.competitor();
        validFrom = terms.validFrom();
        validTo = terms.validTo();
        expectedVolume = terms.expectedVolume();
        submittedBy = actor;
        submittedAt = now;
        this.tableVersion = tableVersion;
        begin(steps);
    }

    private void begin(List<PriceStep> steps) {
        roundNumber++;
        for (int i = 0; i < steps.size(); i++) {
            for (String role : steps.get(i).roles()) {
                approvals.add(new SpecialPriceApproval(
                        roundNumber, i + 1, role, steps.get(i).reasons(), requestedBy, submittedBy));
            }
        }
        status = Status.OPEN;
    }

    /**
     * The roles that have to be asked now: those of the first step of this round in which one is pending. A role whose
     * holder has agreed in an earlier step or round is skipped, and recorded so. When no role is left the request is
     * granted.
     *
     * @param holders the users of a role
     */
    List<String> advance(Function<String, Set<String>> holders, Instant now) {
        if (status == Status.APPROVED) {
            return List.of();
        }
        mustBe(Status.OPEN);
        for (SpecialPriceApproval approval : currentRound()) {
            if (approval.isPending()) {
                agreedBefore(approval, holders.apply(approval.role()))
                        .ifPresent(person -> approval.decide(State.SKIPPED, person, null, now));
            }
            if (approval.isPending()) {
                return pendingRoles(approval.stepNumber());
            }
        }
        close(Status.APPROVED);
        decidedAt = now;
        return List.of();
    }

    private Optional<String> agreedBefore(SpecialPriceApproval approval, Set<String> holders) {
        // a joint step wants each role's own word
        return approvals.stream()
                .filter(SpecialPriceApproval::isAgreed)
                .filter(other ->
                        other.roundNumber() < approval.roundNumber() || other.stepNumber() < approval.stepNumber())
                .map(SpecialPriceApproval::decidedBy)
                .filter(holders::contains)
                .findFirst();
    }

    /** In the order of the steps. */
    List<SpecialPriceApproval> currentRound() {
        return approvals.stream()
                .filter(approval -> approval.roundNumber() == roundNumber)
                .toList();
    }

    private List<String> pendingRoles(int step) {
        return currentRound().stream()
                .filter(approval -> approval.stepNumber() == step && approval.isPending())
                .map(SpecialPriceApproval::role)
                .toList();
    }

    /** @return whether the step is settled: nobody else of it is still to be heard */
    boolean approve(String role, String actor, String comment, Instant now) {
        SpecialPriceApproval approval = pending(role, actor);
        approval.decide(State.APPROVED, actor, comment, now);
        return pendingRoles(approval.stepNumber()).isEmpty();
    }

    void reject(String role, String actor, String comment, Instant now) {
        pending(role, actor).decide(State.REJECTED, actor, comment, now);
        close(Status.REJECTED);
        decidedBy = actor;
        decidedAt = now;
        this.comment = comment;
    }

    /**
     * Offers other terms, which the requester's side accepts or not. Refused unless they are better for the house, or the
     * same, in each respect, and below the customer's price: a better offer to the customer is a new request.
     */
    void counter(String role, String actor, PriceOffer offer, String comment, Instant now) {
        SpecialPriceApproval approval = pending(role, actor);
        mustBeStricter(offer, LocalDate.ofInstant(now, PriceAgreements.SHANGHAI));
        approval.decide(State.COUNTERED, actor, comment, now);
        offeredFrom = offer.validFrom();
        offeredTo = offer.validTo();
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).offer(offer.lines().get(i));
        }
        status = Status.OFFERED;
    }

    private void mustBeStricter(PriceOffer offer, LocalDate today) {
        List<Fault> faults = new ArrayList<>();
        if (offer.lines().size() != lines.size()) {
            throw RefusedException.invalid("offer.lines", "还价应逐行对应申请的 " + lines.size() + " 行。");
        }
        boolean changed =
                !offer.validFrom().equals(validFrom) || !offer.validTo().equals(validTo);
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            PriceOffer.Line offered = offer.lines().get(i);
            String at = "offer.lines[" + i + "].";
            if (offered.price().compareTo(line.askedPrice) < 0
                    || offered.price().compareTo(line.customerPrice) >= 0) {
                faults.add(Fault.of(at + "askedPrice", "第 " + (i + 1) + " 行的还价应不低于申请价，且低于客户价。"));
            }
            if (offered.quantity() > line.quantity) {
                faults.add(Fault.of(at + "quantity", "第 " + (i + 1) + " 行的还价数量不能超过申请数量。"));
            }
            changed |= offered.price().compareTo(line.askedPrice) != 0 || offered.quantity() != line.quantity;
        }
        if (offer.validFrom().isBefore(validFrom)
                || offer.validTo().isAfter(validTo)
                || offer.validTo().isBefore(offer.validFrom())
                || offer.validTo().isBefore(today)) {
            faults.add(Fault.of("offer.validTo", "还价的期限应在申请的期限之内，且尚未结束。"));
        }
        if (kind == Kind.ORDER && offer.validFrom().isAfter(today)) {
            faults.add(Fault.of("offer.validFrom", "订单正等着这个价格，期限不能推迟开始。"));
        }
        if (!changed) {
            faults.add(Fault.of("offer", "还价与申请相同，请直接批准。"));
        }
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
    }

    /** Wants to know more; the same step goes on afterwards. */
    void ask(String role, String actor) {
        pending(role, actor);
        status = Status.QUESTIONED;
    }

    void answer() {
        mustBe(Status.QUESTIONED);
        status = Status.OPEN;
    }

    /** The terms an accepted offer would have; the steps are determined for them. */
    List<PricedLine> offeredLines() {
        mustBe(Status.OFFERED);
        return lines.stream()
                .map(line -> new PricedLine(
                        line.productCode, line.offeredQuantity, line.listPrice, line.customerPrice, line.offeredPrice))
                .toList();
    }

    /** The requester's side takes the offer: its terms are the request's from now on, with steps of their own. */
    void acceptOffer(List<PriceStep> steps, String actor) {
        mustBe(Status.OFFERED);
        lines.forEach(Line::take);
        validFrom = offeredFrom;
        validTo = offeredTo;
        acceptedBy = actor;
        begin(steps);
    }

    void withdraw(Instant now) {
        if (status.isClosed()) {
            throw closed();
        }
        close(Status.WITHDRAWN);
        decidedAt = now;
    }

    /** The order it was made for is changed or withdrawn. */
    void annul() {
        if (!status.isClosed()) {
            close(Status.VOID);
        }
    }

    private SpecialPriceApproval pending(String role, String actor) {
        if (parties().contains(actor)) {
            throw RefusedException.forbidden("不能审批自己提出的特价申请。");
        }
        mustBe(Status.OPEN);
        // cases that began before a task knew its role have one role alone
        return currentRound().stream()
                .filter(approval ->
                        approval.isPending() && (role == null || approval.role().equals(role)))
                .findFirst()
                .orElseThrow(() -> RefusedException.conflict("这一步已经办理，不能再审批。"));
    }

    private void mustBe(Status expected) {
        if (status.isClosed()) {
            throw closed();
        }
        if (status != expected) {
            throw RefusedException.conflict("特价申请 " + requestNumber + " 现为“" + status.label() + "”，不能执行此操作。");
        }
    }

    private RefusedException closed() {
        return RefusedException.conflict("特价申请 " + requestNumber + " 已有结论。");
    }

    /** Whoever asks: none of them decides. */
    Set<String> parties() {
        return Stream.of(requestedBy, submittedBy, acceptedBy)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether somebody of the role gave his word on it, or his earlier word was taken (P6). */
    boolean wasDecidedBy(String role) {
        return approvals.stream().anyMatch(approval -> approval.role().equals(role) && approval.decidedBy() != null);
    }

    /** Whether a price is another one now than was asked at first, by an accepted offer. */
    boolean hasOtherPrices() {
        return lines.stream().anyMatch(line -> line.askedPrice.compareTo(line.requestedPrice) != 0);
    }

    String requestNumber() {
        return requestNumber;
    }

    Kind kind() {
        return kind;
    }

    /** Null for a promotion. */
    String customerCode() {
        return customerCode;
    }

    /** Null unless it is for an order. */
    String orderNumber() {
        return orderNumber;
    }

    /** The document it is about: the order, or the request itself. */
    String documentNumber() {
        return orderNumber == null ? requestNumber : orderNumber;
    }

    String requestedBy() {
        return requestedBy;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    String submittedBy() {
        return submittedBy;
    }

    String acceptedBy() {
        return acceptedBy;
    }

    Status status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String competitor() {
        return competitor;
    }

    LocalDate validFrom() {
        return validFrom;
    }

    LocalDate validTo() {
        return validTo;
    }

    LocalDate offeredFrom() {
        return offeredFrom;
    }

    LocalDate offeredTo() {
        return offeredTo;
    }

    Integer expectedVolume() {
        return expectedVolume;
    }

    /** Null unless it is a promotion. */
    BigDecimal budget() {
        return budget;
    }

    /** Whom a promotion is for; none otherwise. */
    Set<Grade> grades() {
        return Set.copyOf(grades);
    }

    Integer tableVersion() {
        return tableVersion;
    }

    int roundNumber() {
        return roundNumber;
    }

    List<Line> requestLines() {
        return List.copyOf(lines);
    }

    List<PricedLine> lines() {
        return lines.stream().map(Line::toPricedLine).toList();
    }

    List<SpecialPriceApproval> approvals() {
        return List.copyOf(approvals);
    }
}
