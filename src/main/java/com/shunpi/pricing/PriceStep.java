package com.shunpi.pricing;

import java.util.List;

/**
 * One step of an approval (P2).
 *
 * @param roles groups of which each has to agree (会签), the least senior first
 * @param reasons the criteria that ask for the step, in Chinese
 */
record PriceStep(List<String> roles, List<String> reasons) {

    PriceStep {
        roles = List.copyOf(roles);
        reasons = List.copyOf(reasons);
    }
}
