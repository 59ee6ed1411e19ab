package com.shunpi.verification;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** The glass that was broken: one excluded person may do one verification, because somebody answers for it (V1). */
@Entity
@Immutable
class VerificationOverride {

    @Embeddable
    record Key(String verificationNumber, String userId) implements Serializable {}

    @EmbeddedId
    private Key key;

    private String reason;
    private String grantedBy;
    private Instant grantedAt;

    protected VerificationOverride() {}

    VerificationOverride(Key key, String reason, String grantedBy, Instant grantedAt) {
        this.key = key;
        this.reason = reason;
        this.grantedBy = grantedBy;
        this.grantedAt = grantedAt;
    }

    Key key() {
        return key;
    }

    String reason() {
        return reason;
    }

    String grantedBy() {
        return grantedBy;
    }

    Instant grantedAt() {
        return grantedAt;
    }
}
