-- Who is logged in, so that a login outlives the server it was made at. The id is the SHA-256 of what the cookie holds: who
-- reads this table, or a backup of it, cannot log in with it. The rest is what the web applications keep between requests.
create table login_session (
    id            char(64)    primary key,
    user_id       varchar(64) not null,
    -- of a login with the company's account; opens no door here, and ends the provider's session
    id_token      varchar(4000),
    used_at       timestamp with time zone not null,
    webapp_token  varchar(64),
    webapp_groups varchar(4000),
    webapp_apps   varchar(400),
    webapp_until  timestamp with time zone
);

create index login_session_by_use on login_session (used_at);
