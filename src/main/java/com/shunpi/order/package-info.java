/** Order review (process 1): an order from receipt to archive (R1–R13). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Order review",
        allowedDependencies = {
            "shared",
            "workflow",
            "decision",
            "calendar",
            "notification",
            "masterdata",
            "intake",
            "spreadsheet",
            "receivables",
            "pricing",
            "verification"
        })
package com.shunpi.order;
