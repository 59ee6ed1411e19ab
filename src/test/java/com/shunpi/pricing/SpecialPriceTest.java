package com.shunpi.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.masterdata.Grade;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a request refuses, whoever calls it. */
class SpecialPriceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final Function<String, Set<String>> holders = role -> Map.of(
                    "sales-manager", Set.of("chief", "m2"),
                    "sales-director", Set.of("chief", "d2"),
                    "general-manager", Set.of("gm"),
                    "finance", Set.of("f1"))
            .get(role);

    @Test
    void nobodyDecidesOnHisOwnRequest() { // P2
        SpecialPriceRequest request = request(step("sales-manager"));
        for (String party : List.of("asker", "sender")) {
            assertThatThrownBy(() -> request.approve("sales-manager", party, null, NOW))
                    .hasMessageContaining("自己提出");
            assertThatThrownBy(() -> request.reject("sales-manager", party, "x", NOW))
                    .isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> request.counter("sales-manager", party, offer("95", 10), "x", NOW))
                    .isInstanceOf(RefusedException.class);
        }
        assertThat(request.status()).isEqualTo(SpecialPriceRequest.Status.OPEN);
    }

    @Test
    void aStepComesAfterTheOneBeforeAndOnceAlone() {
        SpecialPriceRequest request = request(step("sales-manager"), step("general-manager", "finance"));
        assertThat(request.advance(holders, NOW)).containsExactly("sales-manager");
        request.approve("sales-manager", "m2", null, NOW);
        assertThatThrownBy(() -> request.approve("sales-manager", "chief", null, NOW))
                .hasMessageContaining("已经办理");
        assertThat(request.advance(holders, NOW)).containsExactly("general-manager", "finance");
        assertThat(request.approve("finance", "f1", null, NOW)).isFalse();
        assertThat(request.advance(holders, NOW)).containsExactly("general-manager");
        assertThat(request.approve("general-manager", "gm", null, NOW)).isTrue();
        assertThat(request.advance(holders, NOW)).isEmpty();
        assertThat(request.status()).isEqualTo(SpecialPriceRequest.Status.APPROVED);
    }

    @Test
    void twoLinesOfOneProductDoNotUseTheSameUnits() { // P5
        BigDecimal list = new BigDecimal("100.0000");
        PricedLine three = new PricedLine("P", 3, list, list, new BigDecimal("90.0000"));
        Coverage<String> covered = Coverage.of(
                List.of(three, three), List.of(new Coverage.Supply<>("A", "P", new BigDecimal("90.00"), 5)));
        assertThat(covered.uncovered()).extracting(PricedLine::quantity).containsExactly(1);
        assertThat(covered.left()).extracting(Coverage.Supply::quantity).containsExactly(0);
    }

    @Test
    void whoHoldsTwoRolesIsAskedOnce() { // P2
        SpecialPriceRequest request = request(step("sales-manager"), step("sales-director"), step("general-manager"));
        request.approve("sales-manager", "chief", null, NOW);
        assertThat(request.advance(holders, NOW)).containsExactly("general-manager");
        assertThat(request.approvals().get(1))
                .satisfies(skipped -> assertThat(skipped.state()).isEqualTo(SpecialPriceApproval.State.SKIPPED))
                .satisfies(skipped -> assertThat(skipped.decidedBy()).isEqualTo("chief"));
    }

    @Test
    void aClosedRequestStaysClosed() {
        SpecialPriceRequest rejected = request(step("sales-manager"));
        rejected.reject("sales-manager", "m2", "太低", NOW);
        assertThatThrownBy(() -> rejected.approve("sales-manager", "m2", null, NOW))
                .hasMessageContaining("已有结论");
        assertThatThrownBy(() -> rejected.withdraw(NOW)).hasMessageContaining("已有结论");
        assertThatThrownBy(() -> rejected.advance(holders, NOW)).hasMessageContaining("已有结论");
        rejected.annul();
        assertThat(rejected.status()).isEqualTo(SpecialPriceRequest.Status.REJECTED);

        SpecialPriceRequest annulled = request(step("sales-manager"));
        annulled.annul();
        assertThatThrownBy(() -> annulled.approve("sales-manager", "m2", null, NOW))
                .hasMessageContaining("已有结论");
    }

    @Test
    void nothingIsDecidedWhileAnOfferOrAQuestionIsOpen() {
        SpecialPriceRequest offered = request(step("sales-manager", "finance"));
        offered.counter("sales-manager", "m2", offer("95", 10), "x", NOW);
        assertThatThrownBy(() -> offered.approve("finance", "f1", null, NOW)).hasMessageContaining("待答复还价");
        assertThatThrownBy(offered::answer).isInstanceOf(RefusedException.class);

        SpecialPriceRequest asked = request(step("sales-manager", "finance"));
        asked.ask("sales-manager", "m2");
        assertThatThrownBy(() -> asked.approve("finance", "f1", null, NOW)).hasMessageContaining("待补充资料");
        assertThatThrownBy(asked::offeredLines).isInstanceOf(RefusedException.class);
    }

    @Test
    void marginAndDepthAreComputedAndNeverLookBetterThanTheyAre() { // P1
        PriceQuestion.Line line = line("66.6667", "100.0000", "50.0000");
        assertThat(line.depth()).isEqualByComparingTo("33.3333");
        assertThat(line("96.9999", "100.0000", "50").depth()).isEqualByComparingTo("3.0001");
        // 1/3 of a percent in between: up for the depth, down for the margin
        assertThat(line("2", "3", "1.9999").depth()).isEqualByComparingTo("33.3334");
        assertThat(line("3", "4", "2").margin()).isEqualByComparingTo("33.3333");
        assertThat(line("3", "4", "4").margin()).isEqualByComparingTo("-33.3334");
        assertThat(line("0", "4", "1").margin()).isEqualByComparingTo("-100");
        assertThat(line("49.9999", "100", "50").isBelowCost()).isTrue();
        assertThat(line("50", "100", "50").isBelowCost()).isFalse();
        // the amount does not shrink with the price that is asked
        assertThat(new PriceQuestion(Set.of(Grade.A), List.of(line, line), Set.of()).amount())
                .isEqualByComparingTo("2000");
    }

    private static PriceQuestion.Line line(String asked, String customerPrice, String cost) {
        return new PriceQuestion.Line(
                new PricedLine(
                        "P", 10, new BigDecimal(customerPrice), new BigDecimal(customerPrice), new BigDecimal(asked)),
                new BigDecimal(cost));
    }

    private static PriceStep step(String... roles) {
        return new PriceStep(List.of(roles), List.of("标准"));
    }

    private static PriceOffer offer(String price, int quantity) {
        return new PriceOffer(TODAY, TODAY.plusDays(10), List.of(new PriceOffer.Line(new BigDecimal(price), quantity)));
    }

    private static SpecialPriceRequest request(PriceStep... steps) {
        SpecialPriceRequest request = SpecialPriceRequest.forCustomer(
                "SP-1",
                "C",
                List.of(new PricedLine("P", 10, new BigDecimal("100"), new BigDecimal("100"), new BigDecimal("90"))),
                "asker",
                NOW);
        request.submit(new PriceTerms("理由", null, TODAY, TODAY.plusDays(30), null), List.of(steps), 1, "sender", NOW);
        return request;
    }
}
