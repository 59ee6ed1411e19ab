package com.shunpi.receivables;

import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers owe and what they paid. */
@Service
@Transactional
public class Receivables {

    private final Invoices invoices;
    private final Payments payments;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Receivables(Invoices invoices, Payments payments, ApplicationEventPublisher events, Clock clock) {
        this.invoices = invoices;
        this.payments = payments;
        this.events = events;
        this.clock = clock;
    }

    /** The invoices of a customer that are not fully paid, oldest due date first. */
    @Transactional(readOnly = true)
    public List<Invoice> openInvoices(String customerCode) {
        return invoices.openOf(customerCode);
    }

    /** Everything received for a prepaid order, CNY. */
    @Transactional(readOnly = true)
    public BigDecimal receivedFor(String orderNumber) {
        return payments.receivedFor(orderNumber);
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

    /** Issues an invoice; a number that exists is refused. */
    public void issue(Invoice.Facts facts) {
        mustBeFree(facts.invoiceNumber());
        invoices.saveAndFlush(new Invoice(facts));
    }

    /**
     * Keeps a receipt once: the same bank reference with the same content again changes nothing, with other content it is
     * a conflict that names the differences.
     *
     * @return whether it was new
     */
    public boolean record(Payment.Facts facts, String recordedBy) {
        Optional<Payment> known = payments.findById(facts.bankReference());
        if (known.isPresent()) {
            List<Fault> differences = differences(known.get().facts(), facts);
            if (!differences.isEmpty()) {
                throw RefusedException.conflict("银行流水号 " + facts.bankReference() + " 已登记，但内容不同。", differences);
            }
            return false;
        }
        payments.saveAndFlush(new Payment(facts, recordedBy, Instant.now(clock)));
        if (facts.invoiceNumber() != null) {
            invoices.findById(facts.invoiceNumber()).ifPresent(invoice -> invoice.receive(facts.amount()));
        }
        events.publishEvent(new PaymentRecorded(facts.customerCode(), facts.orderNumber()));
        return true;
    }

    private static List<Fault> differences(Payment.Facts kept, Payment.Facts sent) {
        List<Fault> differences = new ArrayList<>();
        compare(differences, "customerCode", kept.customerCode(), sent.customerCode());
        compare(differences, "invoiceNumber", kept.invoiceNumber(), sent.invoiceNumber());
        compare(differences, "orderNumber", kept.orderNumber(), sent.orderNumber());
        if (kept.amount().compareTo(sent.amount()) != 0) {
            compare(differences, "amount", kept.amount(), sent.amount());
        }
        compare(differences, "receivedOn", kept.receivedOn(), sent.receivedOn());
        return differences;
    }

    private static void compare(List<Fault> differences, String field, Object kept, Object sent) {
        if (!Objects.equals(kept, sent)) {
            differences.add(Fault.of(field, "原为 " + kept + "，现为 " + sent));
        }
    }
}
