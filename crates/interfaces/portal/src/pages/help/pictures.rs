//! The pictures, by the system or program whose windows they show. Labels are those of its present versions.

pub(super) mod browsers;
pub(super) mod firefox;
pub(super) mod macos;
pub(super) mod windows;

use super::drawing::Label::{self, Same};

/// Whose certificate is exported in every picture.
const JANA: Label = Same("Jana Nováková");
