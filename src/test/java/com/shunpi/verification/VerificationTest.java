package com.shunpi.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V1–V4 in the aggregate. */
class VerificationTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final Map<String, String> RIGHT = Map.of("lines[0].unitPrice", "12.24", "taxNumber", "9131 ab");

    private final Verification verification = verification(DocumentType.INVOICE);

    private static Verification verification(DocumentType type) {
        return new Verification(
                "DV-1",
                type,
                "SO-1",
                "print",
                "preparer",
                Set.of("reviewer"),
                List.of(
                        value(VerifiedField.PRODUCT, 0, "P1 端子", false),
                        value(VerifiedField.UNIT_PRICE, 0, "12.2400", true),
                        value(VerifiedField.TAX_NUMBER, null, "9131AB", true)),
                VerificationQueue.FINANCE,
                null,
                NOW);
    }

    private static CheckedValue value(VerifiedField field, Integer line, String value, boolean blind) {
        return new CheckedValue(
                new PreparedValue(field, line, value), new VerificationTable.Row(field, field.name(), blind));
    }

    private void decide(String verifier, boolean agrees, Map<String, String> keyed, int earlier) {
        verification.decide(verifier, false, agrees, agrees ? null : "不对", keyed, () -> earlier, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"preparer", "reviewer"})
    void whoActedOnItDoesNotVerify(String party) { // V1
        assertThatThrownBy(() -> decide(party, true, RIGHT, 0)).hasMessageContaining("双人复核");
        assertThatThrownBy(() -> decide(party, false, Map.of(), 0)).hasMessageContaining("双人复核");
        assertThat(verification.status()).isEqualTo(Verification.Status.OPEN);

        verification.decide(party, true, true, null, RIGHT, () -> 0, NOW);
        assertThat(verification.isByOverride()).isTrue();
    }

    @Test
    void anAgreementWithoutABlindValueIsRefusedByField() { // V2
        assertThatThrownBy(() -> decide("other", true, Map.of("taxNumber", "9131AB"), 0))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::field)
                                .containsExactly("lines[0].unitPrice"));
        assertThat(verification.status()).isEqualTo(Verification.Status.OPEN);
        assertThat(verification.values()).allMatch(value -> value.keyedValue() == null);
    }

    @Test
    void equalValuesAgreeAndASecondDecisionIsRefused() { // V2
        decide("other", true, RIGHT, 0);
        assertThat(verification.status()).isEqualTo(Verification.Status.AGREED);
        assertThat(verification.outcome()).isEqualTo("agree");
        assertThat(verification.isByOverride()).isFalse();
        assertThatThrownBy(() -> decide("other", true, RIGHT, 0)).hasMessageContaining("已结束");
    }

    @Test
    void oneDifferentValueIsAMismatchWhateverHeSays() { // V2
        decide("other", true, Map.of("lines[0].unitPrice", "12.25", "taxNumber", "9131AB"), 0);
        assertThat(verification.status()).isEqualTo(Verification.Status.MISMATCH);
        assertThat(verification.outcome()).isEqualTo("mismatch");
        assertThat(verification.differences()).containsExactly("第 1 行UNIT_PRICE：录入 12.2400，复核 12.25");
    }

    @Test
    void aMismatchNeedsNothingKeyed() {
        decide("other", false, Map.of(), 0);
        assertThat(verification.status()).isEqualTo(Verification.Status.MISMATCH);
        assertThat(verification.differences()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, MISMATCH, mismatch", "1, MISMATCH, mismatch", "2, OPEN, supervise", "3, OPEN, supervise"})
    void theThirdMismatchIsTheSupervisors(int earlier, Verification.Status status, String outcome) { // V4
        decide("other", false, Map.of(), earlier);
        assertThat(verification.status()).isEqualTo(status);
        assertThat(verification.outcome()).isEqualTo(outcome);
        assertThat(verification.mismatchBy()).isEqualTo("other");
    }

    @Test
    void theSupervisorHadNoHandInItAndDecidesOnce() { // V1, V4
        assertThatThrownBy(() -> verification.supervise("boss", false, true, "对", NOW))
                .hasMessageContaining("未转主管");
        decide("other", false, Map.of(), 2);
        assertThatThrownBy(() -> decide("another", true, RIGHT, 2)).hasMessageContaining("已转主管");
        assertThatThrownBy(() -> verification.supervise("preparer", false, true, "对", NOW))
                .hasMessageContaining("双人复核");
        verification.supervise("boss", false, true, "对", NOW);
        assertThat(verification.status()).isEqualTo(Verification.Status.AGREED);
        assertThat(verification.verifiedBy()).isEqualTo("boss");
        assertThatThrownBy(() -> verification.supervise("boss", false, false, "对", NOW))
                .hasMessageContaining("已结束");
    }

    @Test
    void aChangedDocumentIsNotVerified() { // V3
        decide("other", true, RIGHT, 0);
        verification.annul();
        assertThat(verification.status()).isEqualTo(Verification.Status.VOID);
    }

    @Test
    void whereADocumentIsCorrectedFollowsFromWhoKeepsIt() {
        Verification contract = verification(DocumentType.CONTRACT);
        contract.decide("other", false, false, "不对", Map.of(), () -> 0, NOW);
        assertThat(contract.outcome()).isEqualTo("correct");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNIT_PRICE | 12.2400 | 12.24 | true",
                "UNIT_PRICE | 12.2400 | ¥12.24元 | true",
                "AMOUNT | 1234.50 | 1,234.5 | true",
                "AMOUNT | 1234.50 | １２３４．５ | true",
                "AMOUNT | 1234.50 | 1234.51 | false",
                "QUANTITY | 10 | 1e1 | false",
                "QUANTITY | 10 | ten | false",
                "TAX_NUMBER | 0123 | 123 | false",
                "TAX_NUMBER | 91310000ma1k | 9131 0000 MA1K | true",
                "ACCOUNT | 6222021001 | 6222 0210 01 | true",
                "ACCOUNT | 6222021001 | 6222021010 | false"
            })
    void whatMeansTheSameIsTheSame(VerifiedField field, String prepared, String keyed, boolean same) {
        assertThat(field.same(prepared, keyed)).isEqualTo(same);
    }
}
