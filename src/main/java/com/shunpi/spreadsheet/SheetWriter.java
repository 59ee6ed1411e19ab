package com.shunpi.spreadsheet;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes .xlsx files in which no text can turn into a formula. */
public final class SheetWriter {

    private static final String FORMULA_STARTS = "=+-@";
    private static final int FLUSH_EVERY = 500;

    private SheetWriter() {}

    /**
     * Writes a table of one sheet and leaves the stream open.
     *
     * @param rows cells that are {@link String}, {@link BigDecimal}, {@link Integer}, {@link LocalDate}, {@link Boolean} or
     *     null
     */
    public static void write(String sheetName, List<String> header, Iterable<List<Object>> rows, OutputStream out)
            throws IOException {
        try (Workbook workbook = open(out);
                Worksheet sheet = workbook.newWorksheet(sheetName)) {
            header(sheet, header);
            int number = 1;
            for (List<Object> row : rows) {
                for (int column = 0; column < row.size(); column++) {
                    cell(sheet, number, column, row.get(column));
                }
                if (number++ % FLUSH_EVERY == 0) {
                    sheet.flush();
                }
            }
        }
    }

    /** An empty table for people to fill in: the Chinese names of the columns, the required ones dark. */
    public static void writeTemplate(String sheetName, List<Column> columns, OutputStream out) throws IOException {
        try (Workbook workbook = open(out);
                Worksheet sheet = workbook.newWorksheet(sheetName)) {
            header(sheet, columns.stream().map(Column::label).toList());
            for (int i = 0; i < columns.size(); i++) {
                // text, so that codes keep their zeros and long numbers their last digits
                sheet.style(i).format("@").set();
                if (columns.get(i).required()) {
                    sheet.style(0, i)
                            .bold()
                            .fillColor("1F4E79")
                            .fontColor("FFFFFF")
                            .set();
                }
            }
        }
    }

    /** A text that no spreadsheet takes for a formula: {@code =}, {@code +}, {@code -} and {@code @} get an apostrophe. */
    public static String neutral(String text) {
        return text.isEmpty() || FORMULA_STARTS.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }

    /** Whether a text is one that {@link #neutral} changed; reading takes the apostrophe off again. */
    static boolean isNeutral(String text) {
        return text.length() > 1 && text.charAt(0) == '\'' && FORMULA_STARTS.indexOf(text.charAt(1)) >= 0;
    }

    static Workbook open(OutputStream out) {
        return new Workbook(new Unclosed(out), "Shunpi", null);
    }

    static void header(Worksheet sheet, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            sheet.value(0, i, neutral(names.get(i)));
            sheet.style(0, i).bold().fillColor("DDEBF7").set();
            sheet.width(i, 16);
        }
        sheet.freezePane(0, 1);
    }

    static void cell(Worksheet sheet, int row, int column, Object value) {
        if (value instanceof String text) {
            sheet.value(row, column, neutral(text));
        } else if (value instanceof LocalDate date) {
            sheet.value(row, column, date);
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (value instanceof Boolean flag) {
            sheet.value(row, column, flag ? "是" : "否");
        } else if (value instanceof Number number) {
            sheet.value(row, column, number);
        } else if (value != null) {
            throw new IllegalArgumentException("Cannot write " + value.getClass());
        }
    }

    /** The workbook closes its stream when it is finished; ours belongs to the caller. */
    private static final class Unclosed extends java.io.FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
