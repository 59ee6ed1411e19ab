package com.shunpi.collection;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface WriteOffProposals extends JpaRepository<WriteOffProposal, Long> {

    Optional<WriteOffProposal> findByOpenCase(String caseNumber);

    Optional<WriteOffProposal> findFirstByCaseNumberOrderByIdDesc(String caseNumber);
}
