package com.shunpi.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.shared.RefusedException;
import com.shunpi.verification.Agreement;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an order refuses, without database or engine. */
class OrderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final Order order = new Order("SO-20261123-0001", draft("100.00"), "assistant1", NOW);

    private static OrderDraft draft(String price) {
        return new OrderDraft(
                "test",
                "E1",
                "C1",
                TODAY,
                "快递",
                "李四",
                "1",
                "上海",
                NOW,
                false,
                null,
                List.of(new OrderDraft.Line("P1", 3, new BigDecimal(price))));
    }

    @Test
    void isNotReleasedUnreviewed() { // R1
        assertThatThrownBy(() -> order.release(proof("assistant2"), NOW, TODAY)).hasMessageContaining("尚未审核");
    }

    @Test
    void isNotReleasedOnTheWordOfWhoEnteredOrReviewedIt() { // R7
        order.review("manager");
        for (Agreement proof : new Agreement[] {proof("assistant1"), proof("manager"), null}) {
            assertThatThrownBy(() -> order.release(proof, NOW, TODAY)).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void isReleasedOnTheirWordWhenTheGlassWasBroken() { // V1
        order.review("manager");
        order.release(new Agreement("DV-1", "manager", true), NOW, TODAY);
        assertThat(order.verifiedBy()).isEqualTo("manager");
    }

    @Test
    void isNotReleasedWhileAnythingHoldsIt() { // R4, R5
        order.review("assistant1");
        for (HoldReason reason : HoldReason.values()) {
            order.examine(Map.of(reason, "grund"), NOW, TODAY);
            assertThatThrownBy(() -> order.release(proof("assistant2"), NOW, TODAY))
                    .isInstanceOf(RefusedException.class);
        }
        // what clears with its cause is gone, the hold by hand is released by a person
        order.releaseCreditHolds("gm", "已核实", TODAY);
        order.examine(Map.of(), NOW, TODAY);
        order.release(proof("assistant2"), NOW, TODAY);
        assertThat(order.status()).isEqualTo(OrderStatus.RELEASED);
    }

    @Test
    void isNotReviewedWhileSomethingIsMissing() { // R1
        order.examine(Map.of(HoldReason.INCOMPLETE, "缺少：电话"), NOW, TODAY);
        assertThatThrownBy(() -> order.review("assistant1")).hasMessageContaining("缺少：电话");
    }

    @Test
    void nobodySignsHisOwnRequestForUnpaidGoods() { // R4
        order.examine(Map.of(HoldReason.PAYMENT, "x"), NOW, TODAY);
        assertThatThrownBy(() -> order.approveUnpaid("director")).hasMessageContaining("没有欠款发货申请");
        order.requestUnpaid("director", "工地停工");
        assertThatThrownBy(() -> order.approveUnpaid("director")).hasMessageContaining("自己");
        assertThatThrownBy(() -> order.confirmUnpaid("finance1", null, TODAY)).hasMessageContaining("尚未经销售总监签字");
        order.approveUnpaid("gm");
        assertThatThrownBy(() -> order.confirmUnpaid("gm", null, TODAY)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> order.confirmUnpaid("director", null, TODAY)).isInstanceOf(RefusedException.class);
        order.confirmUnpaid("finance1", null, TODAY);
        assertThat(order.openHolds()).isEmpty();
        assertThat(order.releasedHolds().get(HoldReason.PAYMENT).releaseReason())
                .isEqualTo("工地停工");
    }

    @Test
    void nobodyReleasesTheHoldOfWhatHeEnteredOrReviewed() { // F3
        order.review("director");
        order.examine(Map.of(HoldReason.OVERDUE, "x"), NOW, TODAY);
        assertThatThrownBy(() -> order.releaseCreditHolds("assistant1", "x", TODAY))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> order.releaseCreditHolds("director", "x", TODAY))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void aReleaseOfCreditHoldsLeavesTheOthers() { // F3
        order.review("assistant1");
        order.examine(Map.of(HoldReason.OVERDUE, "x", HoldReason.PRICE, "y", HoldReason.STOCK, "z"), NOW, TODAY);
        order.releaseCreditHolds("gm", "老客户", TODAY);
        assertThat(order.openHolds()).containsOnlyKeys(HoldReason.PRICE, HoldReason.STOCK);
        // on the review date it still counts, the day after it does not
        order.examine(Map.of(HoldReason.OVERDUE, "x"), NOW, TODAY);
        assertThat(order.openHolds()).isEmpty();
        order.examine(Map.of(HoldReason.OVERDUE, "x"), NOW, TODAY.plusDays(1));
        assertThat(order.openHolds()).containsOnlyKeys(HoldReason.OVERDUE);
    }

    @Test
    void aForcedHoldNeverReleasesItself() { // F3
        order.force("客户信息存疑", NOW);
        order.examine(Map.of(), NOW, TODAY);
        assertThat(order.openHolds()).containsOnlyKeys(HoldReason.FORCED);
    }

    @Test
    void aChangeVoidsReviewReleaseAndSignature() { // R11
        order.review("assistant1");
        order.examine(Map.of(HoldReason.OVERDUE, "x"), NOW, TODAY);
        order.releaseCreditHolds("gm", "老客户", TODAY);
        order.requestUnpaid("assistant1", "x");
        String before = order.fingerprint();
        assertThat(order.change(draft("99.00"), "rep1")).hasSize(1);
        assertThat(order.reviewedBy()).isNull();
        assertThat(order.unpaidReason()).isNull();
        assertThat(order.openHolds()).containsOnlyKeys(HoldReason.OVERDUE);
        assertThat(order.fingerprint()).isNotEqualTo(before); // V3
        assertThat(order.actors()).contains("rep1"); // V1
    }

    @Test
    void afterReleaseItIsNeitherChangedNorCancelledNorHeld() { // R11
        order.review("assistant1");
        order.release(proof("assistant2"), NOW, TODAY);
        assertThatThrownBy(() -> order.change(draft("99.00"), "rep1")).hasMessageContaining("退换货");
        assertThatThrownBy(() -> order.cancel(NOW)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> order.reject(NOW)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> order.force("x", NOW)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> order.release(proof("assistant2"), NOW, TODAY)).isInstanceOf(RefusedException.class);
    }

    @Test
    void isInvoicedOnceByTwoPeopleAndArchivedOnlyThen() { // R7, R10
        order.review("assistant1");
        order.release(proof("assistant2"), NOW, TODAY);
        assertThatThrownBy(() -> order.prepareInvoice("finance1", "I1", "T1")).isInstanceOf(RefusedException.class);
        order.ship("顺达", "W1", 1, TODAY);
        order.prepareInvoice("finance1", "I1", "T1");
        assertThatThrownBy(() -> order.archive("李四", TODAY, NOW)).hasMessageContaining("尚未开票");
        assertThatThrownBy(() -> order.invoiced(proof("finance1"), NOW)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> order.invoiced(null, NOW)).isInstanceOf(RefusedException.class);
        order.invoiced(proof("finance2"), NOW);
        assertThatThrownBy(() -> order.invoiced(proof("finance2"), NOW)).isInstanceOf(RefusedException.class);
        order.archive("李四", TODAY, NOW);
        assertThatThrownBy(() -> order.archive("李四", TODAY, NOW)).isInstanceOf(RefusedException.class);
    }

    @Test
    void roundsEachLineToTheCentAsTheInvoiceDoes() {
        assertThat(OrderLine.amount(3, new BigDecimal("0.3350"))).isEqualByComparingTo("1.01");
        assertThat(OrderLine.amount(1, new BigDecimal("0.0050"))).isEqualByComparingTo("0.01");
    }

    @Test
    void theSameContentHasTheSameDigestWhateverTheDecimals() { // R6
        assertThat(draft("100").digest()).isEqualTo(draft("100.0000").digest());
        assertThat(draft("100").digest()).isNotEqualTo(draft("100.0001").digest());
    }

    private static Agreement proof(String verifier) {
        return new Agreement("DV-1", verifier, false);
    }
}
