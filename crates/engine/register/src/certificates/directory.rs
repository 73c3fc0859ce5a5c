//! The directory: encryption certificates of those who agree to be found.

use std::time::Duration;

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};

use super::{CertificateError, Certificates, RegisteredCertificate, read::select_certificate};
use crate::{
    Denied, EmailAddress, Fault, Permission, PersonId, Principal, RegisteredCertificateId,
    log_in::LoginName,
    person::words_of,
    throttle::{self, Place},
};

/// Most people that one look-up by name tells of.
pub const MAX_FOUND: usize = 10;

/// Fewest characters of the longest word of a name: shorter ones would list the alphabet.
const LEAST_CHARACTERS: usize = 3;

/// Most certificates that a look-up by name reads.
const MAX_READ: u32 = 500;

/// An encryption certificate that somebody may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryEntry {
    /// Whose it is.
    pub holder: PersonId,
    /// The holder's full name, as they typed it.
    pub full_name: String,
    /// Their address, at which the account was opened.
    pub email: EmailAddress,
    /// The organisations that they belong to.
    pub organizations: Vec<String>,
    /// The certificate.
    pub certificate: RegisteredCertificate,
}

/// What a look-up found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The certificates that can be used now, those of one holder together, the longest valid first.
    pub entries: Vec<DirectoryEntry>,
    /// Whether there are more people than are told of.
    pub more: bool,
}

/// Nothing was looked up.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// The session may not do it at all.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No word of the name is long enough.
    #[error("a word of the name needs at least {least} characters")]
    TooShort {
        /// Fewest characters.
        least: usize,
    },
    /// More look-ups than anybody needs; the next one after this time.
    #[error("too many look-ups")]
    Wait(Duration),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

struct Name(String);

impl FromRow for Name {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self(row.text(0)?))
    }
}

