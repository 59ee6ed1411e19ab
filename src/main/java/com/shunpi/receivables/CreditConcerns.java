package com.shunpi.receivables;

import java.util.Optional;

/**
 * Says why nothing more is to be sold to a customer on credit, whatever his limit says (C8). Whoever collects the money
 * offers a bean; there may be several.
 */
public interface CreditConcerns {

    /** The reason in Chinese, as an order's hold names it; empty when there is none. */
    Optional<String> of(String customerCode);
}
