//! The form of the data verification: what it asks for, and how its fields become data.

use chancery_ra::{ApplicationData, ExistenceProof, Field, Kind, OrganizationData, PersonData};
use chancery_register::{
    DocumentKind,
    numbers::{self, NumberCheck, NumberKind},
};

use crate::{form::Form, page::Page, show::Choice, words::Language};

/// Ticked where a number is to be sent although its check digits do not fit.
pub(crate) const ANYWAY: &str = "number-anyway";
/// The choice of how the existence of an organisation is shown.
pub(crate) const PROOF: &str = "organization.proof";

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ \
    BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES \
    ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO \
    IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR \
    PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK \
    TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// All countries, in the order of the language.
pub(crate) fn countries(language: Language) -> Vec<Choice> {
    let mut countries: Vec<Choice> = COUNTRIES
        .split(' ')
        .map(|code| Choice {
            value: code.to_owned(),
            text: language.message(format!("country-{code}")).to_string(),
        })
        .collect();
    countries.sort_by_cached_key(|country| collation(&country.text));
    countries
}

/// The words of a country, or the code where there is no such country.
pub(crate) fn country(page: &Page, code: &str) -> String {
    if COUNTRIES.split(' ').any(|known| known == code) {
        page.text(&format!("country-{code}"))
    } else {
        code.to_owned()
    }
}

/// Letters with a caron follow their plain ones in Czech, others count as plain; `ch` follows `h`.
fn collation(words: &str) -> String {
    let mut key = String::new();
    let lower = words.to_lowercase();
    let mut letters = lower.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'c' if letters.peek() == Some(&'h') => {
                letters.next();
                key.push_str("h\u{7f}");
            }
            'č' => key.push_str("c\u{7f}"),
            'ř' => key.push_str("r\u{7f}"),
            'š' => key.push_str("s\u{7f}"),
            'ž' => key.push_str("z\u{7f}"),
            'á' | 'å' | 'ä' | 'ã' => key.push('a'),
            'é' | 'ě' | 'è' | 'ê' => key.push('e'),
            'í' | 'î' => key.push('i'),
            'ó' | 'ô' | 'ö' => key.push('o'),
            'ú' | 'ů' | 'ü' => key.push('u'),
            'ý' => key.push('y'),
            'ç' => key.push('c'),
            other => key.push(other),
        }
    }
    key
}

/// Every register whose numbers are known.
pub(crate) fn number_kinds(page: &Page) -> Vec<Choice> {
    NumberKind::ALL
        .into_iter()
        .map(|kind| Choice {
            value: kind.name().to_owned(),
            text: page.text(&format!("data-number-{}", kind.name())),
        })
        .collect()
}

/// Every kind of identity document.
pub(crate) fn identity_documents(page: &Page) -> Vec<Choice> {
    DocumentKind::ALL
        .into_iter()
        .map(|kind| Choice {
            value: kind.name().to_owned(),
            text: page.text(&format!("data-identity-{}", kind.name())),
        })
        .collect()
}

/// What was typed, as it was typed.
pub(crate) fn read(form: &Form) -> ApplicationData {
    let typed = |field: Field| form.value(field.id()).to_owned();
    ApplicationData {
        organization: OrganizationData {
            name: typed(Field::OrganizationName),
            country: typed(Field::Country),
            state: typed(Field::State),
            locality: typed(Field::Locality),
            street: typed(Field::Street),
            postal_code: typed(Field::PostalCode),
            number_kind: typed(Field::NumberKind),
            number: typed(Field::Number),
            proof: if form.value(PROOF) == "document" {
                ExistenceProof::Document
            } else {
                ExistenceProof::RegistrationNumber
            },
        },
        person: PersonData {
            given_name: typed(Field::GivenName),
            surname: typed(Field::Surname),
            document_kind: typed(Field::DocumentKind),
            document_country: typed(Field::DocumentCountry),
            document_number: typed(Field::DocumentNumber),
            role: typed(Field::Role),
        },
    }
}

/// A form filled with stored data.
pub(crate) fn fill(data: &ApplicationData) -> Form {
    let ApplicationData {
        organization: o,
        person: p,
    } = data;
    Form::filled([
        (Field::OrganizationName.id(), o.name.as_str()),
        (Field::Country.id(), &o.country),
        (Field::State.id(), &o.state),
        (Field::Locality.id(), &o.locality),
        (Field::Street.id(), &o.street),
        (Field::PostalCode.id(), &o.postal_code),
        (Field::NumberKind.id(), &o.number_kind),
        (Field::Number.id(), &o.number),
        (PROOF, proof(o.proof)),
        (Field::GivenName.id(), &p.given_name),
        (Field::Surname.id(), &p.surname),
        (Field::DocumentKind.id(), &p.document_kind),
        (Field::DocumentCountry.id(), &p.document_country),
        (Field::DocumentNumber.id(), &p.document_number),
        (Field::Role.id(), &p.role),
    ])
}

const fn proof(proof: ExistenceProof) -> &'static str {
    match proof {
        ExistenceProof::RegistrationNumber => "registration-number",
        ExistenceProof::Document => "document",
    }
}

/// Whether the check digits of the number do not fit, so that it may only be sent on knowingly.
pub(crate) fn is_doubtful(form: &Form) -> bool {
    form.value(Field::NumberKind.id())
        .parse()
        .is_ok_and(|kind: NumberKind| {
            matches!(
                numbers::check(kind, form.value(Field::Number.id())),
                NumberCheck::WrongCheckDigit { .. }
            )
        })
}

