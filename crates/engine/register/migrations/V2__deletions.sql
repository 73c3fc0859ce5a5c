-- what is deleted by another column than its key
create index register_people_words_person on register_people_words (person);
create index register_sessions_seen on register_sessions (seen_at);
create index register_networks_seen on register_networks (seen_at);
create index register_invitations_email on register_invitations (email);
-- an organisation's representative
create index register_representatives_organization on register_representatives (organization);
