package com.shunpi.returns;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface QualityComplaints extends JpaRepository<QualityComplaint, String> {

    Optional<QualityComplaint> findByReturnNumber(String returnNumber);
}
