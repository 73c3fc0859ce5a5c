-- since when verified data are known not to hold; and how often they were taken over, so that neither overtakes the other
alter table ra_applications add column withdrawn_at bigint;
alter table ra_applications add column taken_over bigint not null default 0;

-- those of certificates that were revoked for affiliationChanged or privilegeWithdrawn (RFC 5280 section 5.3.1)
update ra_applications set withdrawn_at = decided_at where state = 'verified' and id in
    (select coalesce(a.source, a.id) from ra_applications a join certificate c on c.order_id = a.order_id
        where c.revoked_at is not null and c.reason in (3, 9) and a.state in ('verified', 'reused'));

-- renewals of certificates that are revoked are over
update ra_orders set finished = true, version = version + 1
    where not finished and renews in (select id from certificate where revoked_at is not null);
update ra_steps set state = 'not-available-yet', by_person = null, evidence = null, reason = null
    where state <> 'verified' and order_id in
        (select id from ra_orders where finished and certificate is null);

-- what rests on such data asks for data again
update ra_orders set version = version + 1
    where not finished and id in
        (select a.order_id from ra_applications a join ra_applications s on s.id = coalesce(a.source, a.id)
            where s.withdrawn_at is not null and a.state in ('verified', 'reused'));
update ra_steps set state = 'not-available-yet'
    where step in ('email-verification', 'activation') and state = 'awaiting-data' and order_id in
        (select o.id from ra_orders o join ra_applications a on a.order_id = o.id
            join ra_applications s on s.id = coalesce(a.source, a.id)
            where not o.finished and s.withdrawn_at is not null and a.state in ('verified', 'reused'));
update ra_steps set state = 'awaiting-data', by_person = null, evidence = null
    where step = 'data-verification' and state = 'verified' and order_id in
        (select o.id from ra_orders o join ra_applications a on a.order_id = o.id
            join ra_applications s on s.id = coalesce(a.source, a.id)
            where not o.finished and s.withdrawn_at is not null and a.state in ('verified', 'reused'));
