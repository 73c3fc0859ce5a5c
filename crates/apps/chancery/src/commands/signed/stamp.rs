//! Time-stamps from an authority on the web (RFC 3161).

use chancery_cms::signed::TimeStampRequest;
use chancery_keys::{AwsLc, Entropy, SystemEntropy};
use chancery_x509::DigestAlgorithm;

use crate::{failure::Failure, fetch::Fetcher, os};

/// A time-stamping authority.
pub struct Authority {
    pub url: String,
    pub fetcher: Fetcher,
}

impl Authority {
    /// A token over this digest, which answers the request just sent.
    pub fn stamp(&self, digest: DigestAlgorithm, imprint: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let place = format!("no time-stamp was had from {}", self.url);
        let mut nonce = [0; 16];
        SystemEntropy
            .fill(&mut nonce)
            .map_err(|error| Failure::because(&place, &error))?;
        let request = TimeStampRequest::new(digest, imprint, &nonce);
        let answer = os::runtime()?
            .block_on(self.fetcher.time_stamp(&self.url, &request.to_der()))
            .map_err(|error| Failure::because(&place, &error))?;
        request
            .token(&answer, &AwsLc)
            .map_err(|error| Failure::because(&place, &error))
    }
}
