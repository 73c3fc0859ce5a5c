//! What `cargo metadata` says, as far as the rings go.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt,
};

use serde::Deserialize;

/// A folder under `crates/`, from the innermost out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ring {
    Formats,
    Engine,
    Interfaces,
    Apps,
}

impl Ring {
    fn from_folder(name: &str) -> Option<Self> {
        match name {
            "formats" => Some(Self::Formats),
            "engine" => Some(Self::Engine),
            "interfaces" => Some(Self::Interfaces),
            "apps" => Some(Self::Apps),
            _ => None,
        }
    }
}

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Formats => "formats",
            Self::Engine => "engine",
            Self::Interfaces => "interfaces",
            Self::Apps => "apps",
        })
    }
}

/// Where a crate of ours lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `crates/{ring}/{folder}`.
    Ring { ring: Ring, folder: String },
    /// `xtask`.
    Xtask,
    /// Anywhere else.
    Elsewhere { path: String },
}

/// What a dependency is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// In what is shipped, or in what builds it.
    Shipped,
    /// In tests only.
    Dev,
}

/// A dependency as a manifest declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    pub name: String,
    pub kind: Kind,
    pub features: Vec<String>,
}

/// A crate of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub place: Place,
    pub declared: Vec<Declared>,
}

/// The crates of the workspace, and what any crate pulls into what is shipped.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    members: BTreeMap<String, Member>,
    /// By package id; two versions of a crate are two nodes.
    names: BTreeMap<String, String>,
    pulls: BTreeMap<String, BTreeSet<String>>,
}

/// The answer of `cargo metadata` is not what it was when this was written.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    #[error("the answer of `cargo metadata` could not be read: {0}")]
    Json(#[from] serde_json::Error),
    #[error("`cargo metadata` resolved nothing")]
    NotResolved,
}

impl Graph {
    pub fn from_metadata(json: &[u8]) -> Result<Self, MetadataError> {
        let metadata: Metadata = serde_json::from_slice(json)?;
        let resolve = metadata.resolve.ok_or(MetadataError::NotResolved)?;
        let mut graph = Self::default();
        for package in metadata.packages {
            if metadata.workspace_members.contains(&package.id) {
                let place = place(&metadata.workspace_root, &package.manifest_path);
                let declared = package.dependencies.into_iter().map(Declared::from);
                graph.add(Member {
                    name: package.name.clone(),
                    place,
                    declared: declared.collect(),
                });
            }
            graph.names.insert(package.id, package.name);
        }
        for node in resolve.nodes {
            for dependency in node.deps {
                let is_dev = |kind: &DepKind| kind.kind.as_deref() == Some("dev");
                if !dependency.dep_kinds.iter().all(is_dev) {
                    graph.pull(&node.id, &dependency.pkg);
                }
            }
        }
        Ok(graph)
    }

    pub fn add(&mut self, member: Member) {
        self.members.insert(member.name.clone(), member);
    }

    /// Says that the package `from` pulls in `to`.
    pub fn pull(&mut self, from: &str, to: &str) {
        self.pulls
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned());
    }

    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.get(name)
    }

    /// The shortest way from a crate of ours to one of the named crates, both ends included.
    pub fn way(&self, from: &Member, to: &[&str]) -> Option<Vec<String>> {
        let named = |id: &String| self.names.get(id).unwrap_or(id).clone();
        let start = self.pulls.keys().find(|id| named(id) == from.name)?;
        let mut came_from: BTreeMap<&String, &String> = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(id) = waiting.pop_front() {
            if id != start && to.contains(&named(id).as_str()) {
                let back = std::iter::successors(Some(id), |id| came_from.get(id).copied());
                let mut way: Vec<_> = back.map(named).collect();
                way.reverse();
                return Some(way);
            }
            for next in self.pulls.get(id).into_iter().flatten() {
                if next != start && !came_from.contains_key(next) {
                    came_from.insert(next, id);
                    waiting.push_back(next);
                }
            }
        }
        None
    }
}

fn place(root: &str, manifest: &str) -> Place {
    let path = manifest
        .strip_prefix(root)
        .and_then(|path| path.strip_suffix("/Cargo.toml"))
        .unwrap_or(manifest)
        .trim_matches('/');
    let parts: Vec<_> = path.split('/').collect();
    match parts.as_slice() {
        ["xtask"] => Place::Xtask,
        ["crates", name, folder] if let Some(ring) = Ring::from_folder(name) => Place::Ring {
            ring,
            folder: (*folder).to_owned(),
        },
        _ => Place::Elsewhere {
            path: path.to_owned(),
        },
    }
}

impl From<Dependency> for Declared {
    fn from(dependency: Dependency) -> Self {
        Self {
            name: dependency.name,
            kind: match dependency.kind.as_deref() {
                Some("dev") => Kind::Dev,
                _ => Kind::Shipped,
            },
            features: dependency.features,
        }
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: BTreeSet<String>,
    workspace_root: String,
    resolve: Option<Resolve>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    manifest_path: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    features: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<NodeDep>,
}

#[derive(Deserialize)]
struct NodeDep {
    pkg: String,
    dep_kinds: Vec<DepKind>,
}

#[derive(Deserialize)]
struct DepKind {
    kind: Option<String>,
}
