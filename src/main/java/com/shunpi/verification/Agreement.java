package com.shunpi.verification;

/**
 * Proof that exactly these values were verified (V3).
 *
 * @param verifiedBy who did it
 * @param byOverride whether he had acted on the document and was let through (break glass, V1)
 */
public record Agreement(String verificationNumber, String verifiedBy, boolean byOverride) {}
