package com.shunpi.workflow;

import java.net.URI;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Login with the company's account through an OpenID Connect provider ({@link CompanyLogin}); off without an issuer.
 *
 * @param issuer the provider's issuer, exactly as it names itself; https, or this machine for trying it out
 * @param clientId the name under which the provider knows us
 * @param usernameClaim the claim that holds the user's id in the engine
 * @param scopes what is asked for; {@code openid} among them
 * @param passwordGroups when named, a password opens the door for members of these groups and for administrators alone
 */
@ConfigurationProperties("shunpi.oidc")
record OidcSettings(
        String issuer,
        String clientId,
        String clientSecret,
        @DefaultValue("preferred_username") String usernameClaim,
        @DefaultValue({"openid", "profile"}) Set<String> scopes,
        @DefaultValue Set<String> passwordGroups) {

    /** @throws IllegalStateException with what is wrong, so that nothing starts that nobody or everybody can log in to */
    OidcSettings {
        if (issuer == null) {
            if (!passwordGroups.isEmpty()) {
                throw new IllegalStateException("设置了 shunpi.oidc.password-groups，却没有设置 shunpi.oidc.issuer：员工将无法登录。");
            }
        } else {
            if (isBlank(issuer) || isBlank(clientId) || isBlank(clientSecret)) {
                throw new IllegalStateException(
                        "企业账号登录须设置 shunpi.oidc.issuer、shunpi.oidc.client-id 和 shunpi.oidc.client-secret。");
            }
            if (!scopes.contains("openid")) {
                throw new IllegalStateException("shunpi.oidc.scopes 须包含 openid。");
            }
            URI address = URI.create(issuer);
            // whoever sits in between could name any user
            if (!"https".equals(address.getScheme())
                    && !Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost()))) {
                throw new IllegalStateException("shunpi.oidc.issuer 须使用 https：" + issuer);
            }
        }
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
