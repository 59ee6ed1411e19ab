/** What several servers on one database owe each other: they start one after the other, and leave without being missed. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Node",
        allowedDependencies = {})
package com.shunpi.node;
