//! Files that are written here, opened by foreign programs.

pub mod gpgsm;
mod java;
mod node;
mod nss;
mod openssl;
mod python;
