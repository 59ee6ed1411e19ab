package com.shunpi.workflow;

import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    /** A row per group; one without a group for who is in none. Asked with every request, hence one statement for all of it. */
    private static final String GROUPS = """
            select m.group_id_
            from act_id_user u
            left join act_id_membership m on m.user_id_ = u.id_
            where u.id_ = ? and not exists (select 1 from frozen_account f where f.user_id = u.id_)
            order by m.group_id_
            """;

    private final IdentityService identityService;
    private final JdbcClient jdbc;
    private final OidcSettings oidc;

    EngineAuthenticationProvider(IdentityService identityService, JdbcClient jdbc, OidcSettings oidc) {
        this.identityService = identityService;
        this.jdbc = jdbc;
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
        List<String> rows = jdbc.sql(GROUPS)
                .param(userId)
                .query((row, number) -> row.getString(1))
                .list();
        if (rows.isEmpty()) {
            return null;
        }
        List<String> groups = rows.stream().filter(Objects::nonNull).toList();
        return UsernamePasswordAuthenticationToken.authenticated(
                userId, null, AuthorityUtils.createAuthorityList(groups));
    }
}
