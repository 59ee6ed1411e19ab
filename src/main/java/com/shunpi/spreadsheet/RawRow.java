package com.shunpi.spreadsheet;

import java.util.List;

/**
 * A row as the file holds it.
 *
 * @param number as the spreadsheet shows it, from 1
 * @param cells from the first column on
 */
record RawRow(int number, List<RawCell> cells) {

    boolean isBlank() {
        return cells.stream().allMatch(RawCell::isBlank);
    }

    RawCell cell(int column) {
        return column < cells.size() ? cells.get(column) : RawCell.BLANK;
    }
}
