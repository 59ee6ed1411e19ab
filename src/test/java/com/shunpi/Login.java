package com.shunpi;

import java.util.List;
import java.util.concurrent.Callable;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Does something as one of the demo users, logged in the way a request is. */
@TestComponent
public class Login {

    private final IdentityService identityService;

    public Login(IdentityService identityService) {
        this.identityService = identityService;
    }

    public <T> T as(String user, Callable<T> work) {
        List<String> groups = identityService.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
        identityService.setAuthentication(user, groups);
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            identityService.clearAuthentication();
            SecurityContextHolder.clearContext();
        }
    }

    public void run(String user, Runnable work) {
        as(user, () -> {
            work.run();
            return null;
        });
    }
}
