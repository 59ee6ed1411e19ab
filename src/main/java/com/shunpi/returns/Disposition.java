package com.shunpi.returns;

/** What becomes of the goods of one line that came in (T6), in units. */
record Disposition(int restock, int scrap, int toRepair, int toManufacturer) {

    int sum() {
        return restock + scrap + toRepair + toManufacturer;
    }
}
