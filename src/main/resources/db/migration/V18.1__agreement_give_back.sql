-- N2: units come back to an agreement with the goods; which returns case brought them.
alter table price_agreement_entry add column case_number varchar(30);
alter table price_agreement_entry add constraint price_agreement_entry_comes_back_by_a_case check (
    quantity > 0 or case_number is not null);
