/** What whoever watches the application sees of it: figures for Prometheus, asked of the tables of every module. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Monitoring",
        allowedDependencies = {"calendar"})
package com.shunpi.monitoring;
