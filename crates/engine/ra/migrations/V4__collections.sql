-- codes with which a certificate that is ready can be collected without logging in, both by digest
create table ra_collections (
    id bytea not null primary key,
    order_id bytea not null references ra_orders (id),
    reference bytea not null unique,
    code bytea not null,
    given_at bigint not null,
    given_by bytea not null,
    expires_at bigint not null,
    tries bigint not null,
    state text not null check (state in ('open', 'used', 'superseded'))
);

create index ra_collections_order on ra_collections (order_id, given_at);
