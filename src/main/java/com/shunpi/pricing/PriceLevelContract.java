package com.shunpi.pricing;

import com.shunpi.workflow.DecisionTableContract;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What {@link PriceLevels} can read in the table {@code special-price-level} (P2). */
@Component
class PriceLevelContract implements DecisionTableContract {

    @Override
    public String decision() {
        return PriceLevels.TABLE;
    }

    @Override
    public String hitPolicy() {
        return "COLLECT";
    }

    @Override
    public Optional<String> fault(Map<String, String> outputs) {
        String approver = outputs.getOrDefault("approver", "");
        boolean known = approver.equals(PriceLevels.WITHIN_AUTHORITY)
                || Arrays.stream(approver.split("&")).map(String::strip).allMatch(PriceLevels.SENIORITY::contains);
        if (!known) {
            return Optional.of("审批人“" + approver + "”不是 none，也不是可以审批特价的用户组（" + String.join("、", PriceLevels.SENIORITY)
                    + "，会签写“A & B”）");
        }
        return outputs.getOrDefault("reason", "").isBlank() ? Optional.of("没有写命中的标准，申请人看不到为什么") : Optional.empty();
    }
}
