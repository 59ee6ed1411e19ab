/** Words every module speaks: money, faults and refusals. Depends on nothing of ours. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Shared",
        allowedDependencies = {})
package com.shunpi.shared;
