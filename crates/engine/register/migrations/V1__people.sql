create table register_people (
    id bytea not null primary key,
    registration_number text not null unique,
    full_name text not null,
    email text not null,
    email_folded text not null unique,
    language text not null,
    theme text not null,
    roles text not null,
    staff boolean not null,
    -- PHC strings; a code waits beside a password so that asking for one locks nobody out
    password text,
    code text,
    code_expires_at bigint,
    code_sent_at bigint,
    created_at bigint not null,
    disabled_at bigint,
    version bigint not null
);

create index register_people_staff on register_people (staff, email_folded);

-- each word by which a person is found; octets, for they sort alike in every store
create table register_people_words (
    word bytea not null,
    person bytea not null references register_people (id),
    primary key (word, person)
);

create table register_sessions (
    id bytea not null primary key,
    token bytea not null unique,
    person bytea not null references register_people (id),
    level text not null,
    second_factor boolean not null,
    created_at bigint not null,
    seen_at bigint not null,
    ends_at bigint not null
);

create index register_sessions_person on register_sessions (person);
create index register_sessions_ends on register_sessions (ends_at);

create table register_totp (
    person bytea not null primary key references register_people (id),
    secret bytea,
    pending bytea,
    confirmed_at bigint,
    last_step bigint not null,
    version bigint not null
);

create table register_recovery_codes (
    person bytea not null references register_people (id),
    digest bytea not null,
    primary key (person, digest)
);

-- failed tries, by the digest of whose or from where they are
create table register_attempts (
    place bytea not null primary key,
    failures bigint not null,
    last_at bigint not null,
    blocked_until bigint not null
);

create index register_attempts_last on register_attempts (last_at);

-- networks from which a person logged in, by digest
create table register_networks (
    person bytea not null references register_people (id),
    network bytea not null,
    seen_at bigint not null,
    primary key (person, network)
);

create table register_invitations (
    id bytea not null primary key,
    token bytea not null unique,
    email text not null,
    full_name text,
    language text not null,
    roles text not null,
    created_at bigint not null,
    expires_at bigint not null
);

create index register_invitations_expires on register_invitations (expires_at);

create table register_organizations (
    id bytea not null primary key,
    name text not null,
    country text not null,
    state text,
    locality text not null,
    street text not null,
    postal_code text not null,
    number_kind text not null,
    number text not null,
    verified_at bigint not null,
    verified_by bytea not null references register_people (id)
);

create index register_organizations_number on register_organizations (number_kind, number);

create table register_representatives (
    organization bytea not null references register_organizations (id),
    person bytea not null references register_people (id),
    since bigint not null,
    primary key (person, organization)
);

create table register_identities (
    id bytea not null primary key,
    person bytea not null references register_people (id),
    given_name text not null,
    surname text not null,
    document_kind text not null,
    document_country text not null,
    document_number bytea not null,
    verified_at bigint not null,
    verified_by bytea not null references register_people (id)
);

create index register_identities_person on register_identities (person, verified_at);
