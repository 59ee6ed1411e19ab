-- Imports that run in the background: who sent which file, how far it is, and what became of it.
create table import_job (
    id         varchar(36)  primary key,
    kind       varchar(20)  not null,
    owner      varchar(64)  not null,
    file_name  varchar(200) not null,
    state      varchar(12)  not null check (state in ('queued', 'running', 'done', 'failed')),
    total      integer      not null,
    done       integer      not null,
    accepted   integer      not null,
    duplicates integer      not null,
    rejected   integer      not null,
    message    varchar(1000),
    created_at timestamp with time zone not null,
    touched_at timestamp with time zone not null
);
create index import_job_created on import_job (created_at);

-- The file and the result (JSON), in pieces of half a megabyte.
create table import_piece (
    job_id  varchar(36) not null references import_job (id) on delete cascade,
    content varchar(10) not null check (content in ('upload', 'result')),
    piece   integer     not null,
    bytes   bytea       not null,
    primary key (job_id, content, piece)
);
