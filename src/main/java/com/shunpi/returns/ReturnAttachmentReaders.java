package com.shunpi.returns;

import com.shunpi.attachment.AttachmentReaders;
import com.shunpi.workflow.Groups;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Everybody who works on returns reads their evidence, and may add some while the case is open (T1). */
@Component
class ReturnAttachmentReaders implements AttachmentReaders {

    static final Set<String> WORKERS = workers();

    private final Returns returns;

    ReturnAttachmentReaders(Returns returns) {
        this.returns = returns;
    }

    private static Set<String> workers() {
        Set<String> groups = new HashSet<>(Groups.PRICE_READERS);
        groups.addAll(Set.of(Groups.WAREHOUSE, Groups.TECHNICAL, Groups.PURCHASING));
        return Set.copyOf(groups);
    }

    @Override
    public String prefix() {
        return "RT-";
    }

    @Override
    public Set<String> groups() {
        return WORKERS;
    }

    @Override
    public boolean isOpen(String caseNumber) {
        return returns.findById(caseNumber)
                .filter(returned -> returned.status().isOpen())
                .isPresent();
    }
}
