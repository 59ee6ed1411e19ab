/**
 * Intake of spreadsheets: one way in for every kind of table. A module that takes a kind offers an {@link
 * com.shunpi.intake.Importer}; running it at once or in the background, progress and results are the same for all.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Intake",
        allowedDependencies = {"shared", "workflow", "spreadsheet"})
package com.shunpi.intake;
