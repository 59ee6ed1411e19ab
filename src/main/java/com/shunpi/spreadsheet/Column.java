package com.shunpi.spreadsheet;

/**
 * A column an importer knows.
 *
 * @param name its English name, e.g. {@code customer_code}; faults name it
 * @param label its Chinese name, e.g. 客户编码; the header may use either
 * @param required whether the header must have it and every row must fill it
 */
public record Column(String name, String label, boolean required) {

    public static Column required(String name, String label) {
        return new Column(name, label, true);
    }

    public static Column optional(String name, String label) {
        return new Column(name, label, false);
    }

    boolean isCalled(String header) {
        return label.equals(header) || name.equalsIgnoreCase(header);
    }
}
