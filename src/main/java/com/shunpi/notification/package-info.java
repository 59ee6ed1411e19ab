/** The mail outbox (A7): written with the decision, delivered afterwards, once per recipient and event. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Notification",
        allowedDependencies = {"shared", "workflow"})
package com.shunpi.notification;
