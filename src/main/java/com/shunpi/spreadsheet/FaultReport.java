package com.shunpi.spreadsheet;

import com.shunpi.shared.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * The uploaded rows again with what is wrong beside them and the faulty cells red (F4). People correct it and upload it
 * once more, so the reader overlooks the added column.
 */
public final class FaultReport {

    static final String COLUMN = "错误";

    private static final String RED = "FFC7CE";
    private static final int FLUSH_EVERY = 500;

    private FaultReport() {}

    /** Writes the report as .xlsx and leaves the stream open. */
    public static void write(Upload upload, List<Column> columns, List<Fault> faults, OutputStream out)
            throws IOException {
        Sheet sheet = Sheet.read(upload, columns);
        List<String> header = sheet.header();
        int marks = header.contains(COLUMN) ? header.indexOf(COLUMN) : header.size();
        Map<Integer, List<Fault>> byRow =
                faults.stream().filter(fault -> fault.row() != null).collect(Collectors.groupingBy(Fault::row));
        try (Workbook workbook = SheetWriter.open(out);
                Worksheet target = workbook.newWorksheet("导入结果")) {
            SheetWriter.header(target, header);
            target.value(0, marks, COLUMN);
            target.style(0, marks).bold().fillColor(RED).set();
            target.width(marks, 60);
            int number = 1;
            for (RawRow row : sheet.raw()) {
                for (int i = 0; i < header.size(); i++) {
                    if (i != marks) {
                        copy(target, number, i, row.cell(i));
                    }
                }
                mark(target, number, marks, header, columns, byRow.getOrDefault(row.number(), List.of()));
                if (number++ % FLUSH_EVERY == 0) {
                    target.flush();
                }
            }
        }
    }

    private static void mark(
            Worksheet target, int number, int marks, List<String> header, List<Column> columns, List<Fault> faults) {
        if (faults.isEmpty()) {
            return;
        }
        target.value(
                number,
                marks,
                SheetWriter.neutral(faults.stream().map(Fault::message).collect(Collectors.joining("；"))));
        target.style(number, marks).fontColor("9C0006").set();
        for (Fault fault : faults) {
            columns.stream()
                    .filter(column -> column.name().equals(fault.field()))
                    .findFirst()
                    .ifPresent(column -> {
                        for (int i = 0; i < header.size(); i++) {
                            if (column.isCalled(header.get(i))) {
                                target.style(number, i).fillColor(RED).set();
                            }
                        }
                    });
        }
    }

    private static void copy(Worksheet target, int number, int column, RawCell cell) {
        switch (cell.kind()) {
            case BLANK -> {
                // stays blank
            }
            case NUMBER -> {
                if (cell.text().startsWith("0")
                        && !cell.text().startsWith("0.")
                        && cell.text().length() > 1) {
                    target.value(number, column, cell.text());
                } else {
                    target.value(number, column, new BigDecimal(cell.text()));
                }
            }
            case DATE ->
                target.value(number, column, cell.text().replace("T00:00", "").replace('T', ' '));
            case TEXT, FLAG -> target.value(number, column, SheetWriter.neutral(cell.text()));
        }
    }
}
