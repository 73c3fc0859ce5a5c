-- when the secrets that opened the session were proved last; of sessions of before that is not known, so their sensitive acts ask
alter table register_sessions add column proved_at bigint not null default 0;
