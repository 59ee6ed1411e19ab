package com.shunpi.spreadsheet;

import com.shunpi.shared.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** Reads the one visible sheet of an .xlsx that holds something. */
final class XlsxReader {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    /** A spreadsheet keeps 15 significant digits; what follows is the noise of its binary numbers: 12.239999999999998. */
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);

    private static final Set<String> ERRORS = Set.of(
            "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA");

    private XlsxReader() {}

    static boolean canRead(byte[] content) {
        return startsWith(content, ZIP);
    }

    /** Refuses the older format and password-protected workbooks, which both come in the same wrapping. */
    static void refuseOle2(byte[] content) {
        if (!startsWith(content, OLE2)) {
            return;
        }
        boolean encrypted = new String(content, StandardCharsets.ISO_8859_1)
                .contains(new String(
                        "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
        throw RefusedException.invalid("file", encrypted ? "工作簿设有密码，请去掉密码后再导入。" : "这是旧的 .xls 格式，请另存为 .xlsx 后再导入。");
    }

    static List<RawRow> read(byte[] content) {
        XlsxGuard guard = XlsxGuard.inspect(content);
        try (ReadableWorkbook workbook = open(content)) {
            List<Sheet> filled = new ArrayList<>();
            for (Sheet sheet : workbook.getSheets().toList()) {
                if (sheet.getVisibility() == SheetVisibility.VISIBLE && holdsSomething(sheet)) {
                    filled.add(sheet);
                }
            }
            if (filled.isEmpty()) {
                return List.of();
            }
            if (filled.size() > 1) {
                String names =
                        String.join("、", filled.stream().map(Sheet::getName).toList());
                throw RefusedException.invalid(
                        "file", "工作簿中有 " + filled.size() + " 个工作表有内容（" + names + "），请只保留要导入的一个。");
            }
            List<String> merged = guard.mergedIn(filled.get(0).getId());
            if (!merged.isEmpty()) {
                throw RefusedException.invalid("file", "有合并单元格（" + firstFew(merged) + "），请取消合并并填满每一行后再导入。");
            }
            return rows(filled.get(0));
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // whatever the reader stumbles over in a broken file, the user can do one thing about it
            throw damaged();
        }
    }

    static RefusedException damaged() {
        return RefusedException.invalid("file", "文件不是有效的 .xlsx 工作簿或已损坏，请用 Excel 或 WPS 打开并另存后再导入。");
    }

    private static ReadableWorkbook open(byte[] content) throws IOException {
        try {
            return new ReadableWorkbook(new ByteArrayInputStream(content), new ReadingOptions(true, true));
        } catch (ExcelReaderException e) {
            // a workbook without styles is legal; its dates are then plain numbers, and refused as such
            return new ReadableWorkbook(new ByteArrayInputStream(content), new ReadingOptions(false, true));
        }
    }

    private static boolean holdsSomething(Sheet sheet) throws IOException {
        try (Stream<Row> rows = sheet.openStream()) {
            return rows.anyMatch(row -> !raw(row, 0).isBlank());
        }
    }

    private static List<RawRow> rows(Sheet sheet) throws IOException {
        RowCollector collector = new RowCollector();
        try (Stream<Row> stream = sheet.openStream()) {
            Iterator<Row> rows = stream.iterator();
            int offset = -1;
            while (rows.hasNext()) {
                Row row = rows.next();
                if (offset < 0) {
                    // rows without a number of their own are counted from zero by the library
                    offset = row.getRowNum() == 0 ? 1 : 0;
                }
                collector.add(raw(row, offset));
            }
        }
        return collector.rows();
    }

    private static RawRow raw(Row row, int offset) {
        RawCell[] cells = new RawCell[row.getCellCount()];
        Arrays.fill(cells, RawCell.BLANK);
        for (Cell cell : row) {
            if (cell != null) {
                cells[cell.getColumnIndex()] = raw(cell);
            }
        }
        return new RawRow(row.getRowNum() + offset, Arrays.asList(cells));
    }

    private static RawCell raw(Cell cell) {
        return switch (cell.getType()) {
            case EMPTY -> RawCell.BLANK;
            case STRING ->
                cell.getValue() == null ? RawCell.broken("", "单元格内容已损坏") : RawCell.text((String) cell.getValue());
            case BOOLEAN -> flag(cell);
            case NUMBER -> number(cell);
            case ERROR -> RawCell.broken(String.valueOf(cell.getRawValue()), "单元格是错误值 " + cell.getRawValue());
            case FORMULA -> result(cell);
        };
    }

    /** The result a formula had when the file was saved; nothing is calculated here. */
    private static RawCell result(Cell cell) {
        Object value = cell.getValue();
        if (value instanceof BigDecimal) {
            return number(cell);
        }
        if (value instanceof Boolean) {
            return flag(cell);
        }
        if (value instanceof String text) {
            return ERRORS.contains(text) ? RawCell.broken(text, "单元格是错误值 " + text) : RawCell.text(text);
        }
        if (cell.getRawValue() != null) {
            return RawCell.BLANK;
        }
        return RawCell.broken("=" + cell.getFormula(), "公式没有计算结果，请在 Excel 中重新计算并保存，或粘贴为数值");
    }

    private static RawCell flag(Cell cell) {
        return RawCell.of(RawCell.Kind.FLAG, cell.getValue().toString());
    }

    private static RawCell number(Cell cell) {
        BigDecimal value = ((BigDecimal) cell.getValue()).round(DIGITS).stripTrailingZeros();
        if (Math.abs((long) value.scale()) > 30) {
            return RawCell.broken(cell.getRawValue(), "数字超出范围");
        }
        NumberFormat format = NumberFormat.of(cell.getDataFormatId(), cell.getDataFormatString());
        if (format.isDate()) {
            return date(cell);
        }
        return RawCell.of(RawCell.Kind.NUMBER, format.pad(value));
    }

    private static RawCell date(Cell cell) {
        try {
            return RawCell.of(RawCell.Kind.DATE, cell.asDate().toString());
        } catch (DateTimeException | ArithmeticException e) {
            return RawCell.broken(cell.getRawValue(), "日期超出范围");
        }
    }

    private static String firstFew(List<String> ranges) {
        String few = String.join("、", ranges.subList(0, Math.min(5, ranges.size())));
        return ranges.size() > 5 ? few + " 等 " + ranges.size() + " 处" : few;
    }

    private static boolean startsWith(byte[] content, byte[] signature) {
        return content.length >= signature.length
                && Arrays.equals(content, 0, signature.length, signature, 0, signature.length);
    }
}
