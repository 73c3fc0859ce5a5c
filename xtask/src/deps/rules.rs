//! The rules of the rings.

use super::graph::{Declared, Graph, Kind, Member, Place, Ring};

/// The edges inside `engine`, by folder. Whoever adds one says in `ARCHITECTURE.md` why.
const ENGINE: &[(&str, &[&str])] = &[
    ("store", &[]),
    // For the type of row identifiers only.
    ("keys", &["store"]),
    ("audit", &["store", "keys"]),
    ("ca", &["store", "keys", "audit"]),
    ("register", &["store", "keys", "audit"]),
    ("ra", &["store", "keys", "audit", "ca", "register"]),
];

/// What `formats` and the browser's module must not pull in, at any depth: they run in a browser, without I/O and native code.
pub const NOT_IN_FORMATS: &[&str] = &[
    "aws-lc-rs",
    "aws-lc-sys",
    "hyper",
    "libsqlite3-sys",
    "mio",
    "openssl-sys",
    "reqwest",
    "ring",
    "tokio",
];

/// What `formats` must not name itself: clocks and randomness come as values.
const NOT_NAMED_IN_FORMATS: &[&str] = &["chrono", "getrandom", "jiff", "rand", "time", "web-time"];

/// What `engine` must not name itself: use cases know no HTTP and no HTML.
const NOT_NAMED_IN_ENGINE: &[&str] = &[
    "askama",
    "axum",
    "axum-extra",
    "axum-server",
    "hyper",
    "hyper-util",
    "rust-embed",
    "tower-http",
];

/// The feature behind which crates keep stand-ins for tests, such as predictable randomness.
const TESTING: &str = "testing";

/// What stands in for `keys` where formats are tested in wasm. It names what formats must not, and nothing ships it.
pub const WASM_TESTS: &str = "chancery-wasm-tests";

/// The browser's module: an application, held to what `formats` are.
pub const BROWSER: &str = "chancery-browser";

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    #[error("{from} ({ring}) depends on {to} ({outer}), which lies further out")]
    Outward {
        from: String,
        ring: Ring,
        to: String,
        outer: Ring,
    },
    #[error("{from} and {to} both lie in {ring}, where crates do not depend on each other")]
    Beside {
        from: String,
        to: String,
        ring: Ring,
    },
    #[error("{from} depends on {to}: this edge inside engine is not listed")]
    NotListed { from: String, to: String },
    #[error("{name} lies in engine, and its edges are not listed")]
    UnknownInEngine { name: String },
    #[error("{from}'s tests depend on {to} ({outer}): tests go no further out than engine")]
    TestOutward {
        from: String,
        to: String,
        outer: Ring,
    },
    #[error("{from} depends on {to}, which is for chores only")]
    OnXtask { from: String, to: String },
    #[error("{from} pulls in what has no place in a browser: {}", way.join(" -> "))]
    Pulled { from: String, way: Vec<String> },
    #[error("{from} ({ring}) names {to}, which has no place in that ring")]
    Named {
        from: String,
        ring: Ring,
        to: String,
    },
    #[error("{from} ships with the feature `{TESTING}` of {to}")]
    ShipsTesting { from: String, to: String },
    #[error("{from} ships {WASM_TESTS}, which is for tests")]
    ShipsStandIn { from: String },
    #[error("{name} lies in {path}, which is no ring")]
    NoRing { name: String, path: String },
    #[error("{name} lies in a folder {folder}: it is called chancery-{folder} or moves")]
    Misnamed { name: String, folder: String },
}

