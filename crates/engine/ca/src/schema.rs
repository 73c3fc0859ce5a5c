//! The tables of this crate.

use chancery_store::Migrations;

/// The tables of this crate.
///
/// `certificate_term` is the search index: octets, so that both stores compare them as octets and a prefix
/// is a range. `revocation` is narrow because a list is made by reading all of one shard.
pub const MIGRATIONS: Migrations = Migrations {
    component: "ca",
    steps: &[
        (
            "V1__authority",
            "
create table authority (
    slug text not null primary key,
    name text not null,
    purpose text not null check (purpose in ('root', 'smime', 'tls')),
    profile text not null,
    parent text references authority (slug),
    certificate_id bytea not null,
    created_at bigint not null
);
create table ceremony (
    id bytea not null primary key,
    held_at bigint not null,
    record text not null
);
create table responder (
    key_slug text not null primary key,
    authority text not null references authority (slug),
    certificate_id bytea not null,
    created_at bigint not null
);
create index responder_authority on responder (authority, created_at);
create table serial_block (
    block bigint not null primary key,
    opened_at bigint not null,
    closed_at bigint
);
create table certificate (
    id bytea not null primary key,
    serial bytea not null unique,
    authority text not null,
    shard bigint not null,
    profile text not null,
    subject text not null,
    emails text not null,
    holder bytea,
    order_id bytea,
    key_digest bytea not null,
    not_before bigint not null,
    not_after bigint not null,
    der bytea not null,
    evidence text not null,
    issued_at bigint not null,
    issued_by text not null,
    revoked_at bigint,
    reason bigint
);
create index certificate_issued on certificate (issued_at, id);
create index certificate_holder on certificate (holder, issued_at);
create index certificate_ends on certificate (not_after, id);
create index certificate_revoked on certificate (revoked_at, id) where revoked_at is not null;
create table certificate_term (
    certificate_id bytea not null,
    term bytea not null,
    primary key (certificate_id, term)
);
create index certificate_term_term on certificate_term (term, certificate_id);
create table certified_key (
    digest bytea not null primary key,
    holder bytea not null,
    compromised_at bigint
);
create table revocation (
    authority text not null,
    shard bigint not null,
    serial bytea not null,
    revoked_at bigint not null,
    reason bigint not null,
    not_after bigint not null,
    listed_in bigint,
    primary key (authority, shard, serial)
);
create index revocation_unlisted on revocation (authority, shard) where listed_in is null;
create index revocation_sequence on revocation (revoked_at, serial);
create table crl (
    authority text not null,
    shard bigint not null,
    number bigint not null,
    this_update bigint not null,
    next_update bigint not null,
    der bytea not null,
    primary key (authority, shard)
);
",
        ),
        // Candidates of a search are taken from this index in its order, so of a common word the newest count.
        (
            "V2__newest_terms_first",
            "
alter table certificate_term add column issued_at bigint not null default 0;
update certificate_term set issued_at =
    (select c.issued_at from certificate c where c.id = certificate_term.certificate_id);
drop index certificate_term_term;
create index certificate_term_newest on certificate_term (term, issued_at desc, certificate_id);
",
        ),
        // A further purpose. Both stores can only make the table anew: SQLite does not change a check.
        (
            "V3__authority_for_devices",
            "
create table authority_anew (
    slug text not null primary key,
    name text not null,
    purpose text not null check (purpose in ('root', 'smime', 'tls', 'device')),
    profile text not null,
    parent text references authority_anew (slug),
    certificate_id bytea not null,
    created_at bigint not null
);
insert into authority_anew (slug, name, purpose, profile, parent, certificate_id, created_at)
    select slug, name, purpose, profile, parent, certificate_id, created_at from authority
        where parent is null;
insert into authority_anew (slug, name, purpose, profile, parent, certificate_id, created_at)
    select slug, name, purpose, profile, parent, certificate_id, created_at from authority
        where parent is not null;
create table responder_anew (
    key_slug text not null primary key,
    authority text not null references authority_anew (slug),
    certificate_id bytea not null,
    created_at bigint not null
);
insert into responder_anew (key_slug, authority, certificate_id, created_at)
    select key_slug, authority, certificate_id, created_at from responder;
drop table responder;
drop table authority;
alter table authority_anew rename to authority;
alter table responder_anew rename to responder;
create index responder_authority on responder (authority, created_at);
",
        ),
    ],
};
