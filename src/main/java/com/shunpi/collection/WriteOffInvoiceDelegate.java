package com.shunpi.collection;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Books the write-off that finance and the general manager approved (C10). */
@Component("writeOffInvoice")
class WriteOffInvoiceDelegate implements JavaDelegate {

    private final CollectionService collection;

    WriteOffInvoiceDelegate(CollectionService collection) {
        this.collection = collection;
    }

    @Override
    public void execute(DelegateExecution execution) {
        collection.writeOff(execution.getProcessBusinessKey());
    }
}
