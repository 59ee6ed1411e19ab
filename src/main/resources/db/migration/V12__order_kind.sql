-- T7: goods that a returns case sends go the way of an order; what they are and which case sends them.
alter table sales_order add column kind varchar(20) default 'SALE' not null;
alter table sales_order add column case_number varchar(30);
alter table sales_order add constraint sales_order_kind_names_its_case check (
    (kind = 'SALE' and case_number is null)
    or (kind in ('REPLACEMENT', 'REPAIR') and case_number is not null));
create index sales_order_case on sales_order (case_number);
