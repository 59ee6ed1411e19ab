/** The engine seam: deployment, identity, authorizations, queues. The only module that configures the engine. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Workflow",
        allowedDependencies = {"shared", "decision", "node"})
package com.shunpi.workflow;