/// A group of lines of a summary.
pub(crate) struct Group {
    /// The key of its heading.
    pub title: &'static str,
    pub lines: Vec<SummaryLine>,
}

/// A field and its value as people read it.
pub(crate) struct SummaryLine {
    /// The key of the field's name.
    pub label: &'static str,
    pub value: String,
}

/// The data as they are read before they are sent, by the applicant and by the officer alike.
pub(crate) fn summary(page: &Page, kind: Kind, data: &ApplicationData) -> Vec<Group> {
    let mut groups = Vec::new();
    if kind.has_organization() {
        let o = &data.organization;
        groups.push(group(
            "data-organisation",
            [("data-organization", o.name.clone())],
        ));
        groups.push(group(
            "data-headquarters",
            [
                ("data-street", o.street.clone()),
                ("data-postal-code", o.postal_code.clone()),
                ("data-locality", o.locality.clone()),
                ("data-state", o.state.clone()),
                ("data-country", country(page, &o.country)),
            ],
        ));
        groups.push(group(
            "data-registration",
            [
                (
                    "data-number-kind",
                    chosen(page, "data-number", &o.number_kind),
                ),
                ("data-number", o.number.clone()),
                ("data-proof", chosen(page, "data-proof", proof(o.proof))),
            ],
        ));
    }
    if kind.has_person() {
        let p = &data.person;
        let role = if kind.has_organization() {
            p.role.clone()
        } else {
            String::new()
        };
        groups.push(group(
            "data-person",
            [
                ("data-given-name", p.given_name.clone()),
                ("data-surname", p.surname.clone()),
                (
                    "data-identity-kind",
                    chosen(page, "data-identity", &p.document_kind),
                ),
                ("data-identity-country", country(page, &p.document_country)),
                ("data-identity-number", p.document_number.clone()),
                ("data-role", role),
            ],
        ));
    }
    groups
}

/// The same for the officer, who compares a line at a time and wants all of it on one screen.
pub(crate) fn digest(page: &Page, kind: Kind, data: &ApplicationData) -> Vec<Group> {
    let mut groups = Vec::new();
    if kind.has_organization() {
        let o = &data.organization;
        let town = joined(" ", &[&o.postal_code, &o.locality]);
        let country = country(page, &o.country);
        let seat = joined(", ", &[&o.street, &town, &o.state, &country]);
        groups.push(group(
            "data-organisation",
            [
                ("data-organization", o.name.clone()),
                ("data-headquarters", seat),
                ("data-number", o.number.clone()),
                (
                    "data-number-kind",
                    chosen(page, "data-number", &o.number_kind),
                ),
                (
                    "data-proof-short",
                    chosen(page, "data-proof", proof(o.proof)),
                ),
            ],
        ));
    }
    if kind.has_person() {
        let p = &data.person;
        let document = joined(
            ", ",
            &[
                &chosen(page, "data-identity", &p.document_kind),
                &country(page, &p.document_country),
            ],
        );
        let role = if kind.has_organization() {
            p.role.clone()
        } else {
            String::new()
        };
        groups.push(group(
            "data-person",
            [
                ("data-name", joined(" ", &[&p.given_name, &p.surname])),
                ("data-role", role),
                ("data-identity-kind", document),
                ("data-identity-number", p.document_number.clone()),
            ],
        ));
    }
    groups
}

/// The parts that say something, with `between` between them.
fn joined(between: &str, parts: &[&str]) -> String {
    parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(between)
}

fn group<const N: usize>(title: &'static str, lines: [(&'static str, String); N]) -> Group {
    Group {
        title,
        lines: lines
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(label, value)| SummaryLine { label, value })
            .collect(),
    }
}

/// The words of a choice; what was never chosen stays empty.
fn chosen(page: &Page, prefix: &str, value: &str) -> String {
    page.language
        .find(&format!("{prefix}-{value}"))
        .unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use chancery_ra::{ApplicationData, ExistenceProof};

    use super::{COUNTRIES, collation, countries, fill, read};
    use crate::words::Language;

    #[test]
    fn what_is_stored_and_what_is_typed_are_the_same() {
        let mut data = ApplicationData::default();
        data.organization.name = "Ořechová & synové s.r.o.".into();
        data.organization.number_kind = "cz-ico".into();
        data.organization.number = "99999994".into();
        data.organization.proof = ExistenceProof::Document;
        data.person.given_name = "Žofie".into();
        data.person.document_number = "123456789".into();
        data.person.role = "jednatelka".into();
        assert_eq!(read(&fill(&data)), data);
    }

    #[test]
    fn every_country_has_a_name_in_every_language() {
        for language in Language::all() {
            let countries = countries(language);
            assert_eq!(countries.len(), COUNTRIES.split(' ').count());
            for country in countries {
                assert!(!country.text.contains('⟦'), "{}", country.text);
            }
        }
    }

    #[test]
    fn czech_words_stand_in_their_order() {
        let mut words = [
            "Čad",
            "Chile",
            "Itálie",
            "Česko",
            "Honduras",
            "Cookovy ostrovy",
            "Dánsko",
        ];
        words.sort_by_cached_key(|word| collation(word));
        assert_eq!(
            words,
            [
                "Cookovy ostrovy",
                "Čad",
                "Česko",
                "Dánsko",
                "Honduras",
                "Chile",
                "Itálie"
            ]
        );
    }
}
