//! Name constraints (RFC 5280 section 4.2.1.10).

mod base;
mod domain;
mod subject;

use chancery_x509::extension::{GeneralSubtree, NameConstraints};

use crate::budget::Budget;
use crate::failure::FailureKind;
use base::{Base, Relation};

pub(crate) use domain::{ascii_domain, is_host_name};
pub(crate) use subject::SubjectName;

/// The name constraints of one authority, ready to be compared with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Constraints {
    permitted: Vec<Base>,
    excluded: Vec<Base>,
}

impl Constraints {
    /// `strict` refuses forms that RFC 5280 does not know, such as a dNSName that begins with a dot.
    pub(crate) fn new(extension: &NameConstraints, strict: bool) -> Result<Self, FailureKind> {
        let read = |subtrees: &[GeneralSubtree]| {
            subtrees
                .iter()
                .map(|subtree| Base::new(subtree, strict))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            permitted: read(&extension.permitted)?,
            excluded: read(&extension.excluded)?,
        })
    }

    /// Steps (b) and (c) of section 6.1.3, for all names of one certificate.
    pub(crate) fn check(&self, names: &[SubjectName], budget: &Budget) -> Result<(), FailureKind> {
        let subtrees = self.permitted.len().saturating_add(self.excluded.len());
        budget.comparisons(subtrees.saturating_mul(names.len()))?;
        names.iter().try_for_each(|name| self.check_name(name))
    }

    fn check_name(&self, name: &SubjectName) -> Result<(), FailureKind> {
        for base in &self.excluded {
            match base.compare(name, true) {
                Relation::Within => {
                    return Err(FailureKind::NameExcluded {
                        form: name.form(),
                        name: name.text(),
                    });
                }
                Relation::Incomparable => return Err(not_processed(name)),
                Relation::Outside | Relation::OtherForm => {}
            }
        }
        let mut constrained = false;
        for base in &self.permitted {
            match base.compare(name, false) {
                Relation::Within => return Ok(()),
                Relation::Outside => constrained = true,
                Relation::Incomparable => return Err(not_processed(name)),
                Relation::OtherForm => {}
            }
        }
        if constrained {
            return Err(FailureKind::NameNotPermitted {
                form: name.form(),
                name: name.text(),
            });
        }
        Ok(())
    }
}

fn not_processed(name: &SubjectName) -> FailureKind {
    FailureKind::ConstraintNotProcessed { form: name.form() }
}
