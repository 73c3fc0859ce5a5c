//! The rules on made-up graphs.

use super::{
    graph::{Declared, Graph, Kind, Member, Place, Ring},
    rules::{Violation, check},
};

fn needs(name: &str) -> Declared {
    Declared {
        name: name.to_owned(),
        kind: Kind::Shipped,
        features: Vec::new(),
    }
}

fn tests_need(name: &str) -> Declared {
    Declared {
        kind: Kind::Dev,
        features: vec!["testing".to_owned()],
        ..needs(name)
    }
}

fn member(ring: Ring, folder: &str, declared: Vec<Declared>) -> Member {
    Member {
        name: format!("chancery-{folder}"),
        place: Place::Ring {
            ring,
            folder: folder.to_owned(),
        },
        declared,
    }
}

/// A workspace as it should be; a member of the same name replaces one of these.
fn graph(changed: Vec<Member>) -> Graph {
    let mut graph = Graph::default();
    let x509 = needs("chancery-x509");
    for member in [
        member(
            Ring::Formats,
            "x509",
            vec![needs("der"), tests_need("chancery-keys")],
        ),
        member(Ring::Formats, "profile", vec![x509.clone()]),
        member(
            Ring::Engine,
            "store",
            vec![needs("tokio"), tests_need("chancery-store")],
        ),
        member(
            Ring::Engine,
            "keys",
            vec![needs("chancery-store"), x509.clone()],
        ),
        member(Ring::Engine, "ca", vec![needs("chancery-keys"), x509]),
        member(
            Ring::Interfaces,
            "portal",
            vec![needs("chancery-ca"), needs("axum")],
        ),
        member(Ring::Interfaces, "status", vec![needs("chancery-ca")]),
        member(
            Ring::Apps,
            "server",
            vec![needs("chancery-portal"), needs("chancery-store")],
        ),
        Member {
            name: "xtask".to_owned(),
            place: Place::Xtask,
            declared: vec![needs("serde")],
        },
    ] {
        graph.add(member);
    }
    for member in changed {
        graph.add(member);
    }
    graph
}

fn only(changed: Member) -> Violation {
    let mut found = check(&graph(vec![changed]));
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_workspace_as_it_should_be_breaks_no_rule() {
    assert_eq!(check(&graph(vec![])), []);
}

#[test]
fn nothing_depends_on_a_ring_further_out() {
    let cases = [
        (Ring::Formats, "x509", "chancery-store", Ring::Engine),
        (Ring::Engine, "ca", "chancery-portal", Ring::Interfaces),
        (Ring::Engine, "ca", "chancery-server", Ring::Apps),
        (Ring::Interfaces, "status", "chancery-server", Ring::Apps),
    ];
    for (ring, folder, to, outer) in cases {
        let found = only(member(ring, folder, vec![needs(to)]));
        let expected = Violation::Outward {
            from: format!("chancery-{folder}"),
            ring,
            to: to.to_owned(),
            outer,
        };
        assert_eq!(found, expected);
    }
}

#[test]
fn engine_has_listed_edges_only() {
    let found = only(member(Ring::Engine, "store", vec![needs("chancery-keys")]));
    assert_eq!(
        found.to_string(),
        "chancery-store depends on chancery-keys: this edge inside engine is not listed"
    );
    let found = only(member(
        Ring::Engine,
        "surprise",
        vec![needs("chancery-store")],
    ));
    assert_eq!(
        found.to_string(),
        "chancery-surprise lies in engine, and its edges are not listed"
    );
}

#[test]
fn interfaces_do_not_depend_on_each_other() {
    let found = only(member(
        Ring::Interfaces,
        "status",
        vec![needs("chancery-portal")],
    ));
    assert_eq!(
        found.to_string(),
        "chancery-status and chancery-portal both lie in interfaces, where crates do not depend on each other"
    );
}

#[test]
fn tests_go_no_further_out_than_engine_but_apps_test_all() {
    let declared = vec![tests_need("chancery-portal")];
    let found = only(member(Ring::Engine, "ca", declared.clone()));
    assert!(matches!(found, Violation::TestOutward { .. }), "{found}");
    let found = only(member(Ring::Interfaces, "status", declared.clone()));
    assert!(matches!(found, Violation::TestOutward { .. }), "{found}");
    assert_eq!(
        check(&graph(vec![member(Ring::Apps, "server", declared)])),
        []
    );
}

#[test]
fn stand_ins_for_tests_are_not_shipped() {
    let mut declared = needs("chancery-keys");
    declared.features.push("testing".to_owned());
    let found = only(member(Ring::Engine, "ca", vec![declared]));
    assert_eq!(
        found.to_string(),
        "chancery-ca ships with the feature `testing` of chancery-keys"
    );
}

#[test]
fn the_stand_in_of_wasm_tests_may_name_what_it_needs_and_is_for_tests() {
    let stand_in = member(Ring::Formats, "wasm-tests", vec![needs("getrandom")]);
    assert_eq!(check(&graph(vec![stand_in.clone()])), []);
    let mut graph = graph(vec![stand_in]);
    graph.add(member(
        Ring::Formats,
        "x509",
        vec![tests_need("chancery-wasm-tests")],
    ));
    assert_eq!(check(&graph), []);
    graph.add(member(
        Ring::Formats,
        "x509",
        vec![needs("chancery-wasm-tests")],
    ));
    let found: Vec<_> = check(&graph).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["chancery-x509 ships chancery-wasm-tests, which is for tests"]
    );
}

