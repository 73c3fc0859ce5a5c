-- authorities whose certificates are accepted, each with what for
create table register_anchors (
    id bytea not null primary key,
    fingerprint bytea not null unique,
    subject text not null,
    der bytea not null,
    own boolean not null,
    -- names separated by a space
    purposes text not null,
    -- object identifiers; policies separated by a space, none for any
    log_in_purpose text not null,
    policies text not null,
    added_at bigint not null
);

-- organisations that take part, each number once
create table register_participants (
    id bytea not null primary key,
    name text not null,
    number_kind text not null,
    number text not null,
    created_at bigint not null,
    unique (number_kind, number)
);

create table register_members (
    participant bytea not null references register_participants (id),
    person bytea not null references register_people (id),
    authorised boolean not null,
    asked_at bigint not null,
    -- when the person agreed; before that nobody may act for them
    joined_at bigint,
    primary key (participant, person)
);

create index register_members_person on register_members (person);

create table register_certificates (
    id bytea not null primary key,
    -- SHA-256 of the certificate
    fingerprint bytea not null unique,
    person bytea not null references register_people (id),
    subject text not null,
    der bytea not null,
    -- the authorities between it and a trust anchor, a certificates-only CMS message
    chain bytea,
    not_before bigint not null,
    not_after bigint not null,
    pair bigint not null check (pair between 1 and 4),
    signing boolean not null,
    encryption boolean not null,
    listed boolean not null,
    registered_at bigint not null,
    registered_by bytea not null references register_people (id),
    -- what was last learnt of its revocation, and when
    checked_at bigint,
    revoked_at bigint,
    revoked_reason bigint,
    -- when it was last tried to learn it, whether or not somebody answered
    tried_at bigint not null,
    -- the notices of its end that were sent: the least number of days of which one told
    told_days bigint
);

create unique index register_certificates_signing on register_certificates (person, pair) where signing;
create unique index register_certificates_encryption on register_certificates (person, pair) where encryption;

create index register_certificates_tried on register_certificates (tried_at);
create index register_certificates_ends on register_certificates (not_after);

-- challenges of log-in by certificate, by digest, with the digest of the cookie that asked
create table register_challenges (
    digest bytea not null primary key,
    visitor bytea not null,
    expires_at bigint not null
);

create index register_challenges_expires on register_challenges (expires_at);
