package com.shunpi.receivables;

import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Credit notes (T7): each lowers what is open on an invoice, and what of it was paid already becomes money to pay back.
 * All credit notes of an invoice never exceed what it was for.
 */
@Service
@Transactional
public class CreditNotes {

    private final Invoices invoices;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CreditNotes(Invoices invoices, JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.invoices = invoices;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** What can still be credited on the invoice, CNY; refused as not found when there is no such invoice. */
    @Transactional(readOnly = true)
    public BigDecimal creditable(String invoiceNumber) {
        return invoice(invoices.findById(invoiceNumber), invoiceNumber).creditable();
    }

    /** Refuses a number that is taken by a credit note or an invoice. */
    @Transactional(readOnly = true)
    public void mustBeFree(String creditNoteNumber) {
        boolean taken = jdbc.sql("select count(*) from credit_note where credit_note_number = :number")
                        .param("number", creditNoteNumber)
                        .query(Long.class)
                        .single()
                > 0;
        if (taken || invoices.existsById(creditNoteNumber)) {
            throw RefusedException.conflict("红字发票号 " + creditNoteNumber + " 已存在。");
        }
    }

    /**
     * Books a verified credit note. Whoever calls has the proof that two people saw it.
     *
     * @param amount CNY, above zero; refused as a conflict when more than is left to credit on the invoice
     */
    public CreditNote book(
            String creditNoteNumber,
            String invoiceNumber,
            String caseNumber,
            BigDecimal amount,
            String preparedBy,
            String verifiedBy) {
        mustBeFree(creditNoteNumber);
        Invoice invoice = invoice(invoices.lock(List.of(invoiceNumber)).stream().findFirst(), invoiceNumber);
        BigDecimal payable = Money.amount(invoice.credit(amount));
        invoices.flush();
        try {
            jdbc.sql("insert into credit_note (credit_note_number, invoice_number, case_number, amount, payable,"
                            + " prepared_by, verified_by, booked_at) values (:number, :invoice, :case, :amount,"
                            + " :payable, :preparedBy, :verifiedBy, :now)")
                    .param("number", creditNoteNumber)
                    .param("invoice", invoiceNumber)
                    .param("case", caseNumber)
                    .param("amount", amount)
                    .param("payable", payable)
                    .param("preparedBy", preparedBy)
                    .param("verifiedBy", verifiedBy)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw RefusedException.conflict("退货单 " + caseNumber + " 已开过红字发票，或红字发票号已被占用。");
        }
        // less is owed: what was held for it is looked at again (N9)
        events.publishEvent(new PaymentRecorded(invoice.customerCode(), null));
        return of(caseNumber).orElseThrow();
    }

    /**
     * Finance paid back what was payable of the credit note of this case, once.
     *
     * @param bankReference the bank's own reference, unique
     * @param paidOn Asia/Shanghai, not after today
     */
    public void confirmRepaid(String caseNumber, String bankReference, LocalDate paidOn, String actor) {
        int rows;
        try {
            rows = jdbc.sql("update credit_note set repaid_reference = :reference, repaid_on = :on, repaid_by = :by"
                            + " where case_number = :case and payable > 0 and repaid_reference is null")
                    .param("reference", bankReference)
                    .param("on", paidOn)
                    .param("by", actor)
                    .param("case", caseNumber)
                    .update();
        } catch (DuplicateKeyException e) {
            throw RefusedException.conflict("银行流水号 " + bankReference + " 已用于另一笔退款。");
        }
        if (rows == 0) {
            throw RefusedException.conflict("退货单 " + caseNumber + " 没有待退的款项，或已退过。");
        }
    }

    /** The credit note of a case; empty while there is none. */
    @Transactional(readOnly = true)
    public Optional<CreditNote> of(String caseNumber) {
        return jdbc.sql(
                        "select credit_note_number, invoice_number, case_number, amount, payable, prepared_by, verified_by,"
                                + " repaid_reference, repaid_on from credit_note where case_number = :case")
                .param("case", caseNumber)
                .query(CreditNote.class)
                .optional();
    }

    private static Invoice invoice(Optional<Invoice> found, String number) {
        return found.orElseThrow(() -> RefusedException.notFound("没有发票 " + number + "。"));
    }
}
