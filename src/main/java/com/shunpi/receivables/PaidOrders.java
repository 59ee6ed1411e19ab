package com.shunpi.receivables;

import java.util.Collection;
import java.util.Map;

/** Tells whose orders receipts may name. Whoever keeps the orders offers it as a bean. */
public interface PaidOrders {

    /** Customer code by order number; unknown orders are left out. */
    Map<String, String> customersOf(Collection<String> orderNumbers);
}
