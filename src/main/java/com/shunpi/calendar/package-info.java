/** Working days of the Chinese calendar with its make-up days (A9). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Calendar",
        allowedDependencies = {"shared", "workflow"})
package com.shunpi.calendar;
