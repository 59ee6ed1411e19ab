/** Changes of the price book (P4): prepared by one person, in force when another one has verified them. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Price book",
        allowedDependencies = {"shared", "workflow", "decision", "masterdata", "verification"})
package com.shunpi.pricebook;
