-- F1: a credit limit may be granted up to a day; after it credit orders are held.
alter table customer add column credit_limit_until date;
