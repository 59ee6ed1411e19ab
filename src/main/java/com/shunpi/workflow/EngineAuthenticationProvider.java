package com.shunpi.workflow;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Component;

/**
 * Users, passwords and groups live in the engine's identity service. Its lock-out after wrong passwords counts every door,
 * because every door asks here. The principal is the user id, the authorities are the group ids.
 */
@Component
class EngineAuthenticationProvider implements AuthenticationProvider {

    private final IdentityService identityService;
    private final FrozenAccounts frozen;
    private final OidcSettings oidc;

    EngineAuthenticationProvider(IdentityService identityService, FrozenAccounts frozen, OidcSettings oidc) {
        this.identityService = identityService;
        this.frozen = frozen;
        this.oidc = oidc;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String userId = login.getName();
        // a locked or frozen user gets the same answer, so that nobody learns which accounts exist
        boolean right =
                login.getCredentials() instanceof String password && identityService.checkPassword(userId, password);
        Authentication user = right ? authenticated(userId) : null;
        if (user == null || !mayUseAPassword(user)) {
            throw new BadCredentialsException("用户名或密码不正确，或账号已锁定、冻结。");
        }
        return user;
    }

    /** Where people log in with the company's account, a password is for programs, and for the administrators' way in. */
    private boolean mayUseAPassword(Authentication user) {
        return oidc.passwordGroups().isEmpty()
                || user.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(group -> group.equals(Groups.ADMIN)
                                || oidc.passwordGroups().contains(group));
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }

    /** The user with the groups he has now; null when there is no such user any more, or he has left (A4). */
    Authentication authenticated(String userId) {
        if (identityService.createUserQuery().userId(userId).count() == 0 || frozen.contains(userId)) {
            return null;
        }
        List<String> groups = identityService.createGroupQuery().groupMember(userId).list().stream()
                .map(Group::getId)
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(
                userId, null, AuthorityUtils.createAuthorityList(groups));
    }
}
