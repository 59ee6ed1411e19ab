package com.shunpi.receivables;

import com.shunpi.masterdata.MasterData;
import com.shunpi.receivables.Allocations.Share;
import com.shunpi.shared.Fault;
import com.shunpi.shared.Money;
import com.shunpi.shared.PlainText;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers owe and what they paid. */
@Service
@Transactional
public class Receivables {

    private static final int FIRST_YEAR = 1990;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** What became of a document that was to be kept. */
    enum Outcome {
        NEW,
        CHANGED,
        KNOWN,
        /** Something in it is wrong or unknown. */
        REFUSED,
        /** Its number is known with other content. */
        CONFLICT
    }

    /** @param faults why it was not kept; empty when it was */
    record Kept(Outcome outcome, List<Fault> faults) {

        static Kept as(Outcome outcome) {
            return new Kept(outcome, List.of());
        }
    }

    private final Invoices invoices;
    private final OpenInvoices openInvoices;
    private final Payments payments;
    private final Allocations allocations;
    private final WriteOffs writeOffs;
    private final MasterData masterData;
    private final ObjectProvider<PaidOrders> orders;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Receivables(
            Invoices invoices,
            OpenInvoices openInvoices,
            Payments payments,
            Allocations allocations,
            WriteOffs writeOffs,
            MasterData masterData,
            ObjectProvider<PaidOrders> orders,
            ApplicationEventPublisher events,
            Clock clock) {
        this.invoices = invoices;
        this.openInvoices = openInvoices;
        this.payments = payments;
        this.allocations = allocations;
        this.writeOffs = writeOffs;
        this.masterData = masterData;
        this.orders = orders;
        this.events = events;
        this.clock = clock;
    }

    /** The invoices of a customer that are not fully paid, oldest due date first; as they were written last. */
    @Transactional(readOnly = true)
    public List<OpenInvoice> openInvoices(String customerCode) {
        return openInvoices(Set.of(customerCode)).getOrDefault(customerCode, List.of());
    }

    /** As {@link #openInvoices(String)}, by customer; those who owe nothing are left out. One statement at most. */
    @Transactional(readOnly = true)
    public Map<String, List<OpenInvoice>> openInvoices(Collection<String> customerCodes) {
        return openInvoices.of(customerCodes);
    }

    /** Everything received for a prepaid order, CNY. */
    @Transactional(readOnly = true)
    public BigDecimal receivedFor(String orderNumber) {
        return receivedFor(Set.of(orderNumber)).getOrDefault(orderNumber, BigDecimal.ZERO);
    }

    /** As {@link #receivedFor(String)}, by order; those for which nothing came are left out. One statement at most. */
    @Transactional(readOnly = true)
    public Map<String, BigDecimal> receivedFor(Collection<String> orderNumbers) {
        return orderNumbers.isEmpty()
                ? Map.of()
                : payments.receivedFor(orderNumbers).stream()
                        .collect(Collectors.toMap(Payments.Received::orderNumber, Payments.Received::amount));
    }

    @Transactional(readOnly = true)
    public Optional<Invoice> invoiceOf(String orderNumber) {
        return invoices.findByOrderNumber(orderNumber);
    }

    /** Refuses an invoice number that is taken. */
    @Transactional(readOnly = true)
    public void mustBeFree(String invoiceNumber) {
        if (invoices.existsById(invoiceNumber)) {
            throw RefusedException.conflict("发票号 " + invoiceNumber + " 已存在。");
        }
    }

    /**
     * Issues an invoice; a number that exists is refused. Money that came for its order pays it, then what the customer has
     * to his credit (C6).
     *
     * @param facts nothing of it is paid yet
     */
    public void issue(Invoice.Facts facts) {
        mustBeFree(facts.invoiceNumber());
        Invoice invoice = invoices.saveAndFlush(new Invoice(facts));
        List<Share> shares = new ArrayList<>();
        payments.unusedFor(facts.orderNumber())
                .forEach(payment -> shares.addAll(Allocations.allocate(payment, List.of(invoice))));
        payments.unused(Set.of(facts.customerCode()))
                .forEach(payment -> shares.addAll(Allocations.allocate(payment, List.of(invoice))));
        payments.flush();
        allocations.keep(shares);
    }

    /**
     * The customer objects to an invoice, or does so no more (C7). Whoever calls publishes {@link CustomerStandingChanged}.
     */
    public void dispute(String invoiceNumber, boolean objected) {
        locked(invoiceNumber).dispute(objected);
        invoices.flush();
    }

