create trigger decision_record_append_only
    before update, delete on decision_record for each row
    call 'com.shunpi.decision.AppendOnlyTrigger';

-- H2 fires no trigger on TRUNCATE, but refuses it for a table that another one refers to.
create table decision_record_guard (
    decision_id bigint references decision_record (id)
);
