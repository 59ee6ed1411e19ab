create function refuse_decision_change() returns trigger language plpgsql as $$
begin
    raise exception 'decision_record is append-only: % refused', tg_op;
end
$$;

create trigger decision_record_append_only
    before update or delete on decision_record
    for each row execute function refuse_decision_change();

create trigger decision_record_no_truncate
    before truncate on decision_record
    for each statement execute function refuse_decision_change();
