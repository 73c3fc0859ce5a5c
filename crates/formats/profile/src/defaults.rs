//! The profiles that come with the product.

macro_rules! profiles {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../profiles/", $name, ".toml")))),+]
    };
}

/// Name and text of each profile that comes with the product: the files of `profiles/`.
#[must_use]
pub const fn defaults() -> &'static [(&'static str, &'static str)] {
    profiles![
        "root",
        "issuing-smime",
        "issuing-tls",
        "issuing-device",
        "ocsp-responder",
        "tls-server",
        "device",
        "smime-mailbox-multipurpose",
        "smime-organization-multipurpose",
        "smime-sponsor-multipurpose",
        "smime-individual-multipurpose",
    ]
}
