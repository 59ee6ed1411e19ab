/** Returns, exchanges and repairs (process 3): goods that come back and what the customer gets for them (T1–T9). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Returns",
        allowedDependencies = {
            "shared",
            "workflow",
            "decision",
            "calendar",
            "notification",
            "masterdata",
            "intake",
            "receivables",
            "pricing",
            "verification",
            "pricing",
            "order",
            "attachment"
        })
package com.shunpi.returns;
