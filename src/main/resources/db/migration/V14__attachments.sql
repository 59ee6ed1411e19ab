-- Files that belong to a case. What is in them lies in a column that the two databases call differently: db/vendor/*/V14.1.
create table attachment (
    id           varchar(36)  primary key,
    -- null until a case takes it over; what none takes over is removed again
    case_number  varchar(30),
    file_name    varchar(200) not null,
    content_type varchar(40)  not null,
    byte_count   integer      not null check (byte_count > 0),
    sha256       varchar(64)  not null,
    uploaded_by  varchar(64)  not null,
    uploaded_at  timestamp with time zone not null
);
create index attachment_case on attachment (case_number, uploaded_at);
