//! Organisations and their members, as their pages are looked at.

use chancery_register::{
    Asked, EmailAddress, Member, Organization, OrganizationId, Participant, ParticipantId,
    ParticipantLine, PersonId, Uses, VerifiedOrganization, numbers::NumberKind,
};
use chancery_store::{Id, Timestamp};

use super::{
    Line, Offered, Participants,
    desk::Desk,
    going::Going,
    member::MemberPage,
    show::{AskedLine, MemberLine, Shown},
};
use crate::{
    confirm::Act,
    form::Form,
    page::Page,
    pages::registered::{Pair, samples::cards},
    samples::Samples,
};

const ADDRESS: &str = "/participants/05050505050505050505050505050505";
const MORAVA: &str = "Energetika Morava, a. s.";
const TRADERS: &str = "Svaz obchodníků s elektřinou a plynem České republiky, z. s.";

fn participant(name: &str, number: &str, id: u8) -> Participant {
    Participant {
        id: ParticipantId::new(Id::from_bytes([id; 16])),
        name: name.to_owned(),
        number_kind: NumberKind::CzIco,
        number: number.to_owned(),
        created_at: Timestamp::from_secs(1_790_000_000),
    }
}

fn line(name: &str, authorised: bool, since: Option<Timestamp>) -> Line {
    Line {
        address: ADDRESS.to_owned(),
        name: name.to_owned(),
        number: "45274649".to_owned(),
        authorised,
        since,
    }
}

fn member(id: u8, name: &str, email: &str, authorised: bool, staff: bool) -> Option<Member> {
    Some(Member {
        person: PersonId::new(Id::from_bytes([id; 16])),
        full_name: name.to_owned(),
        email: email.parse::<EmailAddress>().ok()?,
        authorised,
        staff,
        joined_at: Timestamp::from_secs(1_792_000_000),
        certificates: u64::from(id) % 3,
    })
}

fn petr(authorised: bool, staff: bool) -> Option<Member> {
    member(
        7,
        "Petr Novotný",
        "petr.novotny@energy.example",
        authorised,
        staff,
    )
}

impl Samples for Participants {
    const TEMPLATE: &'static str = "pages/participants.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let since = Some(Timestamp::from_secs(1_792_000_000));
        vec![
            (
                "some",
                Self {
                    page: page.clone(),
                    asked: vec![line(TRADERS, false, None), line("Plynárna", true, None)],
                    joined: vec![line(MORAVA, true, since), line(TRADERS, false, since)],
                    offered: vec![Offered {
                        id: OrganizationId::new(Id::from_bytes([6; 16])),
                        name: "Vodárna Brno, s. r. o.".to_owned(),
                        number: "26178541".to_owned(),
                    }],
                },
            ),
            (
                "none",
                Self {
                    page: page.clone(),
                    asked: Vec::new(),
                    joined: Vec::new(),
                    offered: Vec::new(),
                },
            ),
        ]
    }
}

impl Samples for Shown {
    const TEMPLATE: &'static str = "pages/participant.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let joined = Some(Timestamp::from_secs(1_792_000_000));
        let mut wrong = Form::filled([("who", "Petr"), ("authorised", "yes")]);
        wrong.refuse_named(
            "who",
            page.text("participant-who"),
            page.text("participant-refused-name"),
        );
        let members = [
            member(
                1,
                "Jana Ořechová",
                "jana.orechova@energy.example",
                true,
                false,
            ),
            petr(false, false),
        ];
        let members = || -> Vec<MemberLine> {
            let lines = members.iter().flatten().map(|member| MemberLine {
                address: format!("{ADDRESS}/members/{}", member.person),
                own: member.authorised,
                member: member.clone(),
            });
            lines.collect()
        };
        let asked = |who: &str, authorised| {
            AskedLine::new(Asked {
                who: who.to_owned(),
                authorised,
                asked_at: page.now,
            })
        };
        let sample = |form: Form, joined_at, authorised, members, asked| Self {
            page: page.clone().with_problems(form.problems().len()),
            form,
            address: ADDRESS.to_owned(),
            participant: participant(MORAVA, "45274649", 5),
            joined_at,
            authorised,
            names: vec!["Jana Ořechová".to_owned(), "Karel Dvořák".to_owned()],
            members,
            asked,
        };
        let waiting = vec![
            asked(
                "karla.dlouha.prijmeni-jeste-delsi@distribuce.energy.example",
                false,
            ),
            asked("R-204718-3", true),
        ];
        let form = Form::default;
        vec![
            ("asked", sample(form(), None, false, Vec::new(), Vec::new())),
            (
                "asked-authorised",
                sample(form(), None, true, Vec::new(), Vec::new()),
            ),
            (
                "member",
                sample(form(), joined, false, Vec::new(), Vec::new()),
            ),
            (
                "authorised",
                sample(form(), joined, true, members(), waiting),
            ),
            (
                "refused",
                sample(wrong, joined, true, members(), Vec::new()),
            ),
        ]
    }
}

