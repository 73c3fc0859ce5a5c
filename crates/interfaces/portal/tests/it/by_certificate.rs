//! Log-in by certificate and fresh signatures, through the routes: what the register refuses, they refuse.

mod confirm;
mod handshake;

use axum::http::{HeaderValue, StatusCode};
use base64::{Engine, engine::general_purpose::STANDARD};
use chancery_keys::{AwsLc, SecretKey, SoftwareKey};
use chancery_register::{AuthLevel, EnrolCertificate, PersonId, Principal, Role};
use chancery_x509::{Certificate, Crypto, DigestAlgorithm, SignatureAlgorithm, asn1};
use zeroize::Zeroizing;

use crate::{
    matrix::as_somebody,
    orders::issued_for,
    site::{Answer, Browser, HOST, PASSWORD, Site, between},
};

const ADDRESS: &str = "jana@example.com";
const CHALLENGE: &str = "/login/certificate/challenge";
const LOG_IN: &str = "/login/certificate";

/// Somebody with a certificate of the site's own authority.
pub struct Holder {
    pub person: PersonId,
    pub certificate: Certificate,
    pub key: SoftwareKey,
    /// The address of its page.
    pub page: String,
}

impl Holder {
    /// Issued and registered, in a session of two factors.
    pub async fn registered(site: &Site, roles: &[Role]) -> Self {
        let holder = Self::unregistered(site, roles).await;
        let click = as_somebody(site, holder.person).await;
        holder.register(site, &principal(site, &click).await).await;
        holder
    }

    pub async fn unregistered(site: &Site, roles: &[Role]) -> Self {
        let person = site.person(ADDRESS, roles).await;
        let mut browser = as_somebody(site, person).await;
        let (key, request) = chancery_ca::testing::request();
        let page = issued_for(site, &mut browser, ADDRESS, &request.to_pem()).await;
        let pem = browser.get(&format!("{page}/certificate.pem")).await.body;
        Self {
            person,
            certificate: Certificate::from_pem(&pem).unwrap(),
            key,
            page,
        }
    }

    async fn register(&self, site: &Site, principal: &Principal) {
        let enrol = EnrolCertificate {
            holder: principal.person,
            participant: None,
            proof: None,
            file: Zeroizing::new(self.certificate.as_der().to_vec()),
            uses: None,
        };
        let now = site.portal.now();
        let enrolled = site.portal.certificates.enrol(principal, &enrol, now);
        enrolled.await.unwrap();
    }

    fn token(&self, origin: &str, nonce: &str) -> String {
        let digest = |text: &str| AwsLc.digest(DigestAlgorithm::Sha256, text.as_bytes());
        let message = [digest(origin), digest(nonce)].concat();
        let algorithm = SignatureAlgorithm::EcdsaSha256;
        let signed = self.key.sign_with(algorithm, &message).unwrap();
        let mut both = asn1::Reader::sequence(&signed, "signature").unwrap();
        let mut raw = Vec::new();
        for _ in 0..2 {
            let number = both.integer("number").unwrap();
            let number = number.strip_prefix(&[0]).unwrap_or(number);
            raw.resize(raw.len() + 32 - number.len(), 0);
            raw.extend_from_slice(number);
        }
        format!(
            r#"{{"unverifiedCertificate":"{}","algorithm":"ES256","signature":"{}","format":"web-eid:1.0","appVersion":"x"}}"#,
            STANDARD.encode(self.certificate.as_der()),
            STANDARD.encode(raw)
        )
    }

    /// The whole way at the log-in page.
    async fn log_in(&self, browser: &mut Browser<'_>) -> Answer {
        let nonce = nonce(browser).await;
        let token = self.token(&origin(), &nonce);
        browser
            .post(LOG_IN, &[("token", &token), ("nonce", &nonce)])
            .await
    }
}

fn origin() -> String {
    format!("https://{HOST}")
}

async fn principal(site: &Site, browser: &Browser<'_>) -> Principal {
    let token = browser.session().expect("somebody is logged in");
    let found = site.portal.register.session(token, site.portal.now());
    found.await.unwrap().expect("the session goes on")
}

/// Opens the log-in page and asks for a challenge, without losing the page.
async fn nonce(browser: &mut Browser<'_>) -> String {
    browser.get("/login").await;
    challenge(browser, CHALLENGE, &[]).await
}

