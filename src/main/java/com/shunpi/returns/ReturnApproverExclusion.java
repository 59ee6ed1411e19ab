package com.shunpi.returns;

import com.shunpi.workflow.TaskExclusion;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Nobody approves what he applied for or proposed (T4). */
@Component
class ReturnApproverExclusion implements TaskExclusion {

    private final Returns returns;

    ReturnApproverExclusion(Returns returns) {
        this.returns = returns;
    }

    @Override
    public Optional<String> refusal(String process, String task, String businessKey, String userId) {
        boolean approves = process.equals(ReturnsProcess.KEY) && task.equals(ReturnsProcess.APPROVE);
        return approves && businessKey != null
                ? returns.findById(businessKey)
                        .filter(returned -> returned.isParty(userId))
                        .map(returned -> "不能审批自己提出的退换货。")
                : Optional.empty();
    }
}
