package com.shunpi.masterdata;

import java.util.Set;

/** Units of these products became free: goods came in, or an order gave its reservation back. Published in the same transaction. */
public record StockArrived(Set<String> productCodes) {}
