/** Working days of the Chinese calendar with its make-up days (A9). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Calendar",
        allowedDependencies = {"shared", "workflow", "spreadsheet", "intake", "notification"})
package com.shunpi.calendar;
