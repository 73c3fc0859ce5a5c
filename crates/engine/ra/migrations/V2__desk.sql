-- the desk's list of everything submitted, the last change first
create index ra_steps_changed on ra_steps (step, at desc, order_id)
    where state in ('waiting-for-verification', 'verified', 'rejected');
