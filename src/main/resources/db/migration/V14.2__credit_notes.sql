-- T7: what was credited on an invoice again. Amounts in CNY.
alter table invoice add column credited numeric(15, 2) default 0 not null;
-- never more than was invoiced, however many credit notes
alter table invoice add constraint invoice_is_not_overcredited check (credited >= 0 and credited <= amount);

create table credit_note (
    credit_note_number varchar(40)    primary key,
    invoice_number     varchar(40)    not null references invoice (invoice_number),
    -- the return it is for: one note each
    case_number        varchar(30)    not null,
    amount             numeric(15, 2) not null check (amount > 0),
    -- the part of it that was paid already, and so is money to pay back
    payable            numeric(15, 2) not null check (payable >= 0),
    prepared_by        varchar(64)    not null,
    verified_by        varchar(64)    not null,
    booked_at          timestamp with time zone not null,
    repaid_reference   varchar(60),
    repaid_on          date,
    repaid_by          varchar(64),
    constraint credit_note_once_per_case unique (case_number),
    constraint credit_note_repaid_once unique (repaid_reference),
    constraint credit_note_is_not_all_payable check (payable <= amount),
    constraint credit_note_has_four_eyes check (prepared_by <> verified_by),
    constraint credit_note_repayment_is_whole check (
        (repaid_reference is null and repaid_on is null and repaid_by is null)
        or (payable > 0 and repaid_reference is not null and repaid_on is not null and repaid_by is not null))
);
create index credit_note_invoice on credit_note (invoice_number);
