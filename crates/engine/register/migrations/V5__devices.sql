-- devices that were paired with somebody's account
create table register_devices (
    id bytea not null primary key,
    person bytea not null references register_people (id),
    name text not null,
    -- 'own-key': has a certificate of its own; 'copy': was sent a certificate with its key
    kind text not null check (kind in ('own-key', 'copy')),
    paired_at bigint not null,
    used_at bigint,
    revoked_at bigint,
    -- whether the session that paired it had proved a second factor: if not, it is one factor
    second_factor boolean not null default false,
    -- of a copy: what was sent
    subject text,
    -- of a device with a key of its own: its certificate, SHA-256 of that and of its key, the authorities above, its end
    fingerprint bytea unique,
    key_digest bytea,
    der bytea,
    chain bytea,
    not_after bigint
);

create index register_devices_person on register_devices (person, paired_at);

-- every certificate that a device had, by SHA-256, with its number at the authority
create table register_device_certificates (
    fingerprint bytea not null primary key,
    device bytea not null references register_devices (id),
    certificate bytea not null,
    der bytea not null,
    not_after bigint not null
);

create index register_device_certificates_device on register_device_certificates (device);
create index register_device_certificates_ends on register_device_certificates (not_after);

-- pairings under way: what both sides leave for each other, each thing once
create table register_pairings (
    id bytea not null primary key,
    -- SHA-256 of what the telephone shows to find it
    mailbox bytea not null unique,
    person bytea not null references register_people (id),
    session bytea not null,
    second_factor boolean not null,
    way text not null check (way in ('own-key', 'copy')),
    state text not null,
    subject text,
    commitment bytea not null,
    created_at bigint not null,
    expires_at bigint not null,
    -- SHA-256 of the secret of whoever joined, and what they left
    reader bytea,
    peer_key bytea,
    peer_nonce bytea,
    device_key bytea,
    device_name text,
    -- the desktop's key and number, to which it was committed
    opening bytea,
    confirmation bytea,
    sealed bytea,
    device bytea
);

create index register_pairings_person on register_pairings (person);
create index register_pairings_expires on register_pairings (expires_at);
