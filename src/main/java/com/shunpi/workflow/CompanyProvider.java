package com.shunpi.workflow;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The company's OpenID Connect provider. It is asked about itself when somebody first wants to log in, and not at the start:
 * a provider that is away keeps neither the application nor those with a password out.
 */
@Component
@ConditionalOnProperty("shunpi.oidc.issuer")
class CompanyProvider implements ClientRegistrationRepository {

    static final String ID = "company";

    private final OidcSettings settings;
    private final RestClient http;
    private volatile ClientRegistration known;

    CompanyProvider(OidcSettings settings) {
        this.settings = settings;
        this.http = RestClient.builder().requestFactory(patient()).build();
    }

    /** A provider that does not answer holds up whoever logs in for so long, and nobody else. */
    static ClientHttpRequestFactory patient() {
        return ClientHttpRequestFactoryBuilder.detect()
                .build(ClientHttpRequestFactorySettings.defaults()
                        .withConnectTimeout(Duration.ofSeconds(3))
                        .withReadTimeout(Duration.ofSeconds(5)));
    }

    /** @return null for any other provider; throws while ours is not known and does not answer */
    @Override
    public ClientRegistration findByRegistrationId(String id) {
        if (!ID.equals(id)) {
            return null;
        }
        if (known == null) {
            known = discover();
        }
        return known;
    }

    private ClientRegistration discover() {
        String issuer = settings.issuer();
        Map<String, Object> configuration = http.get()
                .uri(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration")
                .retrieve()
                .body(new ParameterizedTypeReference<>() {});
        if (configuration == null || !issuer.equals(configuration.get("issuer"))) {
            throw new IllegalStateException("The provider at " + issuer + " does not name itself so");
        }
        return ClientRegistrations.fromOidcConfiguration(configuration)
                .registrationId(ID)
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .scope(settings.scopes())
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build();
    }
}
