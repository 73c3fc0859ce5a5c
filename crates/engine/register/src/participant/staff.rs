//! Participants as the registration authority sees and brings them in.

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};

use super::{Participant, ParticipantError};
use crate::{
    Fault, Granted, Language, Notice, Organization, OrganizationId, ParticipantId, Permission,
    Register, log_in::LoginName, person::words_of,
};

/// Most verified organisations that are looked through by name, the last verified first.
const MAX_READ: u32 = 1000;

/// Most that a search shows.
const MAX_SHOWN: usize = 50;

/// A participant in the registration authority's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantLine {
    /// The organisation.
    pub participant: Participant,
    /// How many people belong to it.
    pub members: u64,
    /// How many of them are authorised.
    pub authorised: u64,
    /// How many are asked to be authorised and have not answered.
    pub asked: u64,
}

/// How the registration authority brought a participant in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BroughtIn {
    /// Its authorised person was asked, and has to agree.
    Asked(ParticipantId),
    /// Somebody who belongs to it is an authorised person from now on.
    Authorised(ParticipantId),
}

impl FromRow for ParticipantLine {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        let count = |column| {
            row.int(column)
                .map(|n| u64::try_from(n).unwrap_or_default())
        };
        Ok(Self {
            participant: Participant::from_columns(row, 0)?,
            members: count(5)?,
            authorised: count(6)?,
            asked: count(7)?,
        })
    }
}

impl Register {
    /// The participants whose name or number has all these words; all for none, at most fifty, and whether there are more. Needs
    /// [`Permission::ReadPeople`].
    pub async fn participants(
        &self,
        granted: &Granted,
        text: &str,
    ) -> Result<(Vec<ParticipantLine>, bool), ParticipantError> {
        let read = granted.permission();
        if read != Permission::ReadPeople {
            return Err(ParticipantError::NotPermitted(read));
        }
        let sql = "select o.id, o.name, o.number_kind, o.number, o.created_at,
                (select count(*) from register_members m where m.participant = o.id),
                (select count(*) from register_members m where m.participant = o.id and m.authorised),
                (select count(*) from register_asked a where a.participant = o.id and a.authorised)
            from register_participants o order by o.name, o.id limit $1";
        let all = self.store.all(sql, args![MAX_READ]).await;
        let all: Vec<ParticipantLine> = all.map_err(Fault::from)?;
        Ok(shown(all, text, |line| {
            (&line.participant.name, &line.participant.number)
        }))
    }

    /// One of them, by its id. Needs [`Permission::ManageParticipants`].
    pub async fn participating(
        &self,
        granted: &Granted,
        id: ParticipantId,
    ) -> Result<Participant, ParticipantError> {
        manages(granted)?;
        let found = self.participant(id).await?;
        found.ok_or(ParticipantError::NoSuchOrganization)
    }

    /// Verified organisations that do not take part, by words of name or number, the last verified first, each number once. Needs
    /// [`Permission::ManageParticipants`].
    pub async fn organizations_to_bring_in(
        &self,
        granted: &Granted,
        text: &str,
    ) -> Result<(Vec<Organization>, bool), ParticipantError> {
        manages(granted)?;
        let sql = "select o.id, o.name, o.country, o.state, o.locality, o.street, o.postal_code,
                o.number_kind, o.number, r.person, o.verified_by, o.verified_at
            from register_organizations o
            join register_representatives r on r.organization = o.id
            where not exists (select 1 from register_participants p
                where p.number_kind = o.number_kind and p.number = o.number)
            order by o.verified_at desc, o.id limit $1";
        let all = self.store.all(sql, args![MAX_READ]).await;
        let all: Vec<Organization> = all.map_err(Fault::from)?;
        let mut last: Vec<Organization> = Vec::new();
        for one in all {
            let same = |other: &Organization| {
                other.verified.number_kind == one.verified.number_kind
                    && other.verified.number == one.verified.number
            };
            if !last.iter().any(same) {
                last.push(one);
            }
        }
        Ok(shown(last, text, |one| {
            (&one.verified.name, &one.verified.number)
        }))
    }

