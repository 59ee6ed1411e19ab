/** Collection follow-up (process 5): that money which is due comes in (C1–C10). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Collection",
        allowedDependencies = {
            "shared",
            "workflow",
            "decision",
            "calendar",
            "notification",
            "intake",
            "masterdata",
            "receivables"
        })
package com.shunpi.collection;
