//! Certificate policies: the valid policy graph of RFC 9618, which replaces the tree of RFC 5280 section 6.1.
//!
//! The tree doubles with every certificate that maps two policies to two; the graph has one node a policy and depth.

use std::collections::{BTreeMap, BTreeSet};

use chancery_x509::extension::PolicyMappings;
use chancery_x509::{ObjectIdentifier, oid};

use crate::budget::Budget;
use crate::failure::FailureKind;

type Oid = ObjectIdentifier;

/// The nodes of one depth by their valid policy.
type Level = BTreeMap<Oid, Node>;

#[derive(Clone, Debug)]
struct Node {
    expected: BTreeSet<Oid>,
    // Valid policies of the nodes one depth up that this one hangs on; never empty below the root.
    parents: BTreeSet<Oid>,
}

impl Node {
    fn new(expected: impl IntoIterator<Item = Oid>, parents: BTreeSet<Oid>) -> Self {
        Self {
            expected: expected.into_iter().collect(),
            parents,
        }
    }
}

/// The valid policy graph.
#[derive(Debug)]
pub(crate) struct PolicyGraph {
    // From the root; empty where the graph is NULL.
    levels: Vec<Level>,
}

/// The policies for which a path is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidPolicies {
    /// Policies of the user's set (of any, where the user asked for any) that hold for the path, in the terms of the trust anchor.
    pub user: Vec<ObjectIdentifier>,
    /// Whether all policies hold, those of the user's set included: the path says anyPolicy throughout.
    pub any: bool,
}

impl PolicyGraph {
    /// One node of anyPolicy at depth 0 (RFC 9618 section 5.1).
    pub(crate) fn new() -> Self {
        let root = Node::new([oid::ANY_POLICY], BTreeSet::new());
        Self {
            levels: vec![Level::from([(oid::ANY_POLICY, root)])],
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.levels.is_empty()
    }

    fn set_null(&mut self) {
        self.levels.clear();
    }

    /// Steps (d) and (e) of section 6.1.3. `any_counts` says that anyPolicy of this certificate is not inhibited.
    pub(crate) fn add_certificate(
        &mut self,
        policies: Option<&[Oid]>,
        any_counts: bool,
        budget: &Budget,
    ) -> Result<(), FailureKind> {
        let (Some(policies), Some(above)) = (policies, self.levels.last()) else {
            self.set_null();
            return Ok(());
        };
        // Which nodes above expect a policy.
        let mut expecting: BTreeMap<Oid, BTreeSet<Oid>> = BTreeMap::new();
        for (valid, node) in above {
            budget.policy_nodes(node.expected.len())?;
            for expected in &node.expected {
                expecting.entry(*expected).or_default().insert(*valid);
            }
        }
        budget.policy_nodes(policies.len())?;
        let mut level = Level::new();
        for policy in policies.iter().filter(|policy| **policy != oid::ANY_POLICY) {
            // (d)(1)(i), and (ii) where nobody expects it.
            let parents = match expecting.get(policy) {
                Some(parents) => parents.clone(),
                None if above.contains_key(&oid::ANY_POLICY) => BTreeSet::from([oid::ANY_POLICY]),
                None => continue,
            };
            level.insert(*policy, Node::new([*policy], parents));
        }
        // (d)(2)
        if any_counts && policies.contains(&oid::ANY_POLICY) {
            for (policy, parents) in expecting {
                level
                    .entry(policy)
                    .or_insert_with(|| Node::new([policy], parents));
            }
        }
        self.levels.push(level);
        self.prune();
        Ok(())
    }

    /// Steps (a) and (b) of section 6.1.4. `mapping_counts` says that mapping is not inhibited.
    pub(crate) fn map(
        &mut self,
        mappings: &PolicyMappings,
        mapping_counts: bool,
        budget: &Budget,
    ) -> Result<(), FailureKind> {
        let is_any = |policy| policy == oid::ANY_POLICY;
        let maps_any = mappings
            .0
            .iter()
            .any(|one| is_any(one.issuer_domain_policy) || is_any(one.subject_domain_policy));
        if maps_any {
            return Err(FailureKind::AnyPolicyMapped);
        }
        budget.policy_nodes(mappings.0.len())?;
        let Some(level) = self.levels.last_mut() else {
            return Ok(());
        };
        let mut mapped: BTreeMap<Oid, BTreeSet<Oid>> = BTreeMap::new();
        for one in &mappings.0 {
            let to = mapped.entry(one.issuer_domain_policy).or_default();
            to.insert(one.subject_domain_policy);
        }
        let has_any = level.contains_key(&oid::ANY_POLICY);
        for (policy, expected) in mapped {
            if !mapping_counts {
                level.remove(&policy);
            } else if let Some(node) = level.get_mut(&policy) {
                node.expected = expected;
            } else if has_any {
                let parents = BTreeSet::from([oid::ANY_POLICY]);
                level.insert(policy, Node::new(expected, parents));
            }
        }
        self.prune();
        Ok(())
    }

    /// Removes nodes that have no child, from below; a graph whose last depth is empty is NULL.
    fn prune(&mut self) {
        let mut wanted: Option<BTreeSet<Oid>> = None;
        for level in self.levels.iter_mut().rev() {
            if let Some(wanted) = &wanted {
                level.retain(|valid, _| wanted.contains(valid));
            }
            if level.is_empty() {
                self.levels.clear();
                return;
            }
            wanted = Some(
                level
                    .values()
                    .flat_map(|node| node.parents.iter().copied())
                    .collect(),
            );
        }
    }

    /// Step (g) of section 6.1.5: the intersection with user-initial-policy-set; none where it is NULL.
    pub(crate) fn intersect(&self, user_initial: Option<&[Oid]>) -> Option<ValidPolicies> {
        let last = self.levels.last()?;
        let wanted = |policy: &Oid| {
            user_initial.is_none_or(|set| set.contains(policy) || set.contains(&oid::ANY_POLICY))
        };
        // From above: a node holds where it hangs on anyPolicy and the user wants its policy, or hangs on a node that holds.
        let mut user = BTreeSet::new();
        let mut holding: BTreeSet<Oid> = BTreeSet::new();
        for (above, level) in self.levels.iter().zip(self.levels.iter().skip(1)) {
            let mut next = BTreeSet::new();
            for (valid, node) in level.iter().filter(|(valid, _)| **valid != oid::ANY_POLICY) {
                let hangs_on_any =
                    node.parents.contains(&oid::ANY_POLICY) && above.contains_key(&oid::ANY_POLICY);
                let begins = hangs_on_any && wanted(valid);
                if begins {
                    user.insert(*valid);
                }
                if begins || node.parents.iter().any(|parent| holding.contains(parent)) {
                    next.insert(*valid);
                }
            }
            holding = next;
        }
        let any = last.contains_key(&oid::ANY_POLICY);
        if any {
            user.extend(user_initial.into_iter().flatten());
        }
        let valid = !holding.is_empty() || (any && user_initial.is_none_or(|set| !set.is_empty()));
        user.remove(&oid::ANY_POLICY);
        valid.then(|| ValidPolicies {
            user: user.into_iter().collect(),
            any,
        })
    }
}

#[cfg(test)]
mod tests {
    use chancery_x509::extension::PolicyMapping;

