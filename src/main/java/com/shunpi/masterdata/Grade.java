package com.shunpi.masterdata;

/** Customer class; A is served first (R3, R12). The natural order is the order of service. */
public enum Grade {
    A,
    B,
    C
}