async fn challenge(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> String {
    let page = browser.page.clone();
    let answer = browser.post(path, fields).await;
    browser.page = page;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    let nonce = between(&answer.body, r#""nonce":""#, r#""}"#).to_owned();
    assert_eq!(nonce.len(), 44);
    nonce
}

fn refused(answer: &Answer, title: &str) {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.body
    );
    assert!(answer.body.contains(title), "{}", answer.body);
    assert!(answer.header("set-cookie").is_empty());
}

const NO_PROOF: &str = "The proof was not accepted";

#[tokio::test]
async fn a_certificate_logs_in_and_leads_to_where_one_wanted() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let page = browser.get("/login?next=/orders").await;
    assert!(page.body.contains(r#"data-island="log-in""#));
    assert!(
        page.body
            .contains(&format!(r#"data-origin="{}""#, origin()))
    );
    // The password stays below.
    assert!(page.body.contains(r#"name="secret""#));
    let nonce = challenge(&mut browser, CHALLENGE, &[]).await;
    let token = holder.token(&origin(), &nonce);
    let fields = [
        ("token", token.as_str()),
        ("nonce", &nonce),
        ("next", "/orders"),
    ];
    let fixed = "0".repeat(64);
    let answer = browser.post(LOG_IN, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.location(), "/orders");
    assert_ne!(browser.session(), Some(fixed.as_str()));
    let session = principal(&site, &browser).await;
    assert_eq!(
        (session.person, session.level),
        (holder.person, AuthLevel::Certificate)
    );
    assert_eq!(browser.get("/orders").await.status, StatusCode::OK);
    // Another site's address is not followed.
    let mut other = site.browser();
    other.get("/login").await;
    let nonce = challenge(&mut other, CHALLENGE, &[]).await;
    let token = holder.token(&origin(), &nonce);
    let fields = [
        ("token", token.as_str()),
        ("nonce", &nonce),
        ("next", "//evil.example"),
    ];
    assert!(
        !other
            .post(LOG_IN, &fields)
            .await
            .location()
            .contains("evil")
    );
}

#[tokio::test]
async fn staff_log_in_by_certificate_in_place_of_totp() {
    let site = Site::sandbox().await;
    let roles = [Role::Subscriber, Role::RaOfficer];
    let holder = Holder::registered(&site, &roles).await;
    let mut browser = site.browser();
    let answer = holder.log_in(&mut browser).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_proof_for_somewhere_sometime_or_somebody_else_is_refused() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let send = async |browser: &mut Browser<'_>, token: &str, nonce: &str| {
        browser.get("/login").await;
        let fields = [("token", token), ("nonce", nonce)];
        browser.post(LOG_IN, &fields).await
    };

    // Another origin: another port, plain HTTP, a look-alike, the one that the request itself claims.
    for other in [
        "https://ca.example.com:8444",
        "http://ca.example.com",
        "https://ca.example.com.evil",
    ] {
        let nonce = nonce(&mut browser).await;
        let token = holder.token(other, &nonce);
        browser.extra.insert(
            "x-forwarded-host",
            HeaderValue::from_static("ca.example.com.evil"),
        );
        refused(&send(&mut browser, &token, &nonce).await, NO_PROOF);
        browser.extra.clear();
    }
    // Replayed: by the same visitor after log-out, and by who saw it.
    let nonce_of = nonce(&mut browser).await;
    let token = holder.token(&origin(), &nonce_of);
    let mut thief = site.browser();
    thief.get("/login").await;
    refused(&send(&mut thief, &token, &nonce_of).await, NO_PROOF);
    assert_eq!(
        send(&mut browser, &token, &nonce_of).await.status,
        StatusCode::SEE_OTHER
    );
    let mut again = site.browser();
    again.jar.clone_from(&browser.jar);
    again.jar.retain(|name, _| name.ends_with("-visit"));
    refused(&send(&mut again, &token, &nonce_of).await, NO_PROOF);
    // Late.
    let mut browser = site.browser();
    let nonce_of = nonce(&mut browser).await;
    let token = holder.token(&origin(), &nonce_of);
    site.later(301);
    refused(&send(&mut browser, &token, &nonce_of).await, NO_PROOF);
    // Altered: the signature, the certificate, the algorithm, all of it.
    for (from, to) in [
        ("\"signature\":\"", "\"signature\":\"AA"),
        ("ES256", "ES384"),
        ("ES256", "none"),
        ("ES256", "RS256"),
        ("web-eid:1.0", "web-eid:2.0"),
        ("unverifiedCertificate", "certificate"),
        ("{", "["),
    ] {
        let nonce = nonce(&mut browser).await;
        let token = holder.token(&origin(), &nonce).replacen(from, to, 1);
        refused(&send(&mut browser, &token, &nonce).await, NO_PROOF);
    }
    let long = "x".repeat(40_000);
    let nonce_of = nonce(&mut browser).await;
    refused(&send(&mut browser, &long, &nonce_of).await, NO_PROOF);
}

#[tokio::test]
async fn only_our_own_page_gets_a_challenge_and_sends_its_answer() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let nonce = nonce(&mut browser).await;
    let token = holder.token(&origin(), &nonce);
    for path in [CHALLENGE, LOG_IN] {
        let fields = [("token", token.as_str()), ("nonce", &nonce)];
        let unsigned = browser.post_without_token(path, &fields).await;
        assert_eq!(unsigned.status, StatusCode::FORBIDDEN);
        browser.get("/login").await;
        browser
            .extra
            .insert("sec-fetch-site", HeaderValue::from_static("same-site"));
        let foreign = browser.post(path, &fields).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
        browser.extra.clear();
        browser.get("/login").await;
    }
    assert!(browser.session().is_none());
    // A session that somebody is in is not replaced unseen.
    assert_eq!(
        holder.log_in(&mut browser).await.status,
        StatusCode::SEE_OTHER
    );
    browser.get("/profile").await;
    let again = browser.post(CHALLENGE, &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn each_refusal_tells_the_next_step() {
    let site = Site::sandbox().await;
    let holder = Holder::unregistered(&site, &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let answer = holder.log_in(&mut browser).await;
    refused(&answer, "The certificate is not registered");
    assert!(
        answer
            .body
            .contains("Log in with name and password once, and register it")
    );
    // Somebody else says that it is theirs: that opens no account, least of all theirs.
    let eva = site.person("eva@example.com", &[Role::Subscriber]).await;
    let eva = as_somebody(&site, eva).await;
    holder.register(&site, &principal(&site, &eva).await).await;
    let answer = holder.log_in(&mut browser).await;
    refused(
        &answer,
        "Nobody has proved yet that they hold this certificate&#39;s key",
    );
    assert!(answer.body.contains("/settings/registered"));
    // Registered with a password, while they were no staff.
    let mut by_password = site.browser();
    by_password.log_in(ADDRESS, PASSWORD).await;
    holder
        .register(&site, &principal(&site, &by_password).await)
        .await;
    let answer = holder.log_in(&mut browser).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let no_factor = browser.get("/login/totp/enrol").await;
    assert_eq!(no_factor.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        no_factor
            .body
            .contains("registered without a second factor")
    );
    let staff = [Role::Subscriber, Role::RaOfficer].into_iter().collect();
    let register = &site.portal.register;
    let system = chancery_audit::Actor::System;
    let promoted = register.set_roles(holder.person, &staff, system, site.portal.now());
    promoted.await.unwrap();
    assert_eq!(browser.get("/desk").await.status, StatusCode::SEE_OTHER);
    let mut browser = site.browser();
    let answer = holder.log_in(&mut browser).await;
    refused(&answer, "This certificate does not stand for two factors");
}

#[tokio::test]
async fn a_revoked_certificate_logs_nobody_in_and_its_sessions_end() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let mut browser = site.browser();
    holder.log_in(&mut browser).await;
    let mut owner = as_somebody(&site, holder.person).await;
    let revoke = format!("{}/revoke", holder.page);
    let fields = [("reason", "superseded"), ("confirm", "yes")];
    let revoked = owner.fill(&revoke, &fields).await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER, "{}", revoked.body);
    let mut other = site.browser();
    let answer = holder.log_in(&mut other).await;
    refused(&answer, "The certificate is revoked");
    assert_eq!(browser.get("/orders").await.status, StatusCode::SEE_OTHER);
}
