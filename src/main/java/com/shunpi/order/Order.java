package com.shunpi.order;

import com.shunpi.masterdata.Product;
import com.shunpi.pricing.SpecialPrices;
import com.shunpi.shared.Fault;
import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
import com.shunpi.verification.Agreement;
import com.shunpi.verification.PreparedValue;
import com.shunpi.verification.VerifiedField;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.BatchSize;
import org.springframework.data.domain.Persistable;

/**
 * An order: what the customer wants, what holds it, and who answers for it. Every change of state is a method here that
 * refuses what a rule forbids; the table's constraints say the same once more.
 */
@Entity
@Table(name = "sales_order")
class Order implements Persistable<String> {

    @Id
    private String orderNumber;

    @Version
    private Integer version;

    private String source;
    private String externalNumber;
    private String contentDigest;
    private String customerCode;
    private LocalDate requiredDate;
    private String deliveryMode;
    private String consignee;
    private String phone;
    private String address;
    private Instant orderedAt;
    private Instant receivedAt;
    private boolean urgent;
    private String remark;
    private BigDecimal amount;

    @Enumerated(EnumType.STRING)
    private OrderKind kind;

    private String caseNumber;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private String enteredBy;
    private String changedBy;
    private String reviewedBy;
    private String verifiedBy;
    private String verificationOverride;
    private String unpaidReason;
    private String unpaidRequestedBy;
    private String unpaidApprovedBy;
    private LocalDate promisedDate;
    private Instant repliedAt;
    private Instant releasedAt;
    private LocalDate shipBy;
    private String carrier;
    private String waybill;
    private Integer pieces;
    private LocalDate dispatchedOn;
    private String invoiceNumber;
    private String taxNumber;
    private String invoicePreparedBy;
    private Instant invoicedAt;
    private String signedBy;
    private LocalDate signedOn;
    private Instant closedAt;

