-- Open tasks by queue, in the order in which a queue is shown. The queue is a group, or * for the tasks of all. Triggers on
-- the engine's tables keep it in the transaction that changes a task; the application makes them once the engine has made
-- its tables (WorklistTable), and fills this one then.
create table worklist (
    task_id  varchar(64)  not null,
    queue    varchar(255) not null,
    priority integer      not null,
    due      timestamp,
    created  timestamp    not null,
    assignee varchar(255),
    constraint worklist_task_once_in_a_queue primary key (task_id, queue)
);

create index worklist_in_order on worklist (queue, priority desc, due asc nulls last, created, task_id, assignee);
