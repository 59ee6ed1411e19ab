package com.shunpi.receivables;

import java.util.Collection;
import java.util.Map;

/**
 * Says why nothing more is to be sold to a customer on credit, whatever his limit says (C8). Whoever collects the money
 * offers a bean; there may be several.
 */
public interface CreditConcerns {

    /** The reasons in Chinese, as an order's hold names them, by customer; without those of whom there is nothing to say. What is asked about has been written. */
    Map<String, String> of(Collection<String> customerCodes);
}
