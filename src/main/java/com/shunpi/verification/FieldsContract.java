package com.shunpi.verification;

import com.shunpi.workflow.DecisionTableContract;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What {@link VerificationTable} can read of the values that are compared (R7, V2). */
@Component
class FieldsContract implements DecisionTableContract {

    @Override
    public String decision() {
        return VerificationTable.FIELDS;
    }

    @Override
    public String hitPolicy() {
        return "COLLECT";
    }

    @Override
    public Optional<String> fault(Map<String, String> outputs) {
        String field = outputs.getOrDefault("field", "");
        return VerifiedField.of(field).isPresent() ? Optional.empty() : Optional.of("系统不认识要核对的内容“" + field + "”");
    }
}
