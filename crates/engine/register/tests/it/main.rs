//! The register on every store.
