package com.shunpi.masterdata;

import com.shunpi.intake.ImportResult;
import com.shunpi.intake.ImportResult.Row;
import com.shunpi.intake.ImportResult.Status;
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
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Customers from a spreadsheet (contract: customers). What the file has no column for stays as it is. */
@Component
class CustomerImporter implements Importer {

    private static final int MAX_CREDIT_DAYS = 3650;
    private static final Pattern MAIL = Pattern.compile("[^@\\s,;<>]+@[^@\\s,;<>]+\\.[^@\\s,;<>]+");

    private static final Map<String, Grade> GRADES = Map.of("A", Grade.A, "B", Grade.B, "C", Grade.C);
    private static final Map<String, PaymentTerms> TERMS = Map.of(
            "prepaid", PaymentTerms.PREPAID,
            "预付", PaymentTerms.PREPAID,
            "credit", PaymentTerms.CREDIT,
            "账期", PaymentTerms.CREDIT);

    private static final List<Column> COLUMNS = List.of(
            Column.required("customer_code", "客户编码"),
            Column.required("name", "名称"),
            Column.required("grade", "等级"),
            Column.required("discount", "结算折扣"),
            Column.required("payment_terms", "付款方式"),
            Column.required("credit_limit", "信用额度"),
            Column.required("credit_days", "账期天数"),
            Column.optional("contact", "联系人"),
            Column.optional("phone", "电话"),
            Column.optional("email", "邮箱"),
            Column.optional("address", "地址"),
            Column.optional("sales_rep", "业务员"),
            Column.optional("region", "区域"),
            Column.optional("credit_limit_until", "额度有效期至"));

    private final MasterData masterData;
    private final RowImport rows;

    CustomerImporter(MasterData masterData, RowImport rows) {
        this.masterData = masterData;
        this.rows = rows;
    }

    @Override
    public String kind() {
        return "customers";
    }

    @Override
    public String label() {
        return "客户";
    }

    @Override
    public Set<String> groups() {
        return Set.of(Groups.SALES_ASSISTANT, Groups.FINANCE);
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public ImportResult run(Upload upload, Progress progress) {
        Sheet sheet = Sheet.read(upload, COLUMNS);
        return rows.run(sheet, "customer_code", CustomerImporter::read, chunk -> keep(sheet, chunk), progress);
    }

    private static Customer.Facts read(SheetRow row) {
        String code = row.code("customer_code", 40);
        String name = row.text("name", 200);
        Grade grade = row.choice("grade", GRADES);
        BigDecimal discount = row.decimal("discount", 4);
        if (discount != null && (discount.signum() == 0 || discount.compareTo(BigDecimal.ONE) > 0)) {
            row.fault("discount", "必须大于 0 且不超过 1（0.35 表示 3.5 折）：" + row.raw("discount"));
        }
        PaymentTerms terms = row.choice("payment_terms", TERMS);
        BigDecimal limit = row.amount("credit_limit");
        Integer days = row.integer("credit_days", 0, MAX_CREDIT_DAYS);
        String contact = row.text("contact", 100);
        String phone = row.text("phone", 60);
        String email = row.text("email", 200);
        if (email != null && !MAIL.matcher(email).matches()) {
            row.fault("email", "不是有效的邮箱地址");
        }
        String address = row.text("address", 400);
        String rep = row.code("sales_rep", 64);
        String region = row.text("region", 60);
        LocalDate until = row.date("credit_limit_until");
        return row.isFaulty()
                ? null
                : new Customer.Facts(
                        code, name, grade, discount, terms, limit, days, contact, phone, email, address, rep, region,
                        until);
    }

    private List<Row> keep(Sheet sheet, List<Entry<Customer.Facts>> chunk) {
        List<Customer.Facts> facts = chunk.stream().map(Entry::facts).toList();
        if (COLUMNS.stream().map(Column::name).anyMatch(column -> !sheet.has(column))) {
            Map<String, Customer> known = masterData.customers(
                    facts.stream().map(Customer.Facts::code).toList());
            facts = facts.stream()
                    .map(f -> known.containsKey(f.code()) ? completed(sheet, f, known.get(f.code())) : f)
                    .toList();
        }
        Map<String, Status> outcome = masterData.saveCustomers(facts);
        return chunk.stream()
                .map(entry -> entry.is(outcome.get(entry.facts().code())))
                .toList();
    }

    private static Customer.Facts completed(Sheet sheet, Customer.Facts sent, Customer known) {
        return new Customer.Facts(
                sent.code(),
                sent.name(),
                sent.grade(),
                sent.discount(),
                sent.paymentTerms(),
                sent.creditLimit(),
                sent.creditDays(),
                sheet.has("contact") ? sent.contact() : known.contact(),
                sheet.has("phone") ? sent.phone() : known.phone(),
                sheet.has("email") ? sent.email() : known.email(),
                sheet.has("address") ? sent.address() : known.address(),
                sheet.has("sales_rep") ? sent.salesRep() : known.salesRep(),
                sheet.has("region") ? sent.region() : known.region(),
                sheet.has("credit_limit_until") ? sent.creditLimitUntil() : known.creditLimitUntil());
    }
}
