//! Finding people.

use std::collections::BTreeSet;

use chancery_store::{Batch, args};

use super::Person;
use crate::{EmailAddress, Fault, PersonId, Register, RegistrationNumber, log_in, text::fold};

macro_rules! select_person {
    ($tail:literal) => {
        concat!(
            "select p.id, p.registration_number, p.full_name, p.email, p.language, p.theme, p.roles,
                p.password is not null, t.confirmed_at, p.created_at, p.disabled_at
             from register_people p left join register_totp t on t.person = p.id ",
            $tail
        )
    };
}

impl Register {
    /// The person with that id.
    pub async fn person(&self, id: PersonId) -> Result<Option<Person>, Fault> {
        let sql = select_person!("where p.id = $1");
        Ok(self.store.first(sql, args![id]).await?)
    }

    /// The person with that e-mail address or registration number.
    pub async fn find_person(&self, login: &str) -> Result<Option<Person>, Fault> {
        let found = match log_in::LoginName::parse(login) {
            log_in::LoginName::Email(folded) => {
                let sql = select_person!("where p.email_folded = $1");
                self.store.first(sql, args![folded]).await?
            }
            log_in::LoginName::Number(number) => {
                let sql = select_person!("where p.registration_number = $1");
                self.store.first(sql, args![number.to_string()]).await?
            }
            log_in::LoginName::Nobody(_) => None,
        };
        Ok(found)
    }

    /// At most `limit` people with names, addresses or numbers that start with each word of `text`.
    pub async fn find_people(&self, text: &str, limit: u32) -> Result<Vec<Person>, Fault> {
        let mut words: Vec<String> = words_of(text).into_iter().collect();
        // The longest word leaves the fewest to look at.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some(longest) = words.first() else {
            return Ok(Vec::new());
        };
        let sql = select_person!(
            "where p.id in (select w.person from register_people_words w
                where w.word >= $1 and w.word < $2)
             order by p.full_name, p.id limit 500"
        );
        let from = longest.as_bytes();
        // No octet of UTF-8 is 0xff.
        let beyond = [from, &[0xff]].concat();
        let people: Vec<Person> = self.store.all(sql, args![from, beyond]).await?;
        let fits = |person: &Person| {
            let own = person_words(
                &person.full_name,
                &person.email,
                &person.registration_number,
            );
            words
                .iter()
                .all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
        };
        Ok(people
            .into_iter()
            .filter(fits)
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .collect())
    }

    /// The first people that came, at most `limit`: the sandbox's door lists them.
    pub async fn people(&self, limit: u32) -> Result<Vec<Person>, Fault> {
        let sql =
            select_person!("where p.disabled_at is null order by p.created_at, p.id limit $1");
        Ok(self.store.all(sql, args![limit]).await?)
    }

    /// Everybody with a role of staff.
    pub async fn staff(&self) -> Result<Vec<Person>, Fault> {
        let sql = select_person!("where p.staff = $1 order by p.email_folded");
        Ok(self.store.all(sql, args![true]).await?)
    }
}

/// The words by which something is found, folded.
pub(crate) fn words_of(text: &str) -> BTreeSet<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(16)
        .map(str::to_owned)
        .collect()
}

fn person_words(
    full_name: &str,
    email: &EmailAddress,
    number: &RegistrationNumber,
) -> BTreeSet<String> {
    let mut words = words_of(full_name);
    words.extend(words_of(&email.folded()));
    words.extend(words_of(&number.to_string()));
    words
}

pub(super) fn add_words(
    batch: &mut Batch,
    person: PersonId,
    full_name: &str,
    email: &EmailAddress,
    number: &RegistrationNumber,
) {
    for word in person_words(full_name, email, number) {
        batch.one(
            "insert into register_people_words (word, person) values ($1, $2)",
            args![word.as_bytes(), person],
        );
    }
}
