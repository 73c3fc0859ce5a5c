//! Counting the work of one validation.

use std::cell::Cell;

use crate::failure::FailureKind;
use crate::settings::Limits;

/// What is left of the work allowed.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    signatures: Cell<u32>,
    steps: Cell<u32>,
    paths: Cell<u32>,
    comparisons: Cell<u32>,
    nodes: Cell<u32>,
    lists: Cell<u32>,
    octets: Cell<u32>,
}

impl Budget {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            signatures: Cell::new(limits.signatures),
            steps: Cell::new(limits.steps),
            paths: Cell::new(limits.paths),
            comparisons: Cell::new(limits.name_comparisons),
            nodes: Cell::new(limits.policy_nodes),
            lists: Cell::new(limits.list_comparisons),
            octets: Cell::new(limits.signed_octets),
        }
    }

    /// One signature over about so many octets.
    pub(crate) fn signature(&self, octets: usize) -> Result<(), FailureKind> {
        spend(
            &self.octets,
            octets,
            self.limits.signed_octets,
            "octets under signatures verified",
        )?;
        spend(
            &self.signatures,
            1,
            self.limits.signatures,
            "signatures verified",
        )
    }

    pub(crate) fn steps(&self, count: usize) -> Result<(), FailureKind> {
        spend(&self.steps, count, self.limits.steps, "issuers tried")
    }

    pub(crate) fn path(&self) -> Result<(), FailureKind> {
        spend(&self.paths, 1, self.limits.paths, "paths checked")
    }

    pub(crate) fn comparisons(&self, count: usize) -> Result<(), FailureKind> {
        let limit = self.limits.name_comparisons;
        spend(
            &self.comparisons,
            count,
            limit,
            "names compared with constraints",
        )
    }

    pub(crate) fn lists(&self, count: usize) -> Result<(), FailureKind> {
        let limit = self.limits.list_comparisons;
        spend(
            &self.lists,
            count,
            limit,
            "revocation lists and distribution points compared",
        )
    }

    pub(crate) fn policy_nodes(&self, count: usize) -> Result<(), FailureKind> {
        let limit = self.limits.policy_nodes;
        spend(&self.nodes, count, limit, "nodes of the policy graph")
    }
}

fn spend(
    left: &Cell<u32>,
    count: usize,
    limit: u32,
    what: &'static str,
) -> Result<(), FailureKind> {
    let rest = u32::try_from(count)
        .ok()
        .and_then(|count| left.get().checked_sub(count));
    // Whoever asks after one that was refused is refused too.
    left.set(rest.unwrap_or(0));
    rest.map(drop).ok_or(FailureKind::Budget { what, limit })
}
