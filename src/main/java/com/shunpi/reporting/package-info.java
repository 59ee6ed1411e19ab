/** Reports (A8, V5): read-only questions to the tables of every module, as JSON and as spreadsheets. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Reporting",
        allowedDependencies = {"shared", "workflow", "spreadsheet"})
package com.shunpi.reporting;
