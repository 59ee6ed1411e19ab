-- R5: an order joins a request of its customer that already asks for the same. Its own draft waits for what is decided there.
alter table special_price_request add column joined_request varchar(30);
alter table special_price_request add column waiting boolean default false not null;
alter table special_price_request add constraint special_price_request_joins_another
    foreign key (joined_request) references special_price_request (request_number);
alter table special_price_request add constraint special_price_request_waits_as_draft check (
    not waiting or (state = 'DRAFT' and joined_request is not null and joined_request <> request_number));
create index special_price_request_joined on special_price_request (joined_request);
create index special_price_request_customer on special_price_request (customer_code, state);

-- F5: an order has one open request; closed ones have no key. Of several the newest counts.
alter table special_price_request add column open_order varchar(30);
update special_price_request set state = 'VOID'
    where state in ('DRAFT', 'OPEN', 'OFFERED', 'QUESTIONED') and exists (
        select 1 from special_price_request newer
        where newer.order_number = special_price_request.order_number
          and newer.state in ('DRAFT', 'OPEN', 'OFFERED', 'QUESTIONED')
          and newer.request_number > special_price_request.request_number);
update special_price_request set open_order = order_number where state in ('DRAFT', 'OPEN', 'OFFERED', 'QUESTIONED');
alter table special_price_request add constraint special_price_request_is_open_once unique (open_order);
alter table special_price_request add constraint special_price_request_key_is_of_open check (
    open_order is null or (open_order = order_number and state in ('DRAFT', 'OPEN', 'OFFERED', 'QUESTIONED')));
