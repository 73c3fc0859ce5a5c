-- applications that their applicants signed; the document and the signature over it are documents of their own kinds
create table ra_signatures (
    application bytea not null primary key references ra_applications (id),
    document bytea not null references ra_documents (id),
    signature bytea not null references ra_documents (id),
    certificate bytea not null,
    signed_at bigint not null
);
