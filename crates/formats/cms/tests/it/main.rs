//! CMS both ways, with other programs as referees.
#![cfg(test)]

mod attacks;
mod certificates;
mod enveloped;
mod foreign;
mod openssl;
mod pkits;
mod signed;
mod support;
mod time_stamp;
