-- What the last import reported as paid, beside what counts as paid: the same file once more takes no receipt away.
alter table invoice add column paid_reported numeric(15, 2) default 0 not null;
