-- Invoices and receipts: what R4 and F2 count as exposure. Amounts in CNY.
create table invoice (
    invoice_number varchar(40)    primary key,
    version        integer        not null,
    customer_code  varchar(40)    not null references customer (code),
    order_number   varchar(30),
    invoice_date   date           not null,
    due_date       date           not null,
    amount         numeric(15, 2) not null check (amount > 0),
    paid           numeric(15, 2) not null check (paid >= 0),
    disputed       boolean        not null
);
create index invoice_customer on invoice (customer_code, due_date);
create unique index invoice_order on invoice (order_number);

create table payment (
    bank_reference varchar(60)    primary key,
    version        integer        not null,
    customer_code  varchar(40)    not null references customer (code),
    invoice_number varchar(40)    references invoice (invoice_number),
    order_number   varchar(30),
    amount         numeric(15, 2) not null check (amount > 0),
    received_on    date           not null,
    payer          varchar(200),
    bank           varchar(200),
    recorded_by    varchar(64)    not null,
    recorded_at    timestamp with time zone not null
);
create index payment_order on payment (order_number);
create index payment_customer on payment (customer_code);
