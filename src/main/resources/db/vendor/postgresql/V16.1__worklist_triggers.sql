-- H2 has the same in Java: com.shunpi.workflow.WorklistTrigger.
create function keep_worklist_of_task() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into worklist (task_id, queue, priority, due, created, assignee)
        values (new.id_, '*', new.priority_, new.due_date_, new.create_time_, new.assignee_);
    elsif tg_op = 'UPDATE' then
        update worklist set priority = new.priority_, due = new.due_date_, assignee = new.assignee_
        where task_id = new.id_;
    else
        delete from worklist where task_id = old.id_;
    end if;
    return null;
end
$$;

create function keep_worklist_of_candidate() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into worklist (task_id, queue, priority, due, created, assignee)
        select id_, new.group_id_, priority_, due_date_, create_time_, assignee_ from act_ru_task where id_ = new.task_id_
        on conflict do nothing;
    else
        delete from worklist where task_id = old.task_id_ and queue = old.group_id_;
    end if;
    return null;
end
$$;
