package com.shunpi.returns;

/**
 * What technical found of the goods of one line (T5).
 *
 * @param good units that are as good as new, and so may go back into stock
 */
record Finding(Verdict verdict, boolean repairable, int good) {}
