//! The status service as relying parties meet it: over HTTP, and by OpenSSL over a loopback socket.
#![cfg(test)]

mod documents;
mod ocsp;
mod openssl;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Request, StatusCode},
};
use chancery_audit::Actor;
use chancery_ca::{
    Evidence, IssueRequest, Issued, MIGRATIONS, no_more,
    testing::{self, TestAuthority},
};
use chancery_profile::SubjectData;
use chancery_store::{
    Batch, Timestamp,
    testing::{TestStore, sqlite},
};
use chancery_x509::RevocationReason;
use http_body_util::BodyExt;
use tower::ServiceExt;

/// 20 November 2026, 12:00 UTC.
const NOW: Timestamp = Timestamp::from_secs(1_795_176_000);

struct World {
    authority: TestAuthority,
    router: Router,
    now: Arc<AtomicI64>,
    _store: TestStore,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

async fn world_at(now: Timestamp) -> World {
    let store = sqlite(&[chancery_audit::MIGRATIONS, MIGRATIONS]).await;
    let authority = testing::authority((*store).clone(), now).await;
    let clock = Arc::new(AtomicI64::new(now.as_micros()));
    let told = Arc::clone(&clock);
    let router = chancery_status::router(
        authority.ca.clone(),
        Arc::new(move || Timestamp::from_micros(told.load(Ordering::SeqCst))),
    );
    World {
        authority,
        router,
        now: clock,
        _store: store,
    }
}

async fn world() -> World {
    world_at(NOW).await
}

impl World {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.now.load(Ordering::SeqCst))
    }

    fn wait(&self, span: Duration) {
        let later = self.now().plus(span).as_micros();
        self.now.store(later, Ordering::SeqCst);
    }

    async fn issue(&self, email: &str) -> Issued {
        let request = IssueRequest {
            profile: "smime-mailbox-multipurpose".to_owned(),
            subject: SubjectData {
                common_name: Some(email.to_owned()),
                emails: vec![email.to_owned()],
                ..SubjectData::default()
            },
            request: testing::request().1,
            validity: Duration::from_hours(365 * 24),
            actor: Actor::System,
            evidence: Evidence::None,
            holder: None,
            order: None,
            also: no_more(),
        };
        self.authority.ca.issue(request, self.now()).await.unwrap()
    }

    async fn revoke(&self, issued: &Issued) {
        let reason = RevocationReason::KeyCompromise;
        let ca = &self.authority.ca;
        ca.revoke(issued.id, reason, &Actor::System, Batch::new(), self.now())
            .await
            .unwrap();
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        Answer {
            status: head.status,
            headers: head.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    async fn get_if(&self, path: &str, header: &str, value: &str) -> Answer {
        let request = Request::get(path).header(header, value);
        self.send(request.body(Body::empty()).unwrap()).await
    }
}