    use super::*;
    use crate::settings::Limits;

    fn policy(number: u32) -> Oid {
        format!("2.16.840.1.101.3.2.1.48.{number}").parse().unwrap()
    }

    fn mappings(pairs: &[(u32, u32)]) -> PolicyMappings {
        let one = |(from, to): &(u32, u32)| PolicyMapping {
            issuer_domain_policy: policy(*from),
            subject_domain_policy: policy(*to),
        };
        PolicyMappings(pairs.iter().map(one).collect())
    }

    #[test]
    fn mappings_that_double_the_tree_cost_little() {
        // RFC 9618 section 4: two policies, each mapped to both, certificate after certificate.
        let budget = Budget::new(Limits::default());
        let mut graph = PolicyGraph::new();
        for _ in 0..64 {
            graph
                .add_certificate(Some(&[policy(1), policy(2)]), true, &budget)
                .unwrap();
            let all = mappings(&[(1, 1), (1, 2), (2, 1), (2, 2)]);
            graph.map(&all, true, &budget).unwrap();
        }
        assert!(graph.levels.iter().all(|level| level.len() <= 2));
        let valid = graph.intersect(Some(&[policy(2)])).unwrap();
        assert_eq!(valid.user, [policy(2)]);
    }

    #[test]
    fn a_graph_that_costs_too_much_is_refused() {
        let limits = Limits {
            policy_nodes: 100,
            ..Limits::default()
        };
        let budget = Budget::new(limits);
        let many: Vec<_> = (0..200).map(policy).collect();
        let added = PolicyGraph::new().add_certificate(Some(&many), true, &budget);
        assert!(matches!(added, Err(FailureKind::Budget { .. })));
    }

    #[test]
    fn the_user_is_told_policies_of_the_anchors_domain() {
        let budget = Budget::new(Limits::default());
        let mut graph = PolicyGraph::new();
        graph
            .add_certificate(Some(&[policy(1)]), true, &budget)
            .unwrap();
        graph.map(&mappings(&[(1, 2)]), true, &budget).unwrap();
        graph
            .add_certificate(Some(&[policy(2)]), true, &budget)
            .unwrap();
        let valid = graph.intersect(None).unwrap();
        assert_eq!((valid.user, valid.any), (vec![policy(1)], false));
        assert_eq!(graph.intersect(Some(&[policy(2)])), None);
        let mut inhibited = PolicyGraph::new();
        inhibited
            .add_certificate(Some(&[policy(1)]), true, &budget)
            .unwrap();
        inhibited.map(&mappings(&[(1, 2)]), false, &budget).unwrap();
        assert!(inhibited.is_null());
    }

    #[test]
    fn any_policy_stands_for_what_the_user_wants() {
        let budget = Budget::new(Limits::default());
        let mut graph = PolicyGraph::new();
        for _ in 0..2 {
            graph
                .add_certificate(Some(&[oid::ANY_POLICY]), true, &budget)
                .unwrap();
        }
        let valid = graph.intersect(Some(&[policy(7)])).unwrap();
        assert_eq!((valid.user, valid.any), (vec![policy(7)], true));
        graph
            .add_certificate(Some(&[oid::ANY_POLICY]), false, &budget)
            .unwrap();
        assert!(graph.is_null());
        let mapped = graph.map(
            &PolicyMappings(vec![PolicyMapping {
                issuer_domain_policy: oid::ANY_POLICY,
                subject_domain_policy: policy(1),
            }]),
            true,
            &budget,
        );
        assert_eq!(mapped, Err(FailureKind::AnyPolicyMapped));
    }
}
