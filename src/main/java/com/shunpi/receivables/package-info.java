/** Invoices and receipts: what a customer owes, and what of it is overdue (R4, F2). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Receivables",
        allowedDependencies = {"shared", "workflow", "masterdata"})
package com.shunpi.receivables;
