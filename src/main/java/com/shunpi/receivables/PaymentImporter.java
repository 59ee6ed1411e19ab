package com.shunpi.receivables;

import com.shunpi.intake.ImportResult;
import com.shunpi.intake.Importer;
import com.shunpi.intake.Progress;
import com.shunpi.intake.RowImport;
import com.shunpi.intake.RowImport.Entry;
import com.shunpi.spreadsheet.Column;
import com.shunpi.spreadsheet.Sheet;
import com.shunpi.spreadsheet.SheetRow;
import com.shunpi.spreadsheet.Upload;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Receipts from a spreadsheet (contract: payments). A bank reference is booked once, whatever comes. */
@Component
class PaymentImporter implements Importer {

    private static final List<Column> COLUMNS = List.of(
            Column.required("bank_reference", "银行流水号"),
            Column.required("customer_code", "客户编码"),
            Column.optional("invoice_number", "发票号"),
            Column.optional("order_number", "订单号"),
            Column.required("amount", "金额"),
            Column.required("received_on", "收款日期"),
            Column.optional("payer", "付款人"),
            Column.optional("bank", "银行"));

    private final Receivables receivables;
    private final RowImport rows;
    private final CurrentActor actor;

    PaymentImporter(Receivables receivables, RowImport rows, CurrentActor actor) {
        this.receivables = receivables;
        this.rows = rows;
        this.actor = actor;
    }

    @Override
    public String kind() {
        return "payments";
    }

    @Override
    public String label() {
        return "收款";
    }

    @Override
    public Set<String> groups() {
        return Set.of(Groups.FINANCE);
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public ImportResult run(Upload upload, Progress progress) {
        String recordedBy = actor.id();
        return rows.run(
                Sheet.read(upload, COLUMNS),
                "bank_reference",
                PaymentImporter::read,
                chunk -> Outcomes.rows(
                        chunk,
                        receivables.recordAll(chunk.stream().map(Entry::facts).toList(), recordedBy)),
                progress);
    }

    private static Payment.Facts read(SheetRow row) {
        String reference = row.code("bank_reference", 60);
        String customer = row.code("customer_code", 40);
        String invoice = row.code("invoice_number", 40);
        String order = row.code("order_number", 30);
        BigDecimal amount = row.amount("amount");
        LocalDate receivedOn = row.date("received_on");
        String payer = row.text("payer", 200);
        String bank = row.text("bank", 200);
        return row.isFaulty()
                ? null
                : new Payment.Facts(reference, customer, invoice, order, amount, receivedOn, payer, bank);
    }
}
