-- A4: accounts of people who have left. Nobody logs in with one, whatever its password.
create table frozen_account (
    user_id   varchar(64)   primary key,
    successor varchar(64)   not null,
    reason    varchar(1000) not null,
    frozen_by varchar(64)   not null,
    frozen_at timestamp with time zone not null,
    constraint frozen_account_has_another_successor check (successor <> user_id),
    constraint frozen_account_is_not_frozen_by_itself check (frozen_by <> user_id)
);
