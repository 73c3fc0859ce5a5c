//! What registered certificates say is found on the web, got for the register: the environment's own lists, answers and authorities are
//! taken from where they are made, everything else is fetched with limits.

use chancery_ca::Ca;
use chancery_path::{Fetch, FetchKind};
use chancery_register::Fetched;

use super::Fetcher;
use crate::os;

/// Asks the environment's own authorities directly and the web for the rest.
pub struct OwnFirst {
    ca: Ca,
    status_url: String,
    web: Fetcher,
}

impl OwnFirst {
    /// `status_url` is where the environment's certificates say that its status is found.
    pub fn new(ca: Ca, status_url: &str) -> Self {
        Self {
            ca,
            status_url: status_url.to_owned(),
            web: Fetcher { private: false },
        }
    }

    /// What the environment itself publishes there; none where the address is somebody else's.
    async fn own(&self, fetch: &Fetch) -> Option<Option<Vec<u8>>> {
        let path = fetch.url.strip_prefix(&self.status_url)?;
        if !path.starts_with('/') {
            return None;
        }
        Some(match &fetch.kind {
            FetchKind::Ocsp { request } if path == "/ocsp" => {
                Some(self.ca.ocsp(request, os::now()).await.der.to_vec())
            }
            FetchKind::List => self.list(path),
            FetchKind::Certificates => self.issuer(path),
            _ => None,
        })
    }

    fn list(&self, path: &str) -> Option<Vec<u8>> {
        let (slug, file) = path.strip_prefix("/crl/")?.split_once('/')?;
        let shard = file.strip_suffix(".crl")?.parse().ok()?;
        Some(self.ca.crl(slug, shard)?.der.clone())
    }

    fn issuer(&self, path: &str) -> Option<Vec<u8>> {
        let slug = path.strip_prefix("/issuer/")?.strip_suffix(".cer")?;
        Some(self.ca.issuer_der(slug)?.to_vec())
    }
}

impl chancery_register::Fetcher for OwnFirst {
    fn fetch<'a>(&'a self, fetch: &'a Fetch) -> Fetched<'a> {
        Box::pin(async move {
            if let Some(own) = self.own(fetch).await {
                return own;
            }
            match self.web.fetch(fetch).await {
                Ok(content) => Some(content),
                Err(error) => {
                    // Somebody else's text: in quotes, so that it is one line of the log.
                    tracing::info!(
                        url = ?fetch.url,
                        error = &error as &dyn std::error::Error,
                        "a certificate's status was not fetched"
                    );
                    None
                }
            }
        })
    }
}
