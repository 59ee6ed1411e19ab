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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Products from a spreadsheet (contract: products). What the file has no column for stays as it is; a stock below what
 * orders have reserved is a fault (R13).
 */
@Component
class ProductImporter implements Importer {

    private static final int MAX_STOCK = 999_999_999;

    private static final List<Column> COLUMNS = List.of(
            Column.required("product_code", "产品编码"),
            Column.required("name", "名称"),
            Column.optional("model", "型号"),
            Column.required("list_price", "目录价"),
            Column.required("cost_price", "成本价"),
            Column.required("stock", "库存"),
            Column.optional("discontinued", "停产"));

    private final MasterData masterData;
    private final RowImport rows;

    ProductImporter(MasterData masterData, RowImport rows) {
        this.masterData = masterData;
        this.rows = rows;
    }

    @Override
    public String kind() {
        return "products";
    }

    @Override
    public String label() {
        return "产品";
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
        return rows.run(sheet, "product_code", ProductImporter::read, chunk -> keep(sheet, chunk), progress);
    }

    private static Product.Facts read(SheetRow row) {
        String code = row.code("product_code", 40);
        String name = row.text("name", 200);
        String model = row.text("model", 100);
        BigDecimal listPrice = row.price("list_price");
        BigDecimal costPrice = row.price("cost_price");
        Integer stock = row.integer("stock", 0, MAX_STOCK);
        boolean discontinued = row.flag("discontinued");
        return row.isFaulty() ? null : new Product.Facts(code, name, model, listPrice, costPrice, stock, discontinued);
    }

    private List<Row> keep(Sheet sheet, List<Entry<Product.Facts>> chunk) {
        List<Product.Facts> facts = chunk.stream().map(Entry::facts).toList();
        if (!sheet.has("model") || !sheet.has("discontinued")) {
            Map<String, Product> known =
                    masterData.products(facts.stream().map(Product.Facts::code).toList());
            facts = facts.stream()
                    .map(f -> known.containsKey(f.code()) ? completed(sheet, f, known.get(f.code())) : f)
                    .toList();
        }
        Map<String, Status> outcome = masterData.saveProducts(facts);
        return chunk.stream()
                .map(entry -> {
                    Status status = outcome.get(entry.facts().code());
                    return status == Status.REJECTED
                            ? entry.rejected("stock", "库存：" + entry.facts().stock() + " 少于订单已预留的数量，请先核对订单或盘点")
                            : entry.is(status);
                })
                .toList();
    }

    private static Product.Facts completed(Sheet sheet, Product.Facts sent, Product known) {
        return new Product.Facts(
                sent.code(),
                sent.name(),
                sheet.has("model") ? sent.model() : known.model(),
                sent.listPrice(),
                sent.costPrice(),
                sent.stock(),
                sheet.has("discontinued") ? sent.discontinued() : known.isDiscontinued());
    }
}
