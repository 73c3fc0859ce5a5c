-- the certificate that an order renews, and where the key of its own was made
alter table ra_orders add column renews bytea;
alter table ra_orders add column key_place text;

-- a certificate is renewed once at a time
create unique index ra_orders_renews on ra_orders (renews) where renews is not null and not finished;
create index ra_orders_renewed on ra_orders (renews) where renews is not null;

-- up to which certificate, in the order of their ends, holders were told so many days ahead
create table ra_told_ends (
    days bigint not null primary key,
    ends_at bigint not null,
    certificate bytea not null
);
