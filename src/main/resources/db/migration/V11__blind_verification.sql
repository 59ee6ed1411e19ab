-- Dual-person verification, whole (process 2): what is checked and what of it blind, mismatches that are answered,
-- the supervisor, and the glass that can be broken.
alter table verification add column open_key varchar(60);
alter table verification add column queue varchar(10);
alter table verification add column repeats varchar(30);
alter table verification add column mismatch_by varchar(64);
alter table verification add column escalated_at timestamp with time zone;
alter table verification add column override_for varchar(64);

update verification set mismatch_by = verified_by where status = 'MISMATCH';
-- F5 was not kept by the table before: of several open ones the newest is the one that counts
update verification set status = 'VOID' where status = 'OPEN' and exists (
    select 1 from verification newer
    where newer.document_number = verification.document_number and newer.document_type = verification.document_type
      and newer.status = 'OPEN' and newer.verification_number > verification.verification_number);
update verification set open_key = lower(replace(document_type, '_', '-')) || '/' || document_number
    where status = 'OPEN';

-- F5: a second open verification of the same document is refused; closed ones have no key
alter table verification add constraint verification_is_open_once unique (open_key);
alter table verification add constraint verification_key_is_of_open check ((open_key is not null) = (status = 'OPEN'));
alter table verification add constraint verification_repeats foreign key (repeats)
    references verification (verification_number);
create index verification_open on verification (status, queue);
create index verification_verified_at on verification (verified_at);

-- V1, break glass: who lets whom verify what he has acted on, and why. Nobody does so for himself.
create table verification_override (
    verification_number varchar(30)   not null references verification (verification_number),
    user_id             varchar(64)   not null,
    reason              varchar(1000) not null check (length(trim(reason)) > 0),
    granted_by          varchar(64)   not null,
    granted_at          timestamp with time zone not null,
    primary key (verification_number, user_id),
    constraint verification_override_has_two_people check (granted_by <> user_id)
);

-- V1: different people, or an override that exists. Comparing with null is not true, so null is asked for by name.
alter table verification drop constraint verification_has_four_eyes;
alter table verification add constraint verification_has_four_eyes check (
    verified_by is null or verified_by <> prepared_by or (override_for is not null and override_for = verified_by));
alter table verification add constraint verification_override_exists foreign key (verification_number, override_for)
    references verification_override (verification_number, user_id);

-- R7, V1: the same for the release itself
alter table sales_order add column verification_override varchar(30);
alter table sales_order drop constraint sales_order_release_has_four_eyes;
alter table sales_order add constraint sales_order_release_has_four_eyes check (
    status not in ('RELEASED', 'SHIPPED', 'ARCHIVED')
    or (verified_by is not null and reviewed_by is not null
        and ((verified_by <> entered_by and verified_by <> reviewed_by
              and (changed_by is null or verified_by <> changed_by))
             or verification_override is not null)));
alter table sales_order add constraint sales_order_override_exists foreign key (verification_override, verified_by)
    references verification_override (verification_number, user_id);

-- What is compared, fixed when the verification is opened (V3); keyed_value is the verifier's (V2),
-- and whether it differs is what the error rate is made of (V5).
create table verification_field (
    verification_number varchar(30)   not null references verification (verification_number),
    position            integer       not null,
    field               varchar(40)   not null,
    line                integer,
    label               varchar(200)  not null,
    prepared_value      varchar(1000) not null,
    blind               boolean       not null,
    keyed_value         varchar(1000),
    differs             boolean       not null,
    primary key (verification_number, position)
);

insert into document_number (prefix, issue_day, last_number) values ('PC', date '2000-01-01', 0);
