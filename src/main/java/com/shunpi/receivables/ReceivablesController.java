package com.shunpi.receivables;

import com.shunpi.intake.ImportResult;
import com.shunpi.intake.Imports;
import com.shunpi.shared.PlainText;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Invoices and receipts over HTTP; finance alone. */
@RestController
@RequestMapping("/api")
@Tag(name = "应收与收款")
class ReceivablesController {

    /** One receipt (contract: payments). */
    record Receipt(
            String bankReference,
            String customerCode,
            String invoiceNumber,
            String orderNumber,
            BigDecimal amount,
            LocalDate receivedOn,
            String payer,
            String bank) {

        Payment.Facts facts() {
            return new Payment.Facts(
                    PlainText.trimmed(bankReference),
                    PlainText.trimmed(customerCode),
                    PlainText.trimmed(invoiceNumber),
                    PlainText.trimmed(orderNumber),
                    amount,
                    receivedOn,
                    PlainText.trimmed(payer),
                    PlainText.trimmed(bank));
        }
    }

    record Recorded(String bankReference) {}

    private final Receivables receivables;
    private final Imports imports;
    private final CurrentActor actor;

    ReceivablesController(Receivables receivables, Imports imports, CurrentActor actor) {
        this.receivables = receivables;
        this.imports = imports;
        this.actor = actor;
    }

    @PostMapping("/payments")
    @Operation(summary = "登记一笔收款；同一银行流水号只登记一次")
    ResponseEntity<Recorded> record(@RequestBody Receipt receipt) {
        actor.mustBeIn(Groups.FINANCE);
        Payment.Facts facts = receipt.facts();
        boolean isNew;
        try {
            isNew = receivables.record(facts, actor.id());
        } catch (DataIntegrityViolationException | ConcurrencyFailureException e) {
            // the same receipt came in at the same moment: now it is there to be compared with
            isNew = receivables.record(facts, actor.id());
        }
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
                .body(new Recorded(facts.bankReference()));
    }

    @PostMapping(path = "/payments/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "导入收款（.xlsx 或 .csv）")
    ImportResult importPayments(@RequestParam MultipartFile file) {
        return imports.run("payments", file);
    }

    @PostMapping(path = "/receivables/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "导入应收账款（.xlsx 或 .csv）")
    ImportResult importReceivables(@RequestParam MultipartFile file) {
        return imports.run("receivables", file);
    }
}
