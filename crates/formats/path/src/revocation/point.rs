//! Distribution points (RFC 5280 section 4.2.1.13), ready to be compared with what lists are for.

use std::collections::{HashMap, HashSet};

use chancery_x509::extension::{
    DistributionPoint, GeneralName, IssuingDistributionPoint, ListScope,
};

use super::list::{Head, directory};
use super::reasons::Reasons;
use crate::certificate::PathCertificate;
use crate::name::NameKey;

/// A distribution point of the certificate, or the one that stands for none.
pub(super) struct Point {
    names: Vec<PointName>,
    reasons: Reasons,
    /// cRLIssuer; empty where absent.
    issuers: Vec<NameKey>,
}

/// One name of a distribution point, to compare.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum PointName {
    Directory(NameKey),
    /// DER.
    Other(Vec<u8>),
}

impl PointName {
    /// The names that an issuingDistributionPoint of `issuer` gives.
    pub(super) fn of_list(point: &IssuingDistributionPoint, issuer: &NameKey) -> HashSet<Self> {
        let to = std::slice::from_ref(issuer);
        Self::all(&point.full_name, point.relative.as_deref(), to).collect()
    }

    fn all<'p>(
        full: &'p [GeneralName],
        relative: Option<&'p [u8]>,
        to: &'p [NameKey],
    ) -> impl Iterator<Item = Self> {
        let relative = relative.into_iter().flat_map(|rdn| {
            to.iter()
                .filter_map(move |name| name.child(rdn).ok().map(Self::Directory))
        });
        let full = full.iter().map(|name| match directory(name) {
            Some(key) => Self::Directory(key),
            None => Self::Other(name.to_der()),
        });
        full.chain(relative)
    }
}

impl Point {
    /// All points of a certificate, in their order, and the one that stands for none.
    pub(super) fn all(certificate: &PathCertificate) -> Vec<Self> {
        let points = certificate.extensions().distribution_points.0.iter();
        let points = points.map(|point| Self::new(point, certificate));
        points.chain([Self::implicit(certificate)]).collect()
    }

    fn new(point: &DistributionPoint, certificate: &PathCertificate) -> Self {
        let issuers: Vec<_> = point.crl_issuer.iter().filter_map(directory).collect();
        let own = std::slice::from_ref(certificate.issuer());
        let to = if issuers.is_empty() { own } else { &issuers };
        Self {
            names: PointName::all(&point.full_name, point.relative.as_deref(), to).collect(),
            reasons: Reasons::new(point.reasons.as_deref()),
            issuers,
        }
    }

    /// "Assume a DP with both the reasons and the cRLIssuer fields omitted and a distribution point name of the certificate issuer."
    fn implicit(certificate: &PathCertificate) -> Self {
        Self {
            names: vec![PointName::Directory(certificate.issuer().clone())],
            reasons: Reasons::ALL,
            issuers: Vec::new(),
        }
    }

    /// How many names it has to compare.
    pub(super) fn weight(&self) -> usize {
        let names = self.names.len().saturating_add(self.issuers.len());
        names.saturating_add(1)
    }

    /// The points by who issues their lists, in the order in which the issuers first occur.
    pub(super) fn by_issuer<'p>(
        points: &'p [Self],
        certificate: &'p PathCertificate,
    ) -> Vec<(&'p NameKey, Vec<&'p Self>)> {
        let mut grouped: Vec<(&NameKey, Vec<&Self>)> = Vec::new();
        let mut places: HashMap<&NameKey, usize> = HashMap::new();
        for point in points {
            let by = if point.issuers.is_empty() {
                std::slice::from_ref(certificate.issuer())
            } else {
                &point.issuers
            };
            for issuer in by {
                let place = *places.entry(issuer).or_insert(grouped.len());
                match grouped.get_mut(place) {
                    Some((_, points)) => points.push(point),
                    None => grouped.push((issuer, vec![point])),
                }
            }
        }
        grouped
    }

    /// Steps (b), (d) and (e): the reasons that a list covers for any of these points, which are served by its issuer; none where the
    /// list is for other certificates.
    pub(super) fn covered(
        points: &[&Self],
        certificate: &PathCertificate,
        head: &Head,
    ) -> Option<Reasons> {
        let issuing = head.point.as_ref();
        let scope_fits = issuing.is_none_or(|issuing| match issuing.scope {
            ListScope::All => true,
            ListScope::UserCertificates => !certificate.is_ca(),
            ListScope::CaCertificates => certificate.is_ca(),
            ListScope::AttributeCertificates => false,
        });
        if !scope_fits {
            return None;
        }
        let indirect = issuing.is_some_and(|issuing| issuing.indirect);
        let some = issuing.and_then(|issuing| issuing.only_some_reasons.as_deref());
        let some = Reasons::new(some);
        points
            .iter()
            .filter(|point| (point.issuers.is_empty() || indirect) && point.fits(head))
            .map(|point| point.reasons.and(some))
            .reduce(Reasons::or)
    }

    /// Step (b)(2)(i).
    fn fits(&self, head: &Head) -> bool {
        if head.point_names.is_empty() {
            return true;
        }
        if self.names.is_empty() {
            // A point without a name has cRLIssuer.
            return self.issuers.iter().any(|name| {
                let name = PointName::Directory(name.clone());
                head.point_names.contains(&name)
            });
        }
        self.names
            .iter()
            .any(|name| head.point_names.contains(name))
    }
}
