//! Demonstration people: applicants in three countries, and one of each role.

use std::net::{IpAddr, Ipv4Addr};

use chancery_audit::Actor;
use chancery_register::{
    Language, Loopback, NewPerson, PersonError, PersonId, Principal, Role, Roles,
};
use chancery_store::Timestamp;

use crate::{environment::Environment, failure::Failure};

/// Those whom the demonstration orders belong to.
pub struct People {
    pub jana: PersonId,
    pub piotr: PersonId,
    pub elena: PersonId,
    pub officer: PersonId,
}

/// Adds everybody.
pub async fn add(environment: &Environment, now: Timestamp) -> Result<People, Failure> {
    let person = async |full_name: &str, email: &str, language, role: Role| {
        let new = NewPerson {
            full_name: full_name.to_owned(),
            email: email
                .parse()
                .map_err(|error| Failure::because(email, &error))?,
            language,
            roles: Roles::new([role]),
            password: None,
        };
        match environment
            .register
            .add_person(&new, Actor::System, now)
            .await
        {
            Ok(id) => Ok(id),
            // A start that was interrupted is gone on with.
            Err(PersonError::AddressTaken) => found(environment, email).await,
            Err(error) => Err(Failure::because(
                format!("{full_name} was not added"),
                &error,
            )),
        }
    };
    let people = People {
        jana: person(
            "Jana Nováková",
            "jana.novakova@elektra.test",
            Language::Cs,
            Role::Subscriber,
        )
        .await?,
        piotr: person(
            "Piotr Kowalski",
            "piotr.kowalski@solaris.test",
            Language::En,
            Role::Subscriber,
        )
        .await?,
        elena: person(
            "Elena Ivanova",
            "elena.ivanova@vitosha.test",
            Language::En,
            Role::Subscriber,
        )
        .await?,
        officer: person(
            "Eva Svobodová",
            "eva@chancery.test",
            Language::Cs,
            Role::RaOfficer,
        )
        .await?,
    };
    person(
        "Tomáš Beneš",
        "tomas@chancery.test",
        Language::Cs,
        Role::RaSupervisor,
    )
    .await?;
    person(
        "Oliver Grant",
        "oliver@chancery.test",
        Language::En,
        Role::CaOperator,
    )
    .await?;
    person(
        "Alice Weber",
        "alice@chancery.test",
        Language::En,
        Role::Auditor,
    )
    .await?;
    Ok(people)
}

async fn found(environment: &Environment, email: &str) -> Result<PersonId, Failure> {
    let person = environment.register.find_person(email).await;
    match person.map_err(|error| Failure::because(email, &error))? {
        Some(person) => Ok(person.id),
        None => Err(Failure::new(format!("{email} is taken by nobody"))),
    }
}

/// The person at work at `now`, as one click in the sandbox logs them in.
pub async fn log_in(
    environment: &Environment,
    person: PersonId,
    now: Timestamp,
) -> Result<Principal, Failure> {
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let proof = Loopback::prove(here, here, false)
        .ok_or_else(|| Failure::new("127.0.0.1 is not a loopback address"))?;
    let token = environment
        .register
        .sandbox_session(person, proof, now)
        .await
        .map_err(|error| Failure::because("one-click log-in", &error))?;
    let principal = environment.register.session(token.expose(), now).await;
    principal
        .map_err(|error| Failure::because("one-click log-in", &error))?
        .ok_or_else(|| Failure::new("one-click log-in opened no session"))
}
