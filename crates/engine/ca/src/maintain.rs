//! What must happen though nobody asks: lists and responders in time, revocations of other servers.

use chancery_store::{ReadError, RowError, Timestamp, args};

use crate::{Ca, CrlError, ResponderError, record};

/// What was renewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maintained {
    /// Slugs of the authorities whose list was signed anew.
    pub lists: Vec<String>,
    /// Slugs of the authorities that have a new OCSP responder.
    pub responders: Vec<String>,
}

/// Something could not be renewed. The other authorities were seen to all the same.
#[derive(Debug, thiserror::Error)]
pub enum MaintainError {
    /// A list.
    #[error("the revocation list of the authority {authority} was not renewed")]
    List {
        /// Slug of the authority.
        authority: String,
        /// Why.
        #[source]
        source: CrlError,
    },
    /// A responder.
    #[error("the OCSP responder of the authority {authority} was not renewed")]
    Responder {
        /// Slug of the authority.
        authority: String,
        /// Why.
        #[source]
        source: ResponderError,
    },
    /// The revocations of other servers.
    #[error("revocations of other servers could not be read")]
    Read(#[from] ReadError),
}

impl Ca {
    /// Renews what is due and takes over what other servers on the same database did. Call it every few
    /// seconds: when nothing is due it costs two small reads an authority.
    pub async fn maintain(&self, now: Timestamp) -> Result<Maintained, MaintainError> {
        let _alone = self.maintaining().await;
        let mut done = Maintained::default();
        let mut first_error = None;
        self.follow_revocations(now).await?;
        for authority in self.authorities_inner() {
            match self.refresh_list(authority, now).await {
                Ok(true) => done.lists.push(authority.slug.clone()),
                Ok(false) => {}
                Err(source) => {
                    first_error.get_or_insert(MaintainError::List {
                        authority: authority.slug.clone(),
                        source,
                    });
                }
            }
            match self.refresh_responder(authority, now).await {
                Ok(true) => done.responders.push(authority.slug.clone()),
                Ok(false) => {}
                Err(source) => {
                    first_error.get_or_insert(MaintainError::Responder {
                        authority: authority.slug.clone(),
                        source,
                    });
                }
            }
        }
        first_error.map_or(Ok(done), Err)
    }

    /// Forgets OCSP answers about certificates that other servers revoked since the last look.
    async fn follow_revocations(&self, now: Timestamp) -> Result<(), ReadError> {
        let since = self.follow_from(now);
        let rows = self
            .context()
            .store
            .rows(
                "select serial from revocation where revoked_at >= $1 order by revoked_at, serial",
                args![since],
            )
            .await?;
        let serials: Result<Vec<_>, RowError> =
            rows.iter().map(|row| record::serial(row, 0)).collect();
        for serial in serials? {
            self.ocsp_cache().forget(serial);
        }
        self.followed_to(now);
        Ok(())
    }
}
