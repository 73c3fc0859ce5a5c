//! ARCHITECTURE.md names files: a map that went stale leads people astray, so a test looks each of them up.

/// The paths in backticks of a text: with a slash in them, and either an ending or a slash at their end.
pub fn paths(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2).filter(|word| {
        let last = word.rsplit('/').next().unwrap_or_default();
        word.contains('/')
            && !word.starts_with("DIR/")
            && !word.contains(['*', ' ', '…', ':'])
            && (last.is_empty() || last.contains('.'))
            && !word.starts_with('/')
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::paths;

    #[test]
    fn words_that_are_no_paths_are_passed_over() {
        let text = "`a/b.rs` and `ca` and `GET /ocsp/…` and `c/d/` and `DIR/keys/` and `.p12`";
        assert_eq!(paths(text).collect::<Vec<_>>(), ["a/b.rs", "c/d/"]);
    }

    #[test]
    fn every_path_on_the_map_leads_somewhere() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let map = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
        let stale: Vec<&str> = paths(&map)
            .filter(|path| !root.join(path).exists() && !root.join("crates").join(path).exists())
            .collect();
        assert!(paths(&map).count() > 20, "the map names files");
        assert!(stale.is_empty(), "ARCHITECTURE.md leads nowhere: {stale:?}");
    }
}
