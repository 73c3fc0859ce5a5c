//! Files written here, opened by foreign programs.
#![cfg(test)]

mod file;
mod nss;
mod openssl;
mod steps;
