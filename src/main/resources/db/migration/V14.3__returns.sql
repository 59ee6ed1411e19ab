-- Returns, exchanges and repairs (process 3). Amounts in CNY, quantities in units.
insert into document_number (prefix, issue_day, last_number) values ('QC', date '2000-01-01', 0);

-- T1: how much of a delivered order line is back or on its way back; whoever applies adds to it first.
create table return_ledger (
    order_number varchar(30) not null,
    line_number  integer     not null,
    delivered    integer     not null check (delivered > 0),
    taken        integer     not null,
    primary key (order_number, line_number),
    constraint return_ledger_not_more_than_delivered check (taken >= 0 and taken <= delivered)
);

create table return_case (
    return_number      varchar(30)    primary key,
    version            integer        not null,
    source             varchar(40)    not null,
    external_number    varchar(64)    not null,
    content_digest     varchar(64)    not null,
    order_number       varchar(30)    not null,
    customer_code      varchar(40)    not null references customer (code),
    invoice_number     varchar(40),
    reason             varchar(20)    not null,
    description        varchar(1000)  not null,
    amount             numeric(15, 2) not null check (amount >= 0),
    status             varchar(12)    not null,
    fault_denied       boolean        not null,
    severity           varchar(20)    not null,
    answer_minutes     integer        not null check (answer_minutes > 0),
    proposal_minutes   integer        not null check (proposal_minutes > 0),
    arrival_days       integer        not null check (arrival_days > 0),
    chase_days         integer        not null check (chase_days >= 0),
    applied_by         varchar(64)    not null,
    applied_at         timestamp with time zone not null,
    answered_by        varchar(64),
    answered_at        timestamp with time zone,
    proposal_from      timestamp with time zone not null,
    proposed_by        varchar(64),
    proposed_at        timestamp with time zone,
    solution           varchar(1000),
    refusal            varchar(1000),
    goods_borne_by     varchar(14),
    outward_borne_by   varchar(14),
    back_borne_by      varchar(14),
    repair_borne_by    varchar(14),
    table_version      integer,
    round_number       integer        not null,
    approved_at        timestamp with time zone,
    goods_due_on       date,
    advance_opened     boolean        not null,
    advance_order      varchar(30),
    warehouse_done_at  timestamp with time zone,
    finance_done_at    timestamp with time zone,
    appraised_by       varchar(64),
    disposed_by        varchar(64),
    credit_note_number varchar(40),
    refund_account     varchar(60),
    refund_amount      numeric(15, 2),
    refund_prepared_by varchar(64),
    closed_by          varchar(64),
    closed_at          timestamp with time zone,
    -- the same application received twice is one case, however many send it at once
    constraint return_case_is_received_once unique (source, external_number),
    -- T3: who bears which cost is settled before anybody approves
    constraint return_case_costs_come_before_approval check (
        approved_at is null or (goods_borne_by is not null and outward_borne_by is not null
                                and back_borne_by is not null and repair_borne_by is not null)),
    -- T8: not before warehouse and finance are done
    constraint return_case_closes_after_warehouse_and_finance check (
        status <> 'CLOSED' or (warehouse_done_at is not null and finance_done_at is not null))
);
create index return_case_order on return_case (order_number);
create index return_case_customer on return_case (customer_code, status);
create index return_case_status on return_case (status, applied_at);

create table return_line (
    return_number       varchar(30)    not null references return_case (return_number),
    position            integer        not null,
    order_line          integer        not null,
    product_code        varchar(40)    not null references product (code),
    unit_price          numeric(17, 4) not null check (unit_price >= 0),
    quantity            integer        not null check (quantity > 0),
    wanted              varchar(10)    not null,
    outcome             varchar(10)    not null,
    goods_back          boolean        not null,
    advance             boolean        not null,
    replacement_product varchar(40)    references product (code),
    surcharge           numeric(17, 4) not null check (surcharge >= 0),
    refund_amount       numeric(15, 2) not null check (refund_amount >= 0),
    received            integer        not null check (received >= 0),
    settled             integer        not null,
    verdict             varchar(16),
    repairable          boolean        not null,
    good                integer        not null,
    restocked           integer        not null check (restocked >= 0),
    scrapped            integer        not null check (scrapped >= 0),
    to_repair           integer        not null check (to_repair >= 0),
    to_manufacturer     integer        not null check (to_manufacturer >= 0),
    primary key (return_number, position),
    constraint return_line_once_per_order_line unique (return_number, order_line),
    constraint return_line_settles_what_was_asked check (settled >= 0 and settled <= quantity),
    -- T6: only what came and was found good goes back into stock, and nothing is disposed of twice
    constraint return_line_restocks_only_good_goods check (
        good >= 0 and good <= received and restocked <= good),
    constraint return_line_disposes_of_what_came check (
        restocked + scrapped + to_repair + to_manufacturer <= received)
);

-- T4: who has to approve, as the decision table said when the solution was proposed.
create table return_approval (
    return_number varchar(30)   not null references return_case (return_number),
    position      integer       not null,
    round_number  integer       not null,
    step_number   integer       not null,
    role_group    varchar(64)   not null,
    reasons       varchar(2000) not null,
    terms_digest  varchar(64)   not null,
    state         varchar(10)   not null check (state in ('PENDING', 'APPROVED', 'REVISED', 'REJECTED', 'SKIPPED')),
    applicant     varchar(64)   not null,
    proposer      varchar(64)   not null,
    decided_by    varchar(64),
    decided_at    timestamp with time zone,
    comment       varchar(1000),
    primary key (return_number, position),
    constraint return_approval_once_per_role unique (return_number, round_number, step_number, role_group),
    constraint return_approval_is_signed check (state = 'PENDING' or decided_by is not null),
    -- nobody decides on his own application
    constraint return_approval_has_two_people check (
        decided_by is null or (decided_by <> applicant and decided_by <> proposer))
);

-- T3: the quality complaint record.
create table quality_complaint (
    complaint_number  varchar(30)   primary key,
    version           integer       not null,
    return_number     varchar(30)   not null references return_case (return_number),
    cause             varchar(1000) not null,
    responsible_side  varchar(14)   not null,
    corrective_action varchar(1000) not null,
    opened_by         varchar(64)   not null,
    opened_at         timestamp with time zone not null,
    constraint quality_complaint_once_per_return unique (return_number)
);

-- What is to be done once the goods are here, or none are expected: each of it once (T7), closing waits for all of it (T8).
create table return_work (
    return_number varchar(30) not null references return_case (return_number),
    kind          varchar(14) not null check (kind in ('REFUND', 'EXCHANGE', 'REPAIR', 'MANUFACTURER', 'CLAIM')),
    done_by       varchar(64),
    done_at       timestamp with time zone,
    note          varchar(1000),
    -- shipments that were cancelled before one went out
    failed        integer     not null,
    primary key (return_number, kind),
    constraint return_work_done_is_whole check ((done_by is null) = (done_at is null))
);
