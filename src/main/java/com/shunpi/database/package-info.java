/** The embedded database: what was acknowledged is on the disk. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Database",
        allowedDependencies = {"shared"})
package com.shunpi.database;
