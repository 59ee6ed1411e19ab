/** Customers, products, the price book and the stock, and their import from spreadsheets. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Master data",
        allowedDependencies = {"shared", "workflow", "spreadsheet", "intake"})
package com.shunpi.masterdata;