    /// Brings a verified organisation in, or finds it, and asks somebody by e-mail address or registration number to be an authorised
    /// person; who belongs to it becomes one at once. Needs [`Permission::ManageParticipants`].
    pub async fn bring_in_for(
        &self,
        granted: &Granted,
        organization: OrganizationId,
        who: &str,
        language: Language,
        now: Timestamp,
    ) -> Result<BroughtIn, ParticipantError> {
        manages(granted)?;
        let organization = self.organization(organization).await?;
        let organization = organization.ok_or(ParticipantError::NoSuchOrganization)?;
        let mut batch = Batch::new();
        let (id, name) = match self.participant_numbered(&organization).await? {
            Some(known) => (known.id, known.name),
            None => (
                self.new_participant(&mut batch, &organization, now)?,
                organization.verified.name.clone(),
            ),
        };
        let organization = organization.id;
        let after = |who: &str| serde_json::json!({ "organization": organization, "who": who });
        self.name_authorised(batch, granted, (id, &name), (who, language), after, now)
            .await
    }

    /// Asks somebody to be an authorised person of a participant; who belongs to it becomes one at once. For an organisation that lost
    /// its last one. Needs [`Permission::ManageParticipants`].
    pub async fn authorise_for(
        &self,
        granted: &Granted,
        participant: ParticipantId,
        who: &str,
        language: Language,
        now: Timestamp,
    ) -> Result<BroughtIn, ParticipantError> {
        manages(granted)?;
        let known = self.participant(participant).await?;
        let known = known.ok_or(ParticipantError::NoSuchOrganization)?;
        let after = |who: &str| serde_json::json!({ "who": who });
        let named = (known.id, known.name.as_str());
        self.name_authorised(Batch::new(), granted, named, (who, language), after, now)
            .await
    }

    async fn name_authorised(
        &self,
        mut batch: Batch,
        granted: &Granted,
        (id, participant): (ParticipantId, &str),
        (who, language): (&str, Language),
        after: impl FnOnce(&str) -> serde_json::Value,
        now: Timestamp,
    ) -> Result<BroughtIn, ParticipantError> {
        let name = LoginName::parse(who);
        if matches!(name, LoginName::Nobody(_)) {
            return Err(ParticipantError::NobodysName);
        }
        let named = name.counted();
        let person = self.find_person(who).await?;
        if person
            .as_ref()
            .is_some_and(|one| one.id == granted.person())
        {
            return Err(ParticipantError::Oneself);
        }
        let member = match &person {
            Some(person) => self.is_member(id, person).await?,
            None => false,
        };
        let done = match person {
            Some(person) if member => {
                batch.one(
                    "update register_members set authorised = $3
                     where participant = $1 and person = $2",
                    args![id, person.id, true],
                );
                let notice = Notice::AuthorisationChanged {
                    participant: participant.to_owned(),
                    authorised: true,
                    at: now.as_secs(),
                };
                self.notify(&mut batch, &person.email, person.language, notice, now)?;
                BroughtIn::Authorised(id)
            }
            person => {
                batch.one(
                    "insert into register_asked (participant, who, authorised, asked_at)
                     values ($1, $2, $3, $4)
                     on conflict (participant, who) do update set authorised = excluded.authorised,
                        asked_at = excluded.asked_at, asked_by = excluded.asked_by",
                    args![id, &named, true, now],
                );
                self.letter_to_asked(
                    &mut batch,
                    &name,
                    person,
                    (participant, true, language),
                    now,
                )?;
                BroughtIn::Asked(id)
            }
        };
        let (action, actor) = ("participant.bring-in", granted.actor());
        self.note(&mut batch, action, actor, id, after(&named), now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(done),
            Err(CommitError::Constraint { unique: true, .. } | CommitError::Conflict { .. }) => {
                Err(ParticipantError::TryAgain)
            }
            Err(error) => Err(Fault::from(error).into()),
        }
    }
}

fn manages(granted: &Granted) -> Result<(), ParticipantError> {
    match granted.permission() {
        Permission::ManageParticipants => Ok(()),
        other => Err(ParticipantError::NotPermitted(other)),
    }
}

/// Those whose name or number has a word that begins with each word of the text, as many as are shown; and whether there are more.
fn shown<T>(mut all: Vec<T>, text: &str, names: impl Fn(&T) -> (&str, &str)) -> (Vec<T>, bool) {
    let wanted = words_of(text);
    all.retain(|one| {
        let (name, number) = names(one);
        let mut own = words_of(name);
        own.extend(words_of(number));
        wanted
            .iter()
            .all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
    });
    let more = all.len() > MAX_SHOWN;
    all.truncate(MAX_SHOWN);
    (all, more)
}
