//! Files of foreign programs.

mod gnutls;
mod gpgsm;
mod java;
mod nss;
mod openssl;
mod python;
