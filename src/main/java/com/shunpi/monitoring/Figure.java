package com.shunpi.monitoring;

/** The gauges whose values stand in the database. Prometheus shows {@code shunpi.queue} in tasks as {@code shunpi_queue_tasks}. */
enum Figure {
    TASKS("shunpi.tasks", "tasks", "Open tasks, each once"),
    QUEUE_TASKS("shunpi.queue", "tasks", "Open tasks of a queue; a task may wait in several"),
    QUEUE_UNCLAIMED("shunpi.queue.unclaimed", "tasks", "Open tasks of a queue that nobody has claimed"),
    QUEUE_OVERDUE("shunpi.queue.overdue", "tasks", "Open tasks of a queue that should have been done by now"),
    QUEUE_OLDEST("shunpi.queue.oldest.age", "seconds", "Age of the oldest open task of a queue; 0 when it is empty"),
    JOBS_FAILED("shunpi.failed", "jobs", "Jobs of the engine without a retry left"),
    JOBS_DUE("shunpi.due", "jobs", "Jobs of the engine whose time has come and that are not done"),
    JOBS_OLDEST("shunpi.due.jobs.oldest.age", "seconds", "How long the oldest due job waits; 0 when none does"),
    INCIDENTS("shunpi.incidents", "incidents", "Open incidents by process"),
    MAILS("shunpi.mails", "mails", "Mails in the outbox that wait (queued) or were given up (failed)"),
    MAILS_OLDEST("shunpi.mails.oldest.age", "seconds", "Age of the oldest mail by status; 0 when there is none"),
    LATE("shunpi.late", "cases", "Cases that are past a limit now: R2, R8, T9, collection follow-up"),
    IMPORTS("shunpi.open", "imports", "Imports in the background that wait or run"),
    IMPORTS_OLDEST("shunpi.open.imports.silence", "seconds", "Since when the import that said nothing longest did so"),
    ACCOUNTS("shunpi.accounts", "accounts", "Accounts that are locked after wrong passwords, or frozen"),
    COLLECTION_RUN_AGE(
            "shunpi.collection.run.age",
            "seconds",
            "Since when the last daily collection run is finished; absent while there was none"),
    COLLECTION_RUN_LATE(
            "shunpi.collection.run.late",
            "seconds",
            "How long today's collection run should have been done; 0 on a day off and once it is");

    final String meter;
    final String unit;
    final String description;

    Figure(String meter, String unit, String description) {
        this.meter = meter;
        this.unit = unit;
        this.description = description;
    }
}