impl Certificates {
    /// Lists an encryption certificate in the directory, or takes it off. The holder alone agrees to it.
    pub async fn set_listed(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        listed: bool,
        now: Timestamp,
    ) -> Result<(), CertificateError> {
        let granted = principal.require(Permission::EditProfile)?;
        let mut batch = Batch::new();
        batch.one(
            "update register_certificates set listed = $1
             where id = $2 and person = $3 and encryption",
            args![listed, id, principal.person],
        );
        let object = ("registered-certificate", id.to_string());
        let after = serde_json::json!({ "listed": listed });
        let action = "certificate.list";
        self.register.record(
            &mut batch,
            action,
            granted.actor(),
            object,
            Some(after),
            now,
        )?;
        match self.register.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(CertificateError::NoSuchCertificate),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// The listed encryption certificates of whoever has this e-mail address or registration number, or whose name or organisation has
    /// all these words. Nobody is listed who did not agree, so that an empty answer does not tell whether the address is known. How
    /// often one person may ask is limited, whatever comes of it.
    pub async fn look_up(
        &self,
        principal: &Principal,
        who: &str,
        now: Timestamp,
    ) -> Result<Found, DirectoryError> {
        principal.require(Permission::EditProfile)?;
        let name = LoginName::parse(who);
        let words = match &name {
            LoginName::Nobody(text) => searched(text)?,
            _ => Vec::new(),
        };
        let store = &self.register.store;
        let place = Place::look_ups(principal.person);
        if let Err(early) = throttle::reserve(store, &place, now).await? {
            return Err(DirectoryError::Wait(early.wait));
        }
        let found: Vec<RegisteredCertificate> = match &name {
            LoginName::Email(folded) => {
                let sql = select_certificate!(
                    "join register_people p on p.id = c.person
                     where p.email_folded = $1 and p.disabled_at is null and c.encryption and c.listed
                     order by c.not_after desc, c.id"
                );
                store.all(sql, args![folded]).await
            }
            LoginName::Number(number) => {
                let sql = select_certificate!(
                    "join register_people p on p.id = c.person
                     where p.registration_number = $1 and p.disabled_at is null and c.encryption
                        and c.listed
                     order by c.not_after desc, c.id"
                );
                let number = number.to_string();
                store.all(sql, args![number]).await
            }
            LoginName::Nobody(_) => {
                let sql = select_certificate!(
                    "join register_people p on p.id = c.person
                     where p.disabled_at is null and c.encryption and c.listed
                        and (c.person in (select w.person from register_people_words w
                                where w.word >= $1 and w.word < $2)
                          or c.person in (select m.person from register_members m
                                join register_participants_words w on w.participant = m.participant
                                where m.joined_at is not null and w.word >= $1 and w.word < $2))
                     order by p.full_name, c.person, c.not_after desc, c.id limit $3"
                );
                // The longest word leaves the fewest to look at.
                let longest = words.iter().max_by_key(|word| word.len());
                let from = longest.map_or(&b""[..], |word| word.as_bytes());
                // No octet of UTF-8 is 0xff.
                let beyond = [from, &[0xff]].concat();
                store.all(sql, args![from, beyond, MAX_READ]).await
            }
        }
        .map_err(Fault::from)?;
        self.told(found, &words, now).await
    }

    /// A certificate that the directory tells of, for its download.
    pub async fn listed(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        now: Timestamp,
    ) -> Result<Option<RegisteredCertificate>, DirectoryError> {
        principal.require(Permission::EditProfile)?;
        let Some(known) = self.registered(id).await? else {
            return Ok(None);
        };
        let holder = self.register.person(known.holder).await?;
        let is_told = known.listed
            && known.uses.encryption
            && known.state(now).is_usable()
            && holder.is_some_and(|holder| holder.disabled_at.is_none());
        Ok(is_told.then_some(known))
    }

    /// Those of the certificates that may be told of, with their holders.
    async fn told(
        &self,
        found: Vec<RegisteredCertificate>,
        words: &[String],
        now: Timestamp,
    ) -> Result<Found, DirectoryError> {
        let mut answer = Found::default();
        let mut people: Vec<(PersonId, Option<DirectoryEntry>)> = Vec::new();
        for certificate in found {
            if !certificate.state(now).is_usable() {
                continue;
            }
            let holder = certificate.holder;
            let entry = if let Some((_, entry)) = people.iter().find(|(known, _)| *known == holder)
            {
                entry.clone()
            } else {
                let entry = self.entry(&certificate, words).await?;
                people.push((holder, entry.clone()));
                entry
            };
            let Some(entry) = entry else { continue };
            let told = people.iter().filter(|(_, entry)| entry.is_some()).count();
            if told > MAX_FOUND {
                answer.more = true;
                break;
            }
            answer.entries.push(DirectoryEntry {
                certificate,
                ..entry
            });
        }
        Ok(answer)
    }

    /// The holder of a listed certificate; none where their name and organisations lack a word that was looked for.
    async fn entry(
        &self,
        certificate: &RegisteredCertificate,
        words: &[String],
    ) -> Result<Option<DirectoryEntry>, Fault> {
        let register = &self.register;
        let Some(person) = register.person(certificate.holder).await? else {
            return Ok(None);
        };
        let names: Vec<Name> = register
            .store
            .all(
                "select o.name from register_members m
                 join register_participants o on o.id = m.participant
                 where m.person = $1 and m.joined_at is not null order by o.name, o.id",
                args![person.id],
            )
            .await?;
        let organizations: Vec<String> = names.into_iter().map(|name| name.0).collect();
        let mut own = words_of(&person.full_name);
        for name in &organizations {
            own.extend(words_of(name));
        }
        let fits = words
            .iter()
            .all(|word| own.iter().any(|own| own.starts_with(word.as_str())));
        Ok(fits.then(|| DirectoryEntry {
            holder: person.id,
            full_name: person.full_name,
            email: person.email,
            organizations,
            certificate: certificate.clone(),
        }))
    }
}

/// The words of a name that is looked up.
fn searched(text: &str) -> Result<Vec<String>, DirectoryError> {
    let words: Vec<String> = words_of(text).into_iter().collect();
    // Short words (a title, "s. r. o.") may stand beside a long one.
    let telling = words
        .iter()
        .any(|word| word.chars().count() >= LEAST_CHARACTERS);
    if telling {
        Ok(words)
    } else {
        Err(DirectoryError::TooShort {
            least: LEAST_CHARACTERS,
        })
    }
}
