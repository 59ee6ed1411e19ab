package com.shunpi.pricing;

import java.time.LocalDate;

/**
 * What a request says besides its lines (P1).
 *
 * @param competitor null when nobody competes
 * @param expectedVolume units that the customer is expected to buy in the period; null when nobody says
 */
record PriceTerms(String reason, String competitor, LocalDate validFrom, LocalDate validTo, Integer expectedVolume) {}
