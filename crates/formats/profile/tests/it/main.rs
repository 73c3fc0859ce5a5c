//! Tests of profiles, preparation and lints through the crate's public interface.

mod files;
