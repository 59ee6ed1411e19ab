/**
 * Reading and writing spreadsheets: .xlsx and .csv as people really save them. Everything that cannot be read is named by
 * row and field, nothing is guessed, and no file can take the server down.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Spreadsheet",
        allowedDependencies = {"shared"})
package com.shunpi.spreadsheet;
