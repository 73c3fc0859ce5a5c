//! Files that are written here, opened by foreign programs.

pub mod gpgsm;
mod java;
mod key;
mod node;
mod nss;
mod openssl;
mod python;
