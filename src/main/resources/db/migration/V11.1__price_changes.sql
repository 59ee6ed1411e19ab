-- Changes of the price book (P4): prepared by one person, in force when another one has verified them.
create table price_change (
    change_number         varchar(30)    primary key,
    version               integer        not null,
    kind                  varchar(20)    not null,
    product_code          varchar(40) references product (code),
    customer_code         varchar(40) references customer (code),
    subject               varchar(400)   not null,
    old_value             numeric(17, 4) not null,
    new_value             numeric(17, 4) not null check (new_value > 0),
    effective_on          date           not null,
    status                varchar(10)    not null,
    open_key              varchar(80),
    prepared_by           varchar(64)    not null,
    prepared_at           timestamp with time zone not null,
    confirmed_by          varchar(64),
    verification_override varchar(30),
    confirmed_at          timestamp with time zone,
    effective_at          timestamp with time zone,
    constraint price_change_is_one_of_two check (
        (kind = 'LIST_PRICE' and product_code is not null and customer_code is null)
        or (kind = 'CUSTOMER_DISCOUNT' and customer_code is not null and product_code is null and new_value <= 1)),
    constraint price_change_status check (status in ('PREPARED', 'CONFIRMED', 'EFFECTIVE', 'WITHDRAWN')),
    -- F5: no two changes of the same price wait at once
    constraint price_change_is_open_once unique (open_key),
    constraint price_change_key_is_of_open check ((open_key is not null) = (status in ('PREPARED', 'CONFIRMED'))),
    -- P4, V1: nothing takes effect on one person's word
    constraint price_change_has_two_people check (
        status not in ('CONFIRMED', 'EFFECTIVE')
        or (confirmed_by is not null and (confirmed_by <> prepared_by or verification_override is not null))),
    constraint price_change_override_exists foreign key (verification_override, confirmed_by)
        references verification_override (verification_number, user_id)
);
create index price_change_due on price_change (status, effective_on);
