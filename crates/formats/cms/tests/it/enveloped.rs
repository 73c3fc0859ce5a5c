//! Encrypted messages: both ways in-house, with foreign programs, and under attack.

mod altered;
mod attributes;
mod holders;
mod openssl;
mod padding;
mod python;
mod round_trip;
