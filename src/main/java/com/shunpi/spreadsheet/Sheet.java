package com.shunpi.spreadsheet;

import com.shunpi.shared.Fault;
import com.shunpi.shared.PlainText;
import com.shunpi.shared.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An uploaded table: a header in the first row with Chinese or English names in any order, and rows under it. Hidden rows
 * count, empty ones are left out. At most 20 MB, 50,000 rows and 100 columns.
 */
public final class Sheet {

    private final List<String> header;
    private final List<RawRow> raw;
    private final List<SheetRow> rows;
    private final Set<String> columns;

    private Sheet(List<String> header, List<RawRow> raw, List<SheetRow> rows, Set<String> columns) {
        this.header = header;
        this.raw = raw;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Reads a file. Refused as invalid, with one fault per cause, when it is no .xlsx or .csv, when it is damaged,
     * protected or too large, when cells are merged, or when its header has unknown, double or missing columns. What is
     * wrong with a single cell is said when its value is asked for.
     */
    public static Sheet read(Upload upload, List<Column> columns) {
        List<RawRow> raw = rawRows(upload);
        if (raw.isEmpty()) {
            throw RefusedException.invalid("file", "文件是空的。");
        }
        RawRow head = raw.get(0);
        List<RawRow> body = raw.subList(1, raw.size());
        Map<String, Integer> positions = positions(head, body, columns);
        if (body.isEmpty()) {
            throw RefusedException.invalid("file", "文件只有表头，没有数据行。");
        }
        Map<String, Column> byName = new HashMap<>();
        columns.forEach(column -> byName.put(column.name(), column));
        List<SheetRow> rows = body.stream()
                .map(row -> new SheetRow(row, positions, byName))
                // a row that holds nothing but the mark of an earlier import is empty
                .filter(row -> !row.isBlank())
                .toList();
        List<String> header = head.cells().stream()
                .map(cell -> PlainText.trimmed(cell.text()))
                .map(name -> name == null ? "" : name)
                .toList();
        return new Sheet(header, body, rows, Set.copyOf(positions.keySet()));
    }

    /** The rows that hold something, from the top. */
    public List<SheetRow> rows() {
        return rows;
    }

    /** Whether the header has the column; a file without one says nothing about it. */
    public boolean has(String column) {
        return columns.contains(column);
    }

    List<String> header() {
        return header;
    }

    List<RawRow> raw() {
        return raw;
    }

    private static List<RawRow> rawRows(Upload upload) {
        byte[] content = upload.content();
        if (XlsxReader.canRead(content)) {
            return XlsxReader.read(content);
        }
        XlsxReader.refuseOle2(content);
        String name = upload.fileName().toLowerCase(Locale.ROOT);
        if (name.endsWith(".xlsx") || name.endsWith(".xlsm")) {
            throw XlsxReader.damaged();
        }
        String extension = name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
        if (!extension.isEmpty() && !extension.equals(".csv") && !extension.equals(".txt")) {
            throw RefusedException.invalid("file", "只能导入 .xlsx 或 .csv 文件。");
        }
        return CsvReader.read(content);
    }

    /** Where each column stands, by its English name. */
    private static Map<String, Integer> positions(RawRow head, List<RawRow> body, List<Column> columns) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < head.cells().size(); i++) {
            String name = PlainText.trimmed(head.cells().get(i).text());
            if (name == null || name.equals(FaultReport.COLUMN)) {
                continue;
            }
            Column column =
                    columns.stream().filter(c -> c.isCalled(name)).findFirst().orElse(null);
            if (column == null) {
                faults.add(new Fault(head.number(), SheetRow.shortened(name), unknown(name)));
            } else if (positions.putIfAbsent(column.name(), i) != null) {
                faults.add(new Fault(
                        head.number(), column.name(), "列“" + column.label() + "”（" + column.name() + "）出现了两次"));
            }
        }
        for (Column column : columns) {
            if (column.required() && !positions.containsKey(column.name())) {
                faults.add(
                        new Fault(head.number(), column.name(), "缺少列“" + column.label() + "”（" + column.name() + "）"));
            }
        }
        faults.addAll(nameless(head, body));
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        return positions;
    }

    private static String unknown(String name) {
        if (name.indexOf('\0') >= 0) {
            return "表头含有 NUL 字符，文件可能是 UTF-16 编码，请另存为“CSV UTF-8（逗号分隔）”";
        }
        if (name.indexOf(';') >= 0 || name.indexOf('\t') >= 0) {
            return "无法识别表头“" + SheetRow.shortened(name) + "”，CSV 的列请用英文逗号分隔";
        }
        return "不认识的列“" + SheetRow.shortened(name) + "”";
    }

    /** Values in a column without a name would be lost silently. */
    private static List<Fault> nameless(RawRow head, List<RawRow> body) {
        Map<Integer, Integer> firstRowByColumn = new LinkedHashMap<>();
        for (RawRow row : body) {
            for (int i = 0; i < row.cells().size(); i++) {
                if (head.cell(i).isBlank() && !row.cells().get(i).isBlank()) {
                    firstRowByColumn.putIfAbsent(i, row.number());
                }
            }
        }
        return firstRowByColumn.entrySet().stream()
                .map(e -> new Fault(e.getValue(), null, "第 " + (e.getKey() + 1) + " 列有内容却没有列名"))
                .toList();
    }
}
