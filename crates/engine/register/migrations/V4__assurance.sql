-- whether the session that registered it had proved a second factor: if not, the certificate is one factor
alter table register_certificates add column second_factor boolean not null default false;

-- SHA-256 of the certificate that opened the session, and whether by a TLS handshake
alter table register_sessions add column certificate bytea;
alter table register_sessions add column handshake boolean not null default false;

-- the environment's own authorities that were put on the list once: if an operator takes one off, it stays off
create table register_own_anchors (
    fingerprint bytea not null primary key
);

-- sensitive acts that a session may do once, by digest of the act
create table register_confirmations (
    session bytea not null,
    act bytea not null,
    expires_at bigint not null,
    primary key (session, act)
);

create index register_confirmations_expires on register_confirmations (expires_at);
