package com.shunpi.receivables;

import com.shunpi.intake.ImportResult;
import com.shunpi.intake.ImportResult.Row;
import com.shunpi.intake.Importer;
import com.shunpi.intake.Progress;
import com.shunpi.intake.RowImport;
import com.shunpi.intake.RowImport.Entry;
import com.shunpi.spreadsheet.Column;
import com.shunpi.spreadsheet.Sheet;
import com.shunpi.spreadsheet.SheetRow;
import com.shunpi.spreadsheet.Upload;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Invoices from a spreadsheet (contract: receivables). */
@Component
class InvoiceImporter implements Importer {

    private static final List<Column> COLUMNS = List.of(
            Column.required("invoice_number", "发票号"),
            Column.required("customer_code", "客户编码"),
            Column.required("invoice_date", "开票日期"),
            Column.required("due_date", "到期日"),
            Column.required("amount", "金额"),
            Column.required("paid", "已收"),
            Column.required("disputed", "争议"));

    private final Receivables receivables;
    private final RowImport rows;

    InvoiceImporter(Receivables receivables, RowImport rows) {
        this.receivables = receivables;
        this.rows = rows;
    }

    @Override
    public String kind() {
        return "receivables";
    }

    @Override
    public String label() {
        return "应收账款";
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
        return rows.run(Sheet.read(upload, COLUMNS), "invoice_number", InvoiceImporter::read, this::keep, progress);
    }

    private static Invoice.Facts read(SheetRow row) {
        String number = row.code("invoice_number", 40);
        String customer = row.code("customer_code", 40);
        LocalDate issued = row.date("invoice_date");
        LocalDate due = row.date("due_date");
        if (issued != null && due != null && due.isBefore(issued)) {
            row.fault("due_date", "不能早于开票日期");
        }
        BigDecimal amount = row.amount("amount");
        if (amount != null && amount.signum() == 0) {
            row.fault("amount", "必须大于 0");
        }
        BigDecimal paid = row.amount("paid");
        if (amount != null && paid != null && paid.compareTo(amount) > 0) {
            row.fault("paid", "不能大于金额");
        }
        boolean disputed = row.flag("disputed");
        return row.isFaulty() ? null : new Invoice.Facts(number, customer, null, issued, due, amount, paid, disputed);
    }

    private List<Row> keep(List<Entry<Invoice.Facts>> chunk) {
        return Outcomes.rows(
                chunk, receivables.saveInvoices(chunk.stream().map(Entry::facts).toList()));
    }
}
