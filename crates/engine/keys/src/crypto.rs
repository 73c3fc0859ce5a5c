//! Digests and verification for `formats`, by aws-lc.

/// aws-lc as the formats crates see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct AwsLc;
