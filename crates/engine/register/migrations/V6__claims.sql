-- anybody may say that a certificate is theirs; whoever proves that they hold its key keeps it alone
create table register_certificates_claimed (
    id bytea not null primary key,
    -- SHA-256 of the certificate
    fingerprint bytea not null,
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
    told_days bigint,
    -- whether the session that registered it had proved a second factor: if not, the certificate is one factor
    second_factor boolean not null default false,
    -- when the holder proved that they hold the key; none where that was only said
    proved_at bigint,
    -- the organisation whose authorised person registered it; none where the holder did
    participant bytea references register_participants (id),
    -- SHA-256 of the supported authority that it led to
    anchor bytea,
    unique (fingerprint, person)
);

insert into register_certificates_claimed (id, fingerprint, person, subject, der, chain, not_before,
    not_after, pair, signing, encryption, listed, registered_at, registered_by, checked_at,
    revoked_at, revoked_reason, tried_at, told_days, second_factor)
select id, fingerprint, person, subject, der, chain, not_before,
    not_after, pair, signing, encryption, listed, registered_at, registered_by, checked_at,
    revoked_at, revoked_reason, tried_at, told_days, second_factor
from register_certificates;

drop table register_certificates;
alter table register_certificates_claimed rename to register_certificates;

create unique index register_certificates_signing on register_certificates (person, pair) where signing;
create unique index register_certificates_encryption on register_certificates (person, pair) where encryption;
create unique index register_certificates_proved on register_certificates (fingerprint) where proved_at is not null;
create index register_certificates_tried on register_certificates (tried_at);
create index register_certificates_ends on register_certificates (not_after);
create index register_certificates_anchor on register_certificates (anchor);
create index register_certificates_participant on register_certificates (participant, person);

-- what organisations are found by
create table register_participants_words (
    word bytea not null,
    participant bytea not null references register_participants (id),
    primary key (word, participant)
);

-- who was asked to belong to an organisation, as they were named: whether there is such a person is nobody's business
create table register_asked (
    participant bytea not null references register_participants (id),
    -- an address or a registration number, folded
    who text not null,
    authorised boolean not null,
    asked_at bigint not null,
    -- none where staff of the registration authority asked
    asked_by bytea references register_people (id),
    primary key (participant, who)
);

create index register_asked_who on register_asked (who);
