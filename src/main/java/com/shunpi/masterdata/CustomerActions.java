package com.shunpi.masterdata;

import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.DecisionRecorder;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What somebody decides about a customer: the deed and its record in one transaction (A1). */
@Component
class CustomerActions {

    private static final String PROCESS = "customer";

    private final MasterData masterData;
    private final DecisionRecorder decisions;

    CustomerActions(MasterData masterData, DecisionRecorder decisions) {
        this.masterData = masterData;
        this.decisions = decisions;
    }

    /**
     * Blocks or frees an account (F1). What is so already is no decision and leaves no record.
     *
     * @param reason his words; null when he gave none
     */
    @Transactional
    public void block(String code, boolean blocked, String reason) {
        Customer customer =
                masterData.customer(code).orElseThrow(() -> RefusedException.notFound("没有客户 " + code + "。"));
        if (customer.isBlocked() == blocked) {
            return;
        }
        masterData.block(code, blocked);
        decisions.record(
                code,
                PROCESS,
                blocked ? "block" : "unblock",
                blocked ? "冻结客户账户" : "解冻客户账户",
                blocked ? "hold" : "release",
                reason,
                Map.of("customerCode", code, "customerName", customer.name()));
    }
}
