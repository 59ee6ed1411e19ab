-- One row per kind of document; the day never goes back, so a number is never given twice (R6).
create table document_number (
    prefix      varchar(4) primary key,
    issue_day   date       not null,
    last_number integer    not null
);
insert into document_number (prefix, issue_day, last_number) values
    ('SO', date '2000-01-01', 0), ('DV', date '2000-01-01', 0), ('SP', date '2000-01-01', 0),
    ('RT', date '2000-01-01', 0), ('CF', date '2000-01-01', 0);
