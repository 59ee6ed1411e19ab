/** Invoices and receipts: what a customer owes, and what of it is overdue (R4, F2). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Receivables",
        allowedDependencies = {"shared", "workflow", "spreadsheet", "intake", "masterdata"})
package com.shunpi.receivables;
