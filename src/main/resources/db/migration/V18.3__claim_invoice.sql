-- R7, T8: the invoice for goods that left in advance is prepared by one person and verified by another.
alter table return_case add column claim_invoice_number varchar(40);
alter table return_case add column claim_tax_number varchar(40);
alter table return_case add column claim_prepared_by varchar(64);