/// All rules that the graph breaks, crate by crate.
pub fn check(graph: &Graph) -> Vec<Violation> {
    let mut found = Vec::new();
    for member in graph.members() {
        let name = || member.name.clone();
        match &member.place {
            Place::Elsewhere { path } => found.push(Violation::NoRing {
                name: name(),
                path: path.clone(),
            }),
            Place::Xtask => {
                let ours = |to: &&Declared| graph.member(&to.name).is_some();
                let edges = member.declared.iter().filter(ours);
                found.extend(edges.map(|to| Violation::OnXtask {
                    from: to.name.clone(),
                    to: name(),
                }));
            }
            Place::Ring { ring, folder } => {
                found.extend(placement(member, *ring, folder));
                for declared in &member.declared {
                    found.extend(edge(graph, member, *ring, folder, declared));
                }
                let is_browsers = *ring == Ring::Formats || member.name == BROWSER;
                if is_browsers
                    && member.name != WASM_TESTS
                    && let Some(way) = graph.way(member, NOT_IN_FORMATS)
                {
                    found.push(Violation::Pulled { from: name(), way });
                }
            }
        }
    }
    found
}

fn placement(member: &Member, ring: Ring, folder: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    let bare = member.name.strip_prefix("chancery-");
    // What people run is called as they call it.
    if ring != Ring::Apps && bare != Some(folder) {
        found.push(Violation::Misnamed {
            name: member.name.clone(),
            folder: folder.to_owned(),
        });
    }
    if ring == Ring::Engine && listed(folder).is_none() {
        found.push(Violation::UnknownInEngine {
            name: member.name.clone(),
        });
    }
    found
}

fn listed(folder: &str) -> Option<&'static [&'static str]> {
    let entry = ENGINE.iter().find(|(name, _)| *name == folder);
    entry.map(|(_, edges)| *edges)
}

fn edge(
    graph: &Graph,
    member: &Member,
    ring: Ring,
    folder: &str,
    declared: &Declared,
) -> Option<Violation> {
    let (from, to) = (member.name.clone(), declared.name.clone());
    let Some(target) = graph.member(&declared.name) else {
        return foreign(ring, from, declared);
    };
    if target.name == WASM_TESTS && declared.kind == Kind::Shipped {
        return Some(Violation::ShipsStandIn { from });
    }
    // A crate's tests may turn on its own features.
    if target.name == member.name {
        return None;
    }
    let (outer, target_folder) = match &target.place {
        Place::Ring { ring, folder } => (*ring, folder.as_str()),
        Place::Xtask => return Some(Violation::OnXtask { from, to }),
        // Told where that crate is looked at.
        Place::Elsewhere { .. } => return None,
    };
    if declared.kind == Kind::Dev {
        let allowed = outer <= Ring::Engine || outer < ring;
        return (!allowed).then_some(Violation::TestOutward { from, to, outer });
    }
    if declared.features.iter().any(|feature| feature == TESTING) {
        return Some(Violation::ShipsTesting { from, to });
    }
    match ring.cmp(&outer) {
        std::cmp::Ordering::Greater => None,
        std::cmp::Ordering::Less => Some(Violation::Outward {
            from,
            ring,
            to,
            outer,
        }),
        std::cmp::Ordering::Equal => match ring {
            Ring::Formats => None,
            Ring::Interfaces | Ring::Apps => Some(Violation::Beside { from, to, ring }),
            Ring::Engine => {
                let is_listed = listed(folder)?.contains(&target_folder);
                (!is_listed).then_some(Violation::NotListed { from, to })
            }
        },
    }
}

fn foreign(ring: Ring, from: String, declared: &Declared) -> Option<Violation> {
    let banned = match ring {
        Ring::Formats if from == WASM_TESTS => return None,
        Ring::Formats => NOT_NAMED_IN_FORMATS,
        Ring::Engine => NOT_NAMED_IN_ENGINE,
        Ring::Apps if from == BROWSER => NOT_NAMED_IN_FORMATS,
        Ring::Interfaces | Ring::Apps => return None,
    };
    let is_banned = declared.kind == Kind::Shipped && banned.contains(&declared.name.as_str());
    is_banned.then(|| Violation::Named {
        from,
        ring,
        to: declared.name.clone(),
    })
}
