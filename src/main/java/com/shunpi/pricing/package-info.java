/** Special prices (process 4): requests, approvals, and agreements that orders draw down (P1, P5). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Special prices",
        allowedDependencies = {"shared", "workflow", "decision", "masterdata", "notification", "intake"})
package com.shunpi.pricing;
