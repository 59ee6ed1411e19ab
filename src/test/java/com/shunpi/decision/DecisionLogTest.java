package com.shunpi.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** A1: every decision is kept with who, for whom, when, what, why and on which values. */
@ShunpiTest
class DecisionLogTest {

    @Autowired
    DecisionLog log;

    @Autowired
    TransactionTemplate transaction;

    final String caseNumber = "SO-" + UUID.randomUUID();

    @Test
    void aDecisionOutsideATransactionIsRefused() {
        assertThatThrownBy(() -> log.append(decision("approve", null, Map.of())))
                .isInstanceOf(IllegalTransactionStateException.class);

        assertThat(log.of(caseNumber)).isEmpty();
    }

    @Test
    void aDecisionWhoseEffectRollsBackWasNeverTaken() {
        transaction.executeWithoutResult(status -> {
            log.append(decision("approve", null, Map.of()));
            status.setRollbackOnly();
        });

        assertThat(log.of(caseNumber)).isEmpty();
    }

    @Test
    void anEndlessCommentIsRefusedInWords() {
        assertThatThrownBy(() -> append(decision("reject", "长".repeat(4001), Map.of())))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("4000");
    }

    @Test
    void moneyAsFloatingPointIsRefused() {
        assertThatThrownBy(() -> append(decision("approve", null, Map.of("amount", 0.1 + 0.2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> append(decision("approve", null, Map.of("lines", List.of(Map.of("price", 1.5f))))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(log.of(caseNumber)).isEmpty();
    }

    @Test
    void decisionsAreReadInTheOrderTheyWereTaken() {
        append(decision("back", "数量不符", Map.of()));
        append(decision("approve", null, Map.of()));
        append(decision("cancel", "客户取消", Map.of()));

        assertThat(log.of(caseNumber)).extracting(Decision::choice).containsExactly("back", "approve", "cancel");
    }

    @Test
    void whatWasDecidedOnIsReadBackExactly() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("amount", new BigDecimal("1234567890123.10"));
        facts.put("price", new BigDecimal("1E+3"));
        facts.put("quantity", 12);
        facts.put("requiredDate", LocalDate.of(2026, 11, 30));
        facts.put("lines", List.of(Map.of("productCode", "P-1 <b>{{x}}</b>")));
        facts.put("remark", null);
        Decision written = decision("approve", "同意，按原价\r\n第二行", facts);
        append(written);

        Decision read = log.of(caseNumber).get(0);

        assertThat(read).usingRecursiveComparison().ignoringFields("facts").isEqualTo(written);
        Map<String, Object> expected = new LinkedHashMap<>(facts);
        expected.put("amount", "1234567890123.10");
        expected.put("price", "1000");
        expected.put("requiredDate", "2026-11-30");
        assertThat(read.facts()).isEqualTo(expected);
        assertThat(List.copyOf(read.facts().keySet())).isEqualTo(List.copyOf(facts.keySet()));
    }

    private void append(Decision decision) {
        transaction.executeWithoutResult(status -> log.append(decision));
    }

    private Decision decision(String choice, String comment, Map<String, ?> facts) {
        return new Decision(
                caseNumber,
                caseNumber,
                "order-review",
                "3 (1.0)",
                "userTask_reviewOrder",
                "审核订单",
                "manager",
                "director",
                choice,
                comment,
                facts,
                MutableClock.START);
    }
}
