/** The decision record (A1): append-only, used by every process, outlives the engine's history. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Decision record",
        allowedDependencies = {"shared"})
package com.shunpi.decision;
