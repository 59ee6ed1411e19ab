-- Rows and checksum of every table, as psql prints them: table|rows|sum. The order of the rows does not matter, each row
-- counts. Two databases with the same output hold the same; also across versions of PostgreSQL, since md5 stays what it is.
set timezone = 'UTC';
set datestyle = 'ISO';
set extra_float_digits = 1;
set bytea_output = 'hex';
set max_parallel_workers_per_gather = 0;
select format(
         'select %L, count(*), coalesce(sum((''x'' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0) from %I t',
         tablename, tablename)
from pg_tables where schemaname = 'public' order by tablename collate "C" \gexec
