package com.shunpi.workflow;

import java.util.Set;

/** The groups of the sales department, as diagrams name them. */
public final class Groups {

    public static final String SALES_ASSISTANT = "sales-assistant";
    public static final String SALES_REP = "sales-rep";
    public static final String SALES_MANAGER = "sales-manager";
    public static final String SALES_DIRECTOR = "sales-director";
    public static final String GENERAL_MANAGER = "general-manager";
    public static final String FINANCE = "finance";
    public static final String WAREHOUSE = "warehouse";
    public static final String TECHNICAL = "technical";
    public static final String PURCHASING = "purchasing";
    public static final String PROCESS_OWNER = "process-owner";
    public static final String ADMIN = "camunda-admin";

    /** Who sees every queue and may hand a task to somebody else, but not do it for him. */
    public static final Set<String> OVERSIGHT = Set.of(SALES_MANAGER, PROCESS_OWNER, ADMIN);

    /** Who has business with prices and credit (A5). */
    public static final Set<String> PRICE_READERS =
            Set.of(SALES_ASSISTANT, SALES_REP, SALES_MANAGER, SALES_DIRECTOR, GENERAL_MANAGER, FINANCE);

    /** Who approves prices, and so sees what the goods cost and what is left of a price. */
    public static final Set<String> COST_READERS = Set.of(SALES_MANAGER, SALES_DIRECTOR, GENERAL_MANAGER, FINANCE);

    private Groups() {}
}