    /**
     * Gives up what is open of an invoice (C10). That finance and the general manager both said so is the caller's to prove;
     * that they and who proposed it are three people the table says once more.
     *
     * @return what was given up, CNY
     */
    public BigDecimal writeOff(WriteOff writeOff) {
        Invoice invoice = locked(writeOff.invoiceNumber());
        BigDecimal open = invoice.open();
        if (open.signum() == 0) {
            throw RefusedException.conflict("发票 " + invoice.invoiceNumber() + " 已结清，无需核销。");
        }
        invoice.writeOff(open);
        invoices.flush();
        writeOffs.keep(writeOff, open);
        events.publishEvent(new PaymentRecorded(invoice.customerCode(), null));
        return open;
    }

    private Invoice locked(String invoiceNumber) {
        return invoices.lock(Set.of(invoiceNumber)).stream()
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("没有发票 " + invoiceNumber + "。"));
    }

    /** These invoices, by number; unknown ones are left out. One statement. */
    @Transactional(readOnly = true)
    public Map<String, Invoice> invoices(Collection<String> invoiceNumbers) {
        return invoiceNumbers.isEmpty() ? Map.of() : byId(invoices.findAllById(invoiceNumbers), Invoice::invoiceNumber);
    }

    /** Money of the customer that pays no invoice yet, CNY (C6). */
    @Transactional(readOnly = true)
    public BigDecimal credit(String customerCode) {
        return payments.unused(Set.of(customerCode)).stream()
                .map(Payment::left)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Keeps a receipt once: the same bank reference with the same content again changes nothing, with other content it is
     * a conflict that names the differences. Refused as invalid when customer, invoice or order is unknown or they do not
     * belong together, when the invoice is paid already, when the amount is not above zero, or when the day lies ahead.
     *
     * <p>It pays the invoice it names; without one, and with what is left, the customer's undisputed invoices, the oldest
     * due date first; what is left then stays to his credit and pays the next one (C6). Money for an order waits for that
     * order's invoice.
     *
     * @return whether it was new
     */
    public boolean record(Payment.Facts facts, String recordedBy) {
        Kept kept = recordAll(List.of(facts), recordedBy).get(0);
        return switch (kept.outcome()) {
            case REFUSED -> throw RefusedException.invalid(kept.faults());
            case CONFLICT ->
                throw RefusedException.conflict("银行流水号 " + facts.bankReference() + " 已登记，但内容不同。", kept.faults());
            default -> kept.outcome() == Outcome.NEW;
        };
    }

    /** Keeps receipts as {@link #record} does, each bank reference once; answers in their order what became of each. */
    List<Kept> recordAll(List<Payment.Facts> all, String recordedBy) {
        Map<String, Payment> known = byId(
                payments.findAllById(distinct(all, Payment.Facts::bankReference)),
                p -> p.facts().bankReference());
        Set<String> customers =
                masterData.customers(distinct(all, Payment.Facts::customerCode)).keySet();
        // whoever books on a customer's account does so alone; money for an order waits for nobody
        Set<String> accounts = all.stream()
                .filter(facts -> facts.orderNumber() == null && customers.contains(facts.customerCode()))
                .map(Payment.Facts::customerCode)
                .collect(Collectors.toSet());
        masterData.lock(accounts);
        Map<String, Invoice> invoiced =
                byId(invoices.lock(distinct(all, Payment.Facts::invoiceNumber)), Invoice::invoiceNumber);
        Map<String, List<Invoice>> payable =
                invoices.lockPayable(accounts).stream().collect(Collectors.groupingBy(Invoice::customerCode));
        Set<String> orderNumbers = distinct(all, Payment.Facts::orderNumber);
        // without somebody who keeps orders there is nobody to ask
        Optional<Map<String, String>> customerByOrder = orderNumbers.isEmpty()
                ? Optional.of(Map.of())
                : Optional.ofNullable(orders.getIfAvailable()).map(o -> o.customersOf(orderNumbers));
        Map<String, Invoice> billed =
                byId(orderNumbers.isEmpty() ? List.of() : invoices.lockOf(orderNumbers), Invoice::orderNumber);
        List<Share> shares = new ArrayList<>();
        List<Kept> outcome = new ArrayList<>();
        // of many receipts of one customer one is told: who listens looks at the sums anyway
        Set<PaymentRecorded> recorded = new LinkedHashSet<>();
        for (Payment.Facts facts : all) {
            Payment payment = known.get(facts.bankReference());
            if (payment != null) {
                List<Fault> differences = differences(payment.facts(), facts);
                outcome.add(new Kept(differences.isEmpty() ? Outcome.KNOWN : Outcome.CONFLICT, differences));
                continue;
            }
            Invoice invoice = invoiced.get(facts.invoiceNumber());
            List<Fault> faults = faults(facts, customers, invoice, customerByOrder);
            if (!faults.isEmpty()) {
                outcome.add(new Kept(Outcome.REFUSED, faults));
                continue;
            }
            Payment fresh = payments.save(new Payment(facts, recordedBy, clock.instant()));
            known.put(facts.bankReference(), fresh);
            Stream<Invoice> named =
                    Stream.of(invoice, billed.get(facts.orderNumber())).filter(Objects::nonNull);
            Stream<Invoice> others = facts.orderNumber() == null
                    ? payable.getOrDefault(facts.customerCode(), List.of()).stream()
                    : Stream.of();
            shares.addAll(Allocations.allocate(
                    fresh, Stream.concat(named, others).distinct().toList()));
            recorded.add(new PaymentRecorded(facts.customerCode(), facts.orderNumber()));
            outcome.add(Kept.as(Outcome.NEW));
        }
        // kept before anybody hears of it: who listens may ask for the sums, and a number taken meanwhile shows here
        payments.flush();
        allocations.keep(shares);
        recorded.forEach(events::publishEvent);
        return outcome;
    }

    /**
     * Keeps new invoices and takes over what is said of known ones, each number once; answers in their order what became
     * of each.
     */
    List<Kept> saveInvoices(List<Invoice.Facts> all) {
        Set<String> numbers = distinct(all, Invoice.Facts::invoiceNumber);
        Set<String> customers =
                masterData.customers(distinct(all, Invoice.Facts::customerCode)).keySet();
        masterData.lock(customers);
        Map<String, Invoice> known = byId(invoices.lock(numbers), Invoice::invoiceNumber);
        Map<String, BigDecimal> received = allocations.receivedOn(known.keySet());
        List<Kept> outcome = new ArrayList<>();
        Set<String> relieved = new LinkedHashSet<>();
        Set<String> objecting = new LinkedHashSet<>();
        List<Invoice> fresh = new ArrayList<>();
        for (Invoice.Facts facts : all) {
            Invoice invoice = known.get(facts.invoiceNumber());
            if (!customers.contains(facts.customerCode())) {
                outcome.add(refused("customerCode", "客户编码：没有客户 " + facts.customerCode()));
            } else if (invoice == null) {
                fresh.add(invoices.save(new Invoice(facts)));
                outcome.add(Kept.as(Outcome.NEW));
            } else if (!invoice.customerCode().equals(facts.customerCode())) {
                outcome.add(refused(
                        "customerCode", "客户编码：发票 " + facts.invoiceNumber() + " 属于客户 " + invoice.customerCode()));
            } else if (facts.amount().compareTo(invoice.amount().subtract(invoice.creditable())) < 0) {
                outcome.add(refused("amount", "金额：不能低于已冲红的 " + invoice.amount().subtract(invoice.creditable())));
            } else if (invoice.says(facts)) {
                outcome.add(Kept.as(Outcome.KNOWN));
            } else if (invoice.isBelowBooked(
                    facts.amount(), received.getOrDefault(facts.invoiceNumber(), BigDecimal.ZERO))) {
                outcome.add(refused("amount", "金额：小于这张发票已登记的收款与核销之和"));
            } else {
                BigDecimal before = invoice.open();
                boolean wasDisputed = invoice.isDisputed();
                invoice.update(facts, received.getOrDefault(facts.invoiceNumber(), BigDecimal.ZERO));
                if (invoice.open().compareTo(before) < 0) {
                    relieved.add(invoice.customerCode());
                }
                if (invoice.isDisputed() != wasDisputed) {
                    objecting.add(invoice.customerCode());
                }
                outcome.add(Kept.as(Outcome.CHANGED));
            }
        }
        relieved.addAll(useCredit(fresh));
        // less is owed: what was held for it is looked at again (N9)
        relieved.forEach(customer -> events.publishEvent(new PaymentRecorded(customer, null)));
        objecting.forEach(customer -> events.publishEvent(new CustomerStandingChanged(customer)));
        return outcome;
    }

    /**
     * Pays new invoices from what their customers have to their credit, the oldest due date first (C6).
     *
     * @return the customers who had some
     */
    private Set<String> useCredit(List<Invoice> fresh) {
        Map<String, List<Invoice>> payable = fresh.stream()
                .filter(invoice -> !invoice.isDisputed())
                .sorted(Comparator.comparing(Invoice::dueDate).thenComparing(Invoice::invoiceNumber))
                .collect(Collectors.groupingBy(Invoice::customerCode));
        List<Share> shares = new ArrayList<>();
        Set<String> used = new LinkedHashSet<>();
        if (!payable.isEmpty()) {
            for (Payment payment : payments.unused(payable.keySet())) {
                List<Share> parts = Allocations.allocate(
                        payment, payable.get(payment.facts().customerCode()));
                if (!parts.isEmpty()) {
                    shares.addAll(parts);
                    used.add(payment.facts().customerCode());
                }
            }
        }
        invoices.flush();
        allocations.keep(shares);
        return used;
    }

    private List<Fault> faults(
            Payment.Facts facts,
            Set<String> customers,
            Invoice invoice,
            Optional<Map<String, String>> customerByOrder) {
        List<Fault> faults = new ArrayList<>();
        if (facts.bankReference() == null) {
            faults.add(Fault.of("bankReference", "银行流水号：不能为空"));
        }
        check(faults, "bankReference", "银行流水号", facts.bankReference(), 60);
        check(faults, "payer", "付款人", facts.payer(), 200);
        check(faults, "bank", "银行", facts.bank(), 200);
        if (facts.customerCode() == null) {
            faults.add(Fault.of("customerCode", "客户编码：不能为空"));
        } else if (!customers.contains(facts.customerCode())) {
            faults.add(Fault.of("customerCode", "客户编码：没有客户 " + facts.customerCode()));
        }
        if (facts.invoiceNumber() != null && invoice == null) {
            faults.add(Fault.of("invoiceNumber", "发票号：没有发票 " + facts.invoiceNumber()));
        } else if (invoice != null && !invoice.customerCode().equals(facts.customerCode())) {
            faults.add(Fault.of("invoiceNumber", "发票号：发票 " + facts.invoiceNumber() + " 不属于客户 " + facts.customerCode()));
        } else if (invoice != null && invoice.open().signum() == 0) {
            faults.add(Fault.of("invoiceNumber", "发票号：发票 " + facts.invoiceNumber() + " 已结清，不能再收款"));
        }
        if (facts.orderNumber() != null && customerByOrder.isPresent()) {
            String customer = customerByOrder.get().get(facts.orderNumber());
            if (customer == null) {
                faults.add(Fault.of("orderNumber", "订单号：没有订单 " + facts.orderNumber()));
            } else if (!customer.equals(facts.customerCode())) {
                faults.add(Fault.of("orderNumber", "订单号：订单 " + facts.orderNumber() + " 不属于客户 " + facts.customerCode()));
            }
        }
        if (facts.amount() == null || facts.amount().signum() <= 0 || !Money.fits(facts.amount(), 2)) {
            faults.add(Fault.of("amount", "金额：必须大于 0，最多 2 位小数，且不能过大"));
        }
        LocalDate today = clock.instant().atZone(ZONE).toLocalDate();
        if (facts.receivedOn() == null || facts.receivedOn().getYear() < FIRST_YEAR) {
            faults.add(Fault.of("receivedOn", "收款日期：应为 " + FIRST_YEAR + " 年以后的日期，如 2026-11-22"));
        } else if (facts.receivedOn().isAfter(today)) {
            faults.add(Fault.of("receivedOn", "收款日期：不能晚于今天"));
        }
        return faults;
    }

    private static void check(List<Fault> faults, String field, String label, String text, int max) {
        PlainText.fault(text, max).ifPresent(message -> faults.add(Fault.of(field, label + "：" + message)));
    }

    private static Kept refused(String field, String message) {
        return new Kept(Outcome.REFUSED, List.of(Fault.of(field, message)));
    }

    private static <F> Set<String> distinct(Collection<F> facts, Function<F, String> field) {
        return facts.stream().map(field).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private static <E> Map<String, E> byId(List<E> entities, Function<E, String> id) {
        return entities.stream().collect(Collectors.toMap(id, Function.identity(), (one, other) -> one, HashMap::new));
    }

    private static List<Fault> differences(Payment.Facts kept, Payment.Facts sent) {
        List<Fault> differences = new ArrayList<>();
        compare(differences, "customerCode", "客户编码", kept.customerCode(), sent.customerCode());
        compare(differences, "invoiceNumber", "发票号", kept.invoiceNumber(), sent.invoiceNumber());
        compare(differences, "orderNumber", "订单号", kept.orderNumber(), sent.orderNumber());
        if (sent.amount() == null || kept.amount().compareTo(sent.amount()) != 0) {
            compare(differences, "amount", "金额", kept.amount(), sent.amount());
        }
        compare(differences, "receivedOn", "收款日期", kept.receivedOn(), sent.receivedOn());
        compare(differences, "payer", "付款人", kept.payer(), sent.payer());
        compare(differences, "bank", "银行", kept.bank(), sent.bank());
        return differences;
    }

    private static void compare(List<Fault> differences, String field, String label, Object kept, Object sent) {
        if (!Objects.equals(kept, sent)) {
            differences.add(Fault.of(
                    field,
                    label + "：原为 " + Objects.requireNonNullElse(kept, "空") + "，现为 "
                            + Objects.requireNonNullElse(sent, "空")));
        }
    }
}
