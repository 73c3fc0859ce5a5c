-- the last order number of each year
create table ra_numbers (
    year bigint not null primary key,
    last bigint not null
);

create table ra_orders (
    id bytea not null primary key,
    number text not null unique,
    person bytea not null,
    product text not null,
    -- the price on the day of the order, in hundredths
    price bigint not null,
    currency text not null,
    created_at bigint not null,
    version bigint not null,
    -- what the applicant typed so far, sealed
    draft bytea,
    -- the mailbox being verified, or verified
    email text,
    certificate bytea,
    finished boolean not null
);

create index ra_orders_person on ra_orders (person, created_at, id);
create index ra_orders_certificate on ra_orders (certificate) where certificate is not null;

create table ra_steps (
    order_id bytea not null references ra_orders (id),
    step text not null,
    state text not null check (state in
        ('not-available-yet', 'awaiting-data', 'waiting-for-verification', 'verified', 'rejected')),
    at bigint not null,
    by_person bytea,
    evidence text,
    reason text,
    primary key (order_id, step)
);

create index ra_steps_queue on ra_steps (step, state, at, order_id);

-- every submission is kept, and what became of it
create table ra_applications (
    id bytea not null primary key,
    order_id bytea not null references ra_orders (id),
    revision bigint not null,
    person bytea not null,
    kind text not null,
    data bytea not null,
    number_wrong boolean not null,
    submitted_at bigint not null,
    state text not null check (state in ('submitted', 'verified', 'rejected', 'reused')),
    decided_at bigint,
    decided_by bytea,
    reason text,
    -- for reused data: whose verification counts
    source bytea references ra_applications (id),
    unique (order_id, revision)
);

create index ra_applications_verified on ra_applications (person, state, decided_at);
create index ra_applications_decided on ra_applications (kind, decided_at) where decided_at is not null;

create table ra_statements (
    id bytea not null primary key,
    order_id bytea not null references ra_orders (id),
    application bytea references ra_applications (id),
    statement text not null,
    version text not null,
    language text not null,
    text_hash bytea not null,
    made_at bigint not null,
    made_by bytea not null
);

create index ra_statements_order on ra_statements (order_id, made_at);

-- the sealed key is the document: without it the blob is noise
create table ra_documents (
    id bytea not null primary key,
    order_id bytea not null references ra_orders (id),
    person bytea not null,
    purpose text,
    name text not null,
    kind text not null,
    size bigint not null,
    address text not null,
    sealed_key bytea not null,
    added_at bigint not null
);

create index ra_documents_order on ra_documents (order_id, added_at, id);

create table ra_sendings (
    id bytea not null primary key,
    order_id bytea not null references ra_orders (id),
    person bytea not null,
    email text not null,
    link bytea not null unique,
    code bytea not null,
    sent_at bigint not null,
    expires_at bigint not null,
    tries bigint not null,
    state text not null check (state in ('open', 'answered', 'superseded')),
    answered_at bigint
);

create index ra_sendings_order on ra_sendings (order_id, sent_at);
create index ra_sendings_person on ra_sendings (person, sent_at);

create table ra_events (
    order_id bytea not null references ra_orders (id),
    position bigint not null,
    person bytea not null,
    kind text not null,
    at bigint not null,
    by_person bytea,
    primary key (order_id, position)
);

create index ra_events_person on ra_events (person, at, order_id, position);
