//! Certificates made to cause work.

use chancery_path::{Finding, Limits};
use chancery_x509::extension;

use crate::support::{Spec, World, cross};

#[test]
fn a_mesh_made_to_cause_work_is_given_up() {
    // Twelve authorities, each certified by all others; none by the root.
    let root = Spec::authority("Root").by_itself();
    let nodes: Vec<_> = (0..12)
        .map(|n| Spec::authority(&format!("N{n}")).by_itself())
        .collect();
    let mut mesh = Vec::new();
    for (n, node) in nodes.iter().enumerate() {
        for other in nodes.iter().filter(|other| other.name != node.name) {
            mesh.push(cross(node, &Spec::authority(&format!("N{n}")), other));
        }
    }
    let all: Vec<_> = mesh.iter().collect();
    let world = World::new(&root, &all);
    let leaf = Spec::leaf("x").by(&nodes[0]);
    let begun = std::time::Instant::now();
    assert_eq!(
        world.validate(&leaf).unwrap_err().finding(),
        Finding::Budget
    );
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    // The same mesh with a way out is no hindrance.
    let way = cross(&nodes[0], &Spec::authority("N0"), &root);
    let mut all = all;
    all.push(&way);
    assert_eq!(World::new(&root, &all).reason(&leaf), None);
}

#[test]
fn dead_ends_with_much_to_say_are_given_up() {
    // Layers of two certificates of one name and key, and on top those whose issuers nobody knows, each with its own addresses.
    let root = Spec::authority("Root").by_itself();
    let unknown = Spec::authority("Unknown").by_itself();
    let addresses = |n: u32| {
        let urls: Vec<_> = (0..1500)
            .map(|m| format!("http://a.test/{n}/{m}"))
            .collect();
        extension::authority_info_access(&[], &urls)
    };
    let first = Spec::authority("L0").with(addresses(0)).by(&unknown);
    let mut all: Vec<_> = (1..4)
        .map(|n| cross(&first, &Spec::authority("L0").with(addresses(n)), &unknown))
        .collect();
    all.push(first);
    for layer in 1..9 {
        let below = &all[all.len() - 1];
        let spec = Spec::authority(&format!("L{layer}"));
        let one = spec.by(below);
        let two = cross(&one, &spec, below);
        all.extend([two, one]);
    }
    let world = World::new(&root, &all.iter().collect::<Vec<_>>());
    let leaf = Spec::leaf("x").by(&all[all.len() - 1]);
    let begun = std::time::Instant::now();
    let invalid = world.validate(&leaf).unwrap_err();
    assert_eq!(invalid.finding(), Finding::Untrusted);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn those_passed_over_cost_as_well() {
    // All of one name and key: each is passed over below any other.
    let root = Spec::authority("Root").by_itself();
    let first = Spec::authority("CA").by_itself();
    let mut same: Vec<_> = (1..31)
        .map(|n| cross(&first, &Spec::authority("CA").serial(&[n]), &first))
        .collect();
    let leaf = Spec::leaf("x").by(&first);
    same.push(first);
    let mut world = World::new(&root, &same.iter().collect::<Vec<_>>());
    assert_eq!(
        world.validate(&leaf).unwrap_err().finding(),
        Finding::Untrusted
    );
    // 31 below the leaf, and 31 below each of them.
    world.settings.limits.steps = 31 * 32 - 1;
    assert_eq!(
        world.validate(&leaf).unwrap_err().finding(),
        Finding::Budget
    );
}

#[test]
fn signatures_have_a_budget() {
    let root = Spec::authority("Root").by_itself();
    let same: Vec<_> = (0..30).map(|_| Spec::authority("CA").by(&root)).collect();
    let all: Vec<_> = same.iter().collect();
    let mut world = World::new(&root, &all);
    world.settings.limits = Limits {
        signatures: 20,
        ..Limits::default()
    };
    let stranger = Spec::authority("CA").by_itself();
    let mut leaf = Spec::leaf("x");
    leaf.no_authority_key = true;
    let invalid = world.validate(&leaf.by(&stranger)).unwrap_err();
    assert_eq!(invalid.finding(), Finding::Budget);
    assert!(
        invalid.to_string().contains("more than 20 signatures"),
        "{invalid}"
    );
}