#[test]
fn formats_pull_in_nothing_native_at_any_depth() {
    let mut graph = graph(vec![]);
    for (from, to) in [
        ("chancery-x509", "der"),
        ("der", "tokio-util"),
        ("tokio-util", "tokio"),
        // Ways that are longer, or in a circle.
        ("chancery-x509", "long"),
        ("long", "der"),
        ("der", "long"),
        ("chancery-store", "tokio"),
    ] {
        graph.pull(from, to);
    }
    let found: Vec<_> = check(&graph).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "chancery-x509 pulls in what has no place in a browser: chancery-x509 -> der -> tokio-util -> tokio"
        ]
    );
}

#[test]
fn formats_name_no_clock_and_engine_no_web() {
    let found = only(member(Ring::Formats, "x509", vec![needs("getrandom")]));
    assert!(
        matches!(
            found,
            Violation::Named {
                ring: Ring::Formats,
                ..
            }
        ),
        "{found}"
    );
    let found = only(member(Ring::Engine, "ca", vec![needs("axum")]));
    assert_eq!(
        found.to_string(),
        "chancery-ca (engine) names axum, which has no place in that ring"
    );
}

#[test]
fn the_browsers_module_is_held_to_what_formats_are() {
    let found = only(member(Ring::Apps, "browser", vec![needs("getrandom")]));
    assert!(matches!(found, Violation::Named { .. }), "{found}");
    let server = member(Ring::Apps, "server", vec![needs("getrandom")]);
    assert_eq!(check(&graph(vec![server])), []);
}

#[test]
fn a_crate_lies_in_a_ring_under_its_name() {
    let found = only(Member {
        name: "chancery-lost".to_owned(),
        place: Place::Elsewhere {
            path: "crates/lost".to_owned(),
        },
        declared: vec![],
    });
    assert_eq!(
        found.to_string(),
        "chancery-lost lies in crates/lost, which is no ring"
    );
    let found = only(Member {
        name: "other".to_owned(),
        ..member(Ring::Formats, "thing", vec![])
    });
    assert!(matches!(found, Violation::Misnamed { .. }), "{found}");
}

#[test]
fn chores_stay_outside() {
    let found = only(member(Ring::Apps, "server", vec![needs("xtask")]));
    assert!(matches!(found, Violation::OnXtask { .. }), "{found}");
    let found = only(Member {
        name: "xtask".to_owned(),
        place: Place::Xtask,
        declared: vec![needs("chancery-x509")],
    });
    assert!(matches!(found, Violation::OnXtask { .. }), "{found}");
}

#[test]
fn metadata_is_read_as_cargo_writes_it() {
    let json = br#"{
        "workspace_root": "/w",
        "workspace_members": ["a 1"],
        "packages": [
            {"id": "a 1", "name": "chancery-x509", "manifest_path": "/w/crates/formats/x509/Cargo.toml", "dependencies": [
                {"name": "der", "kind": null, "features": ["oid"], "req": "^1"},
                {"name": "tokio", "kind": "dev", "features": []}
            ]},
            {"id": "d 1", "name": "der", "manifest_path": "/r/der/Cargo.toml", "dependencies": []},
            {"id": "t 1", "name": "tokio", "manifest_path": "/r/tokio/Cargo.toml", "dependencies": []}
        ],
        "resolve": {"nodes": [
            {"id": "a 1", "deps": [
                {"pkg": "d 1", "dep_kinds": [{"kind": null, "target": null}, {"kind": "dev", "target": null}]},
                {"pkg": "t 1", "dep_kinds": [{"kind": "dev", "target": null}]}
            ]},
            {"id": "d 1", "deps": []}
        ]}
    }"#;
    let graph = Graph::from_metadata(json).unwrap();
    let x509 = graph.member("chancery-x509").unwrap();
    assert_eq!(
        x509.place,
        Place::Ring {
            ring: Ring::Formats,
            folder: "x509".to_owned()
        }
    );
    let kinds: Vec<_> = x509
        .declared
        .iter()
        .map(|to| (to.name.as_str(), to.kind))
        .collect();
    assert_eq!(kinds, [("der", Kind::Shipped), ("tokio", Kind::Dev)]);
    assert_eq!(graph.way(x509, &["tokio"]), None, "tests ship nothing");
    let way = graph.way(x509, &["der"]).unwrap();
    assert_eq!(way, ["chancery-x509", "der"]);
    assert_eq!(check(&graph), []);
}
