package com.shunpi.workflow;

import com.shunpi.shared.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Who is acting: the person who logged in, and nobody else (A2). The engine's idea of the user has to be the same one, so
 * that code which sets another user in the engine is refused, not believed.
 */
@Component
public class CurrentActor {

    private final IdentityService identityService;

    CurrentActor(IdentityService identityService) {
        this.identityService = identityService;
    }

    /** The user's id. Refused when nobody is logged in, or when the engine was told of somebody else. */
    public String id() {
        var login = SecurityContextHolder.getContext().getAuthentication();
        if (login == null || !login.isAuthenticated()) {
            throw RefusedException.forbidden("请先登录。");
        }
        Authentication engine = identityService.getCurrentAuthentication();
        if (engine == null || !login.getName().equals(engine.getUserId())) {
            throw RefusedException.forbidden("登录身份与流程引擎中的身份不一致，操作已拒绝。");
        }
        return login.getName();
    }

    /** The groups of the user that {@link #id()} names. */
    public Set<String> groups() {
        id();
        List<String> groups = identityService.getCurrentAuthentication().getGroupIds();
        return groups == null ? Set.of() : Set.copyOf(groups);
    }

    public boolean isIn(String... groups) {
        return Arrays.stream(groups).anyMatch(groups()::contains);
    }

    public boolean isInAny(Set<String> groups) {
        return groups().stream().anyMatch(groups::contains);
    }

    /** Refuses a caller who is in none of the groups. */
    public void mustBeIn(String... groups) {
        if (!isIn(groups)) {
            throw RefusedException.forbidden("您没有执行此操作的权限。");
        }
    }
}
