-- Dual-person verification (process 2): who prepared, who verified, and which values.
create table verification (
    verification_number varchar(30) primary key,
    version             integer     not null,
    document_type       varchar(20) not null,
    document_number     varchar(30) not null,
    fingerprint         varchar(64) not null,
    prepared_by         varchar(64) not null,
    status              varchar(10) not null check (status in ('OPEN', 'AGREED', 'MISMATCH', 'VOID')),
    opened_at           timestamp with time zone not null,
    verified_by         varchar(64),
    verified_at         timestamp with time zone,
    comment             varchar(1000),
    -- V1, whatever the code above does
    constraint verification_has_four_eyes check (verified_by is null or verified_by <> prepared_by)
);
create index verification_document on verification (document_number, document_type);

-- Everybody who acted on the document before: none of them verifies it (V1).
create table verification_party (
    verification_number varchar(30) not null references verification (verification_number),
    user_id             varchar(64) not null,
    primary key (verification_number, user_id)
);
