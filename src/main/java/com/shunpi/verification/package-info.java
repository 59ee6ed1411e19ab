/** Dual-person verification (process 2): another person compares the document with its source (R7, V1, V3). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Verification",
        allowedDependencies = {"shared", "workflow", "decision", "notification"})
package com.shunpi.verification;
