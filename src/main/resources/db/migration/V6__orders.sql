-- Orders, their lines and what holds them. Amounts in CNY.
create table sales_order (
    order_number        varchar(30)    primary key,
    version             integer        not null,
    source              varchar(40)    not null,
    external_number     varchar(64)    not null,
    content_digest      varchar(64)    not null,
    customer_code       varchar(40)    not null references customer (code),
    required_date       date,
    delivery_mode       varchar(60),
    consignee           varchar(100),
    phone               varchar(60),
    address             varchar(400),
    ordered_at          timestamp with time zone not null,
    received_at         timestamp with time zone not null,
    urgent              boolean        not null,
    remark              varchar(1000),
    amount              numeric(15, 2) not null check (amount >= 0),
    status              varchar(20)    not null,
    entered_by          varchar(64)    not null,
    changed_by          varchar(64),
    reviewed_by         varchar(64),
    verified_by         varchar(64),
    unpaid_reason       varchar(1000),
    unpaid_requested_by varchar(64),
    unpaid_approved_by  varchar(64),
    promised_date       date,
    replied_at          timestamp with time zone,
    released_at         timestamp with time zone,
    ship_by             date,
    carrier             varchar(100),
    waybill             varchar(100),
    pieces              integer check (pieces > 0),
    dispatched_on       date,
    invoice_number      varchar(40),
    tax_number          varchar(40),
    invoice_prepared_by varchar(64),
    invoiced_at         timestamp with time zone,
    signed_by           varchar(100),
    signed_on           date,
    closed_at           timestamp with time zone,
    -- R6: the same order received twice is one order, however many send it at once
    constraint sales_order_is_received_once unique (source, external_number),
    -- R7: nothing is released on one person's word
    constraint sales_order_release_has_four_eyes check (
        status not in ('RELEASED', 'SHIPPED', 'ARCHIVED')
        or (verified_by is not null and reviewed_by is not null
            and verified_by <> entered_by and verified_by <> reviewed_by
            and (changed_by is null or verified_by <> changed_by))),
    -- R4: whoever asks for goods without payment does not sign it himself
    constraint sales_order_unpaid_has_two_people check (
        unpaid_approved_by is null or unpaid_approved_by <> unpaid_requested_by)
);
create index sales_order_customer on sales_order (customer_code, status);
create index sales_order_status on sales_order (status, received_at);

create table order_line (
    order_number varchar(30)    not null references sales_order (order_number),
    line_number  integer        not null,
    product_code varchar(40)    not null references product (code),
    quantity     integer        not null check (quantity > 0),
    unit_price   numeric(17, 4) not null check (unit_price >= 0),
    primary key (order_number, line_number)
);
create index order_line_product on order_line (product_code);

create table order_hold (
    order_number   varchar(30)   not null references sales_order (order_number),
    reason         varchar(20)   not null,
    detail         varchar(2000) not null,
    since          timestamp with time zone not null,
    released_by    varchar(64),
    release_reason varchar(1000),
    review_on      date,
    primary key (order_number, reason),
    constraint order_hold_release_is_whole check (
        released_by is null or (release_reason is not null and review_on is not null))
);

-- R3: what is missing and when it was promised; the rows of a product add up to one production request.
create table shortage (
    order_number  varchar(30) not null references sales_order (order_number),
    product_code  varchar(40) not null references product (code),
    quantity      integer     not null check (quantity > 0),
    promised_date date        not null,
    registered_at timestamp with time zone not null,
    primary key (order_number, product_code)
);
create index shortage_product on shortage (product_code);
