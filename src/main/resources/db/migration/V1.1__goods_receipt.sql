-- Goods that came in, each delivery note once per product.
create table goods_receipt (
    product_code varchar(40) not null references product (code),
    reference    varchar(60) not null,
    quantity     integer     not null check (quantity > 0),
    received_by  varchar(64) not null,
    received_at  timestamp with time zone not null,
    primary key (product_code, reference)
);
