package com.shunpi.order;

import com.shunpi.workflow.DecisionTableContract;
import org.springframework.stereotype.Component;

/** What {@link HoldLimits} can read: the first row that is for a customer counts (F1). */
@Component
class HoldLimitsContract implements DecisionTableContract {

    @Override
    public String decision() {
        return HoldLimits.TABLE;
    }

    @Override
    public String hitPolicy() {
        return "FIRST";
    }
}
