-- who was asked and had not answered is asked as everybody is, by a name that tells nothing of whether there is such a person
insert into register_asked (participant, who, authorised, asked_at)
select m.participant, p.email_folded, m.authorised, m.asked_at
from register_members m join register_people p on p.id = m.person
where m.joined_at is null
on conflict (participant, who) do nothing;

delete from register_members where joined_at is null;

-- registrations of before proofs were kept: issued here, they were proved then; each is looked at once, when the environment opens
create table register_unsettled (
    certificate bytea not null primary key
);

insert into register_unsettled (certificate)
select id from register_certificates
where proved_at is null and registered_by = person and participant is null;

-- what nobody proved may have been opened by a stranger's key
delete from register_sessions where certificate is not null
    and not exists (select 1 from register_certificates c
        where c.fingerprint = register_sessions.certificate
            and c.person = register_sessions.person and c.proved_at is not null)
    and not exists (select 1 from register_device_certificates d
        where d.fingerprint = register_sessions.certificate);
