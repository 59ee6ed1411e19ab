package com.shunpi.spreadsheet;

import com.shunpi.shared.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Gathers the rows that hold something, and stops where a file is larger than we take. */
final class RowCollector {

    static final int MAX_ROWS = 50_000;
    static final int MAX_COLUMNS = 100;

    private final List<RawRow> rows = new ArrayList<>();

    void add(RawRow row) {
        if (row.isBlank()) {
            return;
        }
        for (int column = MAX_COLUMNS; column < row.cells().size(); column++) {
            if (!row.cells().get(column).isBlank()) {
                throw RefusedException.invalid("file", "列太多，请不要超过 " + MAX_COLUMNS + " 列。");
            }
        }
        // the header comes on top
        if (rows.size() > MAX_ROWS) {
            throw RefusedException.invalid("file", "行数太多，请不要超过 50,000 行，可以分成几个文件导入。");
        }
        rows.add(row);
    }

    List<RawRow> rows() {
        return rows;
    }
}
