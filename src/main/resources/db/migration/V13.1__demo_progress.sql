-- How many rows of a demo table were played, and the day its dates are counted from: a first start that was stopped goes on.
create table demo_progress (
    name      varchar(60) primary key,
    first_day date        not null,
    done      integer     not null check (done >= 0)
);
