package com.shunpi.workflow;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;

/** What the engine's policy asks of a password, in words: it refuses a weak one with a status of 500 and in English. */
final class StrongPassword {

    static final String RULE = "至少 10 位，含大写字母、小写字母、数字和特殊字符，且不含用户名";

    private StrongPassword() {}

    /** @param owner whose name must not be in it */
    static boolean is(String password, User owner, IdentityService identityService) {
        return identityService.checkPasswordAgainstPolicy(password, owner).isValid();
    }
}