impl Samples for Going {
    const TEMPLATE: &'static str = "pages/participant-going.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |member: Option<&str>, certificates| {
            let back = match member {
                Some(_) => format!("{ADDRESS}/members/07070707070707070707070707070707"),
                None => ADDRESS.to_owned(),
            };
            Self {
                page: page.clone(),
                participant: MORAVA.to_owned(),
                action: match member {
                    Some(_) => format!("{back}/remove"),
                    None => format!("{back}/leave"),
                },
                back,
                member: member.map(str::to_owned),
                certificates,
                act: Act::Leave(ParticipantId::new(Id::from_bytes([5; 16]))),
            }
        };
        vec![
            ("leave", sample(None, 2)),
            ("leave-nothing", sample(None, 0)),
            ("remove", sample(Some("Petr Novotný"), 1)),
        ]
    }
}

impl Samples for MemberPage {
    const TEMPLATE: &'static str = "pages/member.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let wanted = [
            (1, Uses::SIGNING, None, 10),
            (1, Uses::ENCRYPTION, None, 350),
        ];
        let sample = |member: Option<Member>, own, pairs| {
            Some(Self {
                page: page.clone(),
                address: format!("{ADDRESS}/members/07070707070707070707070707070707"),
                back: ADDRESS.to_owned(),
                participant_id: ParticipantId::new(Id::from_bytes([5; 16])),
                participant: MORAVA.to_owned(),
                member: member?,
                own,
                pairs,
            })
        };
        let some = Pair::sorted(cards(page, &wanted));
        [
            ("some", sample(petr(false, false), false, some)),
            ("none", sample(petr(true, false), false, Vec::new())),
            ("staff", sample(petr(false, true), false, Vec::new())),
            ("own", sample(petr(true, false), true, Vec::new())),
        ]
        .into_iter()
        .filter_map(|(name, sample)| Some((name, sample?)))
        .collect()
    }
}

impl Samples for Desk {
    const TEMPLATE: &'static str = "pages/desk-participants.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let lines = || {
            let line = |name: &str, number: &str, id, members, authorised, asked| ParticipantLine {
                participant: participant(name, number, id),
                members,
                authorised,
                asked,
            };
            vec![
                line(MORAVA, "45274649", 5, 12, 2, 0),
                line(TRADERS, "26178541", 6, 0, 0, 1),
            ]
        };
        let organization = || Organization {
            id: OrganizationId::new(Id::from_bytes([8; 16])),
            verified: VerifiedOrganization {
                name: "Vodárna Brno, s. r. o.".to_owned(),
                country: "CZ".to_owned(),
                state: None,
                locality: "Brno".to_owned(),
                street: "Pisárecká 1".to_owned(),
                postal_code: "602 00".to_owned(),
                number_kind: NumberKind::CzIco,
                number: "26178541".to_owned(),
                representative: PersonId::new(Id::from_bytes([1; 16])),
                verified_by: PersonId::new(Id::from_bytes([2; 16])),
                verified_at: page.now,
            },
        };
        let mut wrong = Form::filled([
            ("who", "Petr"),
            ("about", "08080808080808080808080808080808"),
        ]);
        wrong.refuse_named(
            "who",
            page.text("participant-who"),
            page.text("participant-refused-name"),
        );
        let sample = |text: &str, form: Form, lines, organizations, manages| Self {
            page: page.clone().with_problems(form.problems().len()),
            form,
            text: text.to_owned(),
            lines,
            organizations,
            more: manages,
            manages,
        };
        let form = Form::default;
        vec![
            (
                "managed",
                sample("", form(), lines(), vec![organization()], true),
            ),
            (
                "refused",
                sample("", wrong, lines(), vec![organization()], true),
            ),
            ("read", sample("", form(), lines(), Vec::new(), false)),
            ("none", sample("", form(), Vec::new(), Vec::new(), true)),
            (
                "none-found",
                sample("x", form(), Vec::new(), Vec::new(), true),
            ),
        ]
    }
}
