-- Customers, products with their stock, and who holds how much of it. Amounts in CNY.
create table customer (
    code          varchar(40)    primary key,
    version       integer        not null,
    name          varchar(200)   not null,
    grade         varchar(1)     not null check (grade in ('A', 'B', 'C')),
    discount      numeric(5, 4)  not null check (discount > 0 and discount <= 1),
    payment_terms varchar(10)    not null check (payment_terms in ('prepaid', 'credit')),
    credit_limit  numeric(15, 2) not null check (credit_limit >= 0),
    credit_days   integer        not null check (credit_days >= 0),
    contact       varchar(100),
    phone         varchar(60),
    email         varchar(200),
    address       varchar(400),
    sales_rep     varchar(64),
    region        varchar(60),
    blocked       boolean        not null
);

create table product (
    code         varchar(40)    primary key,
    version      integer        not null,
    name         varchar(200)   not null,
    model        varchar(100),
    list_price   numeric(17, 4) not null check (list_price >= 0),
    cost_price   numeric(17, 4) not null check (cost_price >= 0),
    stock        integer        not null,
    reserved     integer        not null,
    discontinued boolean        not null,
    -- R13: two orders can never both take the last unit, whatever the code above does
    constraint product_stock_is_not_negative check (stock >= 0),
    constraint product_reserved_within_stock check (reserved >= 0 and reserved <= stock)
);

-- What a document holds of a product; the sum per product is product.reserved.
create table stock_reservation (
    document_number varchar(30) not null,
    product_code    varchar(40) not null references product (code),
    quantity        integer     not null check (quantity > 0),
    primary key (document_number, product_code)
);
create index stock_reservation_product on stock_reservation (product_code);
