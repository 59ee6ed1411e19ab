package com.shunpi.returns;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;

/** The quality complaint record 品质投诉单 (T3): what went wrong, whose fault it was, what is done against it. */
@Entity
class QualityComplaint {

    @Id
    private String complaintNumber;

    @Version
    private Integer version;

    private String returnNumber;
    private String cause;

    @Enumerated(EnumType.STRING)
    private CostBearer responsibleSide;

    private String correctiveAction;
    private String openedBy;
    private Instant openedAt;

    protected QualityComplaint() {}

    QualityComplaint(String complaintNumber, String returnNumber, String openedBy, Instant openedAt) {
        this.complaintNumber = complaintNumber;
        this.returnNumber = returnNumber;
        this.openedBy = openedBy;
        this.openedAt = openedAt;
    }

    void say(Solution.Complaint complaint) {
        cause = complaint.cause();
        responsibleSide = complaint.responsible();
        correctiveAction = complaint.correctiveAction();
    }

    String complaintNumber() {
        return complaintNumber;
    }

    String cause() {
        return cause;
    }

    CostBearer responsibleSide() {
        return responsibleSide;
    }

    String correctiveAction() {
        return correctiveAction;
    }
}
