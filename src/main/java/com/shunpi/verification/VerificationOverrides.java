package com.shunpi.verification;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface VerificationOverrides extends JpaRepository<VerificationOverride, VerificationOverride.Key> {

    List<VerificationOverride> findByKeyVerificationNumber(String verificationNumber);
}