    // read with the order, in one statement: whoever works with it looks at its lines and holds
    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_number"))
    @OrderColumn(name = "line_number")
    @BatchSize(size = 100)
    private List<OrderLine> lines = new ArrayList<>();

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "order_hold", joinColumns = @JoinColumn(name = "order_number"))
    @MapKeyColumn(name = "reason")
    @MapKeyEnumerated(EnumType.STRING)
    @BatchSize(size = 100)
    private Map<HoldReason, Hold> holds = new EnumMap<>(HoldReason.class);

    protected Order() {}

    Order(String orderNumber, OrderDraft draft, String enteredBy, Instant receivedAt) {
        this(orderNumber, draft, OrderKind.SALE, null, enteredBy, receivedAt);
    }

    /** @param caseNumber the returns case that sends the goods (T7); null for a sale */
    Order(
            String orderNumber,
            OrderDraft draft,
            OrderKind kind,
            String caseNumber,
            String enteredBy,
            Instant receivedAt) {
        this.orderNumber = orderNumber;
        this.kind = kind;
        this.caseNumber = caseNumber;
        this.enteredBy = enteredBy;
        this.receivedAt = receivedAt;
        source = draft.source();
        externalNumber = draft.externalNumber();
        contentDigest = draft.digest();
        status = OrderStatus.IN_REVIEW;
        take(draft);
    }

    private void take(OrderDraft draft) {
        customerCode = draft.customerCode();
        requiredDate = draft.requiredDate();
        deliveryMode = draft.deliveryMode();
        consignee = draft.consignee();
        phone = draft.phone();
        address = draft.address();
        orderedAt = draft.orderedAt() == null ? receivedAt : draft.orderedAt();
        urgent = draft.urgent();
        remark = draft.remark();
        List<OrderLine> wanted = draft.lines().stream()
                .map(line -> new OrderLine(line.productCode(), line.quantity(), line.unitPrice()))
                .toList();
        lines.clear();
        lines.addAll(wanted);
        BigDecimal total = lines.stream().map(OrderLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (!Money.fits(total, 2)) {
            throw RefusedException.invalid("lines", "订单金额过大。");
        }
        amount = Money.amount(total);
    }

    /**
     * The customer changed the order, or its faults were corrected: new values, and whatever was approved on the old ones
     * is void (R11). Refused after release.
     *
     * @return what is different now, old and new value
     */
    List<Fault> change(OrderDraft draft, String actor) {
        if (!status.isBeforeRelease()) {
            throw RefusedException.conflict("订单" + orderNumber + status.label() + "，不能再修改；放行后请走退换货流程。");
        }
        if (!Objects.equals(source, draft.source()) || !Objects.equals(externalNumber, draft.externalNumber())) {
            throw RefusedException.invalid("externalNumber", "来源和外部单号不能修改。");
        }
        List<Fault> differences = differences(draft);
        if (kind != OrderKind.SALE && differences.stream().anyMatch(Order::isSettledByTheCase)) {
            throw RefusedException.conflict(kind.label() + "订单的客户、产品、数量和价格由退换货案件 " + caseNumber + " 决定，这里只能改收货资料。");
        }
        if (!differences.isEmpty()) {
            take(draft);
            changedBy = actor;
            reviewedBy = null;
            verifiedBy = null;
            verificationOverride = null;
            unpaidReason = null;
            unpaidRequestedBy = null;
            unpaidApprovedBy = null;
            promisedDate = null;
            holds.values().forEach(Hold::reinstate);
        }
        become(OrderStatus.IN_REVIEW);
        return differences;
    }

    private static boolean isSettledByTheCase(Fault difference) {
        return difference.field().equals("customerCode") || difference.field().startsWith("lines[");
    }

    /** The order as it is, at the prices that were agreed on for lines of it. */
    OrderDraft withPrices(List<SpecialPrices.AgreedPrice> agreed) {
        return new OrderDraft(
                source,
                externalNumber,
                customerCode,
                requiredDate,
                deliveryMode,
                consignee,
                phone,
                address,
                orderedAt,
                urgent,
                remark,
                lines.stream()
                        .map(line ->
                                new OrderDraft.Line(line.productCode(), line.quantity(), agreedPrice(line, agreed)))
                        .toList());
    }

    private static BigDecimal agreedPrice(OrderLine line, List<SpecialPrices.AgreedPrice> agreed) {
        return agreed.stream()
                .filter(price -> price.productCode().equals(line.productCode())
                        && price.requestedPrice().compareTo(line.unitPrice()) == 0
                        && price.price().compareTo(line.unitPrice()) > 0)
                .map(SpecialPrices.AgreedPrice::price)
                .findFirst()
                .orElse(line.unitPrice());
    }

    /** What a draft says otherwise than the order does (R6, R11). */
    List<Fault> differences(OrderDraft draft) {
        List<Fault> differences = new ArrayList<>();
        compare(differences, "customerCode", "客户", customerCode, draft.customerCode());
        compare(differences, "requiredDate", "要求交期", requiredDate, draft.requiredDate());
        compare(differences, "deliveryMode", "发货方式", deliveryMode, draft.deliveryMode());
        compare(differences, "consignee", "收货人", consignee, draft.consignee());
        compare(differences, "phone", "电话", phone, draft.phone());
        compare(differences, "address", "地址", address, draft.address());
        if (draft.orderedAt() != null) {
            compare(differences, "orderedAt", "下单时间", orderedAt, draft.orderedAt());
        }
        compare(differences, "urgent", "加急", urgent ? "是" : "否", draft.urgent() ? "是" : "否");
        compare(differences, "remark", "备注", remark, draft.remark());
        for (int i = 0; i < Math.max(lines.size(), draft.lines().size()); i++) {
            String old = i < lines.size() ? text(lines.get(i)) : null;
            String now = i < draft.lines().size() ? text(draft.lines().get(i)) : null;
            compare(differences, "lines[" + i + "]", "第 " + (i + 1) + " 行", old, now);
        }
        return differences;
    }

    private static String text(OrderLine line) {
        return line.productCode() + " × " + line.quantity() + " @ "
                + line.unitPrice().toPlainString();
    }

    private static String text(OrderDraft.Line line) {
        return line.productCode() + " × " + line.quantity() + " @ "
                + Money.price(line.unitPrice()).toPlainString();
    }

    private static void compare(List<Fault> differences, String field, String label, Object old, Object now) {
        if (!Objects.equals(old, now)) {
            differences.add(
                    Fault.of(field, label + "：" + (old == null ? "（无）" : old) + " → " + (now == null ? "（无）" : now)));
        }
    }

    /**
     * Takes over what a check found: new reasons hold, gone ones clear by themselves, a release counts until its review
     * date (F1, F3). A forced hold stays until somebody releases it.
     */
    void examine(Map<HoldReason, String> causes, Instant now, LocalDate today) {
        if (!status.isBeforeRelease()) {
            return;
        }
        holds.keySet().removeIf(reason -> reason != HoldReason.FORCED && !causes.containsKey(reason));
        causes.forEach((reason, detail) -> {
            Hold hold = holds.get(reason);
            if (hold == null) {
                holds.put(reason, new Hold(detail, now));
            } else {
                hold.describe(detail);
            }
        });
        holds.values().stream().filter(hold -> hold.isDueForReview(today)).forEach(Hold::reinstate);
        boolean held = reviewedBy != null && !openHolds().isEmpty();
        become(isIncomplete() ? OrderStatus.RETURNED : held ? OrderStatus.HELD : OrderStatus.IN_REVIEW);
    }

    /** Holds the order by hand; only a person releases it (F3). */
    void force(String reason, Instant now) {
        if (!status.isBeforeRelease()) {
            throw RefusedException.conflict("订单" + orderNumber + status.label() + "，不能再冻结。");
        }
        holds.put(HoldReason.FORCED, new Hold(reason, now));
    }

    boolean isHeldBy(HoldReason reason) {
        Hold hold = holds.get(reason);
        return hold != null && !hold.isReleased();
    }

    /** Something of it is missing, or not made any more: it goes back to who entered it (R1). */
    boolean isIncomplete() {
        return isHeldBy(HoldReason.INCOMPLETE) || isHeldBy(HoldReason.DISCONTINUED);
    }

    /** The reasons that hold the order now, in the order of {@link HoldReason}. */
    Map<HoldReason, Hold> openHolds() {
        return select(false);
    }

    /** The reasons that would hold it, had nobody released them. */
    Map<HoldReason, Hold> releasedHolds() {
        return select(true);
    }

    private Map<HoldReason, Hold> select(boolean released) {
        return holds.entrySet().stream()
                .filter(entry -> entry.getValue().isReleased() == released)
                .sorted(Map.Entry.comparingByKey())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    /** Back to the person who entered it (R1). */
    void returnForCorrection() {
        become(OrderStatus.RETURNED);
        reviewedBy = null;
        verifiedBy = null;
        verificationOverride = null;
    }

    /** An assistant answers for the document (R1). Refused while something is missing or discontinued. */
    void review(String actor) {
        mustBeBeforeRelease();
        if (isIncomplete()) {
            throw RefusedException.conflict("资料不齐，不能通过审核：" + details(HoldReason.INCOMPLETE, HoldReason.DISCONTINUED));
        }
        reviewedBy = actor;
    }

    private String details(HoldReason... reasons) {
        return Stream.of(reasons)
                .filter(holds::containsKey)
                .map(reason -> holds.get(reason).detail())
                .collect(Collectors.joining("；"));
    }

    void reject(Instant now) {
        become(OrderStatus.REJECTED);
        closedAt = now;
        repliedAt = repliedAt == null ? now : repliedAt;
    }

    /** Refused after release: then it is a return (R11). */
    void cancel(Instant now) {
        become(OrderStatus.CANCELLED);
        closedAt = now;
        repliedAt = repliedAt == null ? now : repliedAt;
    }

    /**
     * Somebody deals with what holds the order: until it is looked at again it is in review, so that a receipt booked in
     * this very step does not move the case a second time.
     */
    void resume() {
        mustBeBeforeRelease();
        become(OrderStatus.IN_REVIEW);
    }

    /** Somebody asks to let the goods go without payment and says why (R4). */
    void requestUnpaid(String actor, String reason) {
        mustBeBeforeRelease();
        unpaidReason = reason;
        unpaidRequestedBy = actor;
        unpaidApprovedBy = null;
    }

    /** The director signs (R4). Nobody signs his own request. */
    void approveUnpaid(String director) {
        mustBeBeforeRelease();
        if (unpaidReason == null) {
            throw RefusedException.conflict("没有欠款发货申请。");
        }
        if (director.equals(unpaidRequestedBy)) {
            throw RefusedException.forbidden("不能批准自己提出的欠款发货申请。");
        }
        unpaidApprovedBy = director;
    }

    /** Finance checks what the director signed; the payment hold is released until the review date (R4). */
    void confirmUnpaid(String finance, String comment, LocalDate reviewOn) {
        mustBeBeforeRelease();
        if (unpaidApprovedBy == null) {
            throw RefusedException.conflict("欠款发货尚未经销售总监签字。");
        }
        if (finance.equals(unpaidApprovedBy) || finance.equals(unpaidRequestedBy)) {
            throw RefusedException.forbidden("欠款发货须由申请人和总监以外的财务人员复核。");
        }
        Hold hold = holds.get(HoldReason.PAYMENT);
        if (hold != null) {
            hold.release(finance, comment == null ? unpaidReason : comment, reviewOn);
        }
    }

    /** Withdraws a request for goods without payment that was turned down. */
    void dropUnpaid() {
        unpaidReason = null;
        unpaidRequestedBy = null;
        unpaidApprovedBy = null;
    }

    /** Releases all credit holds with a reason, until a review date (F3). Nobody releases what he entered. */
    void releaseCreditHolds(String actor, String reason, LocalDate reviewOn) {
        mustBeBeforeRelease();
        if (actor.equals(enteredBy) || actor.equals(reviewedBy)) {
            throw RefusedException.forbidden("不能解除自己录入或审核的订单的冻结。");
        }
        holds.forEach((kind, hold) -> {
            if (kind.isCredit()) {
                hold.release(actor, reason, reviewOn);
            }
        });
    }

    /** The day on which the missing goods are promised (R3). */
    void promise(LocalDate date) {
        mustBeBeforeRelease();
        promisedDate = date;
    }

    /** The customer has an answer (R2); the first one counts. */
    void replied(Instant at) {
        repliedAt = repliedAt == null ? at : repliedAt;
    }

    /** Everybody who acted on the document: none of them verifies it (V1). */
    Set<String> actors() {
        return Stream.of(enteredBy, changedBy, reviewedBy)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** SHA-256 of what another person verifies before release (R7, V3). */
    String fingerprint() {
        String text = lines.stream().map(Order::text).collect(Collectors.joining("\n"));
        return OrderDraft.sha256(text + "\n" + consignee + "\n" + address);
    }

    /** What another person compares with the source before release (R7); the decision table picks from it. */
    List<PreparedValue> releaseValues(Map<String, Product> products) {
        List<PreparedValue> values = lineValues(products);
        values.add(PreparedValue.of(VerifiedField.AMOUNT, amount.toPlainString()));
        values.add(PreparedValue.of(VerifiedField.CONSIGNEE, consignee));
        values.add(PreparedValue.of(VerifiedField.PHONE, phone));
        values.add(PreparedValue.of(VerifiedField.ADDRESS, address));
        return values;
    }

    /** What another person compares with the source before invoicing (R7). */
    List<PreparedValue> invoiceValues(Map<String, Product> products) {
        List<PreparedValue> values = lineValues(products);
        values.add(PreparedValue.of(VerifiedField.AMOUNT, amount.toPlainString()));
        values.add(PreparedValue.of(VerifiedField.INVOICE_NUMBER, invoiceNumber));
        values.add(PreparedValue.of(VerifiedField.TAX_NUMBER, taxNumber));
        return values;
    }

    private List<PreparedValue> lineValues(Map<String, Product> products) {
        List<PreparedValue> values = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            OrderLine line = lines.get(i);
            String name =
                    line.productCode() + " " + products.get(line.productCode()).name();
            values.add(new PreparedValue(VerifiedField.PRODUCT, i, name));
            values.add(new PreparedValue(VerifiedField.QUANTITY, i, String.valueOf(line.quantity())));
            values.add(new PreparedValue(
                    VerifiedField.UNIT_PRICE, i, line.unitPrice().toPlainString()));
        }
        return values;
    }

    /**
     * Lets the order go (R5, R7, R13). Refused with an open hold, unreviewed, or verified by someone who acted on it.
     *
     * @param proof that exactly these values were verified; null when nobody did
     * @param shipBy the last day to ship (R8)
     */
    void release(Agreement proof, Instant now, LocalDate shipBy) {
        if (reviewedBy == null) {
            throw RefusedException.conflict("订单尚未审核，不能放行。");
        }
        if (proof == null || actors().contains(proof.verifiedBy()) && !proof.byOverride()) {
            throw RefusedException.forbidden("订单须由录入人、审核人以外的人复核后才能放行。");
        }
        if (!openHolds().isEmpty()) {
            throw RefusedException.conflict("订单仍被冻结，不能放行。");
        }
        become(OrderStatus.RELEASED);
        verifiedBy = proof.verifiedBy();
        verificationOverride = proof.byOverride() ? proof.verificationNumber() : null;
        releasedAt = now;
        this.shipBy = shipBy;
        replied(now);
    }

    /** The goods left (R9). */
    void ship(String carrier, String waybill, int pieces, LocalDate dispatchedOn) {
        become(OrderStatus.SHIPPED);
        this.carrier = carrier;
        this.waybill = waybill;
        this.pieces = pieces;
        this.dispatchedOn = dispatchedOn;
    }

    /** Finance prepares the invoice; another person verifies it before it is issued (R7). */
    void prepareInvoice(String actor, String invoiceNumber, String taxNumber) {
        if (status != OrderStatus.SHIPPED || invoicedAt != null || !isBillable()) {
            throw RefusedException.conflict("订单" + orderNumber + status.label() + "，现在不能开票。");
        }
        this.invoiceNumber = invoiceNumber;
        this.taxNumber = taxNumber;
        invoicePreparedBy = actor;
    }

    /** SHA-256 of what another person verifies before invoicing (R7). */
    String invoiceFingerprint() {
        String text = lines.stream().map(Order::text).collect(Collectors.joining("\n"));
        return OrderDraft.sha256(text + "\n" + invoiceNumber + "\n" + taxNumber + "\n" + amount.toPlainString());
    }

    void invoiced(Agreement proof, Instant now) {
        if (proof == null || proof.verifiedBy().equals(invoicePreparedBy) && !proof.byOverride()) {
            throw RefusedException.forbidden("发票须由开票人以外的人复核。");
        }
        if (status != OrderStatus.SHIPPED || invoicedAt != null) {
            throw RefusedException.conflict("订单" + orderNumber + status.label() + "，现在不能开票。");
        }
        invoicedAt = now;
    }

    /** The signed delivery note is back (R10). Refused before the invoice, where there is to be one. */
    void archive(String signedBy, LocalDate signedOn, Instant now) {
        if (invoicedAt == null && isBillable()) {
            throw RefusedException.conflict("订单尚未开票，不能归档。");
        }
        become(OrderStatus.ARCHIVED);
        this.signedBy = signedBy;
        this.signedOn = signedOn;
        closedAt = now;
    }

    private void mustBeBeforeRelease() {
        if (!status.isBeforeRelease()) {
            throw RefusedException.conflict("订单" + orderNumber + status.label() + "，不能再执行此操作。");
        }
    }

    private void become(OrderStatus next) {
        if (!status.mayBecome(next)) {
            throw RefusedException.conflict(
                    "订单" + orderNumber + "现为“" + status.label() + "”，不能变为“" + next.label() + "”。");
        }
        status = next;
    }

    @Override
    public String getId() {
        return orderNumber;
    }

    /** Said here, since Spring Data would find it out by an exception: for each order that is kept. */
    @Override
    public boolean isNew() {
        return version == null;
    }

    String orderNumber() {
        return orderNumber;
    }

    int version() {
        return version == null ? 0 : version;
    }

    String source() {
        return source;
    }

    String externalNumber() {
        return externalNumber;
    }

    String contentDigest() {
        return contentDigest;
    }

    String customerCode() {
        return customerCode;
    }

    LocalDate requiredDate() {
        return requiredDate;
    }

    String deliveryMode() {
        return deliveryMode;
    }

    String consignee() {
        return consignee;
    }

    String phone() {
        return phone;
    }

    String address() {
        return address;
    }

    Instant orderedAt() {
        return orderedAt;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    boolean isUrgent() {
        return urgent;
    }

    String remark() {
        return remark;
    }

    BigDecimal amount() {
        return amount;
    }

    OrderStatus status() {
        return status;
    }

    String enteredBy() {
        return enteredBy;
    }

    String reviewedBy() {
        return reviewedBy;
    }

    String verifiedBy() {
        return verifiedBy;
    }

    String unpaidReason() {
        return unpaidReason;
    }

    String unpaidRequestedBy() {
        return unpaidRequestedBy;
    }

    String unpaidApprovedBy() {
        return unpaidApprovedBy;
    }

    LocalDate promisedDate() {
        return promisedDate;
    }

    Instant repliedAt() {
        return repliedAt;
    }

    Instant releasedAt() {
        return releasedAt;
    }

    LocalDate shipBy() {
        return shipBy;
    }

    String carrier() {
        return carrier;
    }

    String waybill() {
        return waybill;
    }

    Integer pieces() {
        return pieces;
    }

    LocalDate dispatchedOn() {
        return dispatchedOn;
    }

    String invoiceNumber() {
        return invoiceNumber;
    }

    String taxNumber() {
        return taxNumber;
    }

    String invoicePreparedBy() {
        return invoicePreparedBy;
    }

    Instant invoicedAt() {
        return invoicedAt;
    }

    String signedBy() {
        return signedBy;
    }

    LocalDate signedOn() {
        return signedOn;
    }

    List<OrderLine> lines() {
        return List.copyOf(lines);
    }

    OrderKind kind() {
        return kind;
    }

    /** The returns case that sends the goods; null for a sale. */
    String caseNumber() {
        return caseNumber;
    }

    /** Whether there is something to invoice: every sale, and what a returns case sends at a surcharge. */
    boolean isBillable() {
        return kind == OrderKind.SALE || amount.signum() > 0;
    }

    /** Units the warehouse has to have, per product: none for the customer's own goods. */
    Map<String, Integer> fromStock() {
        return kind == OrderKind.REPAIR ? Map.of() : quantities();
    }

    /** Units wanted per product; two lines of the same product add up. */
    Map<String, Integer> quantities() {
        return lines.stream().collect(Collectors.toMap(OrderLine::productCode, OrderLine::quantity, Math::addExact));
    }
}
