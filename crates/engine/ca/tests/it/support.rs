use std::{
    fs,
    path::Path,
    process::{Command, Output},
    time::Duration,
};

use chancery_audit::Actor;
use chancery_ca::{
    Ca, Evidence, IssueError, IssueRequest, Issued, MIGRATIONS, no_more,
    testing::{self, TestAuthority},
};
use chancery_profile::SubjectData;
use chancery_store::{
    Id, Timestamp,
    testing::{TestStore, sqlite, stores},
};
use chancery_x509::{Certificate, CertificationRequest};

/// 20 November 2026, 12:00 UTC.
pub const NOW: Timestamp = Timestamp::from_secs(1_795_176_000);
pub const DAY: Duration = Duration::from_hours(24);
pub const MAILBOX: &str = "smime-mailbox-multipurpose";

pub struct World {
    pub authority: TestAuthority,
    pub store: TestStore,
}

impl std::ops::Deref for World {
    type Target = TestAuthority;

    fn deref(&self) -> &TestAuthority {
        &self.authority
    }
}

pub async fn world() -> World {
    world_on(sqlite(&[chancery_audit::MIGRATIONS, MIGRATIONS]).await, NOW).await
}

/// An authority at the machine's own time, for programs that read the clock.
pub async fn world_today() -> World {
    let store = sqlite(&[chancery_audit::MIGRATIONS, MIGRATIONS]).await;
    world_on(store, today()).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "foreign programs compare with the machine's clock"
)]
pub fn today() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp::from_secs(since.unwrap().as_secs().try_into().unwrap())
}

/// One on each store.
pub async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for store in stores(&[chancery_audit::MIGRATIONS, MIGRATIONS]).await {
        worlds.push(world_on(store, NOW).await);
    }
    worlds
}

async fn world_on(store: TestStore, now: Timestamp) -> World {
    World {
        authority: testing::authority((*store).clone(), now).await,
        store,
    }
}

pub fn mailbox(email: &str) -> SubjectData {
    SubjectData {
        common_name: Some(email.to_owned()),
        emails: vec![email.to_owned()],
        ..SubjectData::default()
    }
}

pub fn person(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

pub fn wanted(email: &str, request: CertificationRequest) -> IssueRequest {
    IssueRequest {
        profile: MAILBOX.to_owned(),
        subject: mailbox(email),
        request,
        validity: DAY * 365,
        actor: Actor::Operator {
            user: "tester".to_owned(),
        },
        evidence: Evidence::Text("seen".to_owned()),
        holder: None,
        order: None,
        also: no_more(),
    }
}

pub async fn issue(ca: &Ca, email: &str, now: Timestamp) -> Result<Issued, IssueError> {
    ca.issue(wanted(email, testing::request().1), now).await
}

impl World {
    pub async fn issue(&self, email: &str, now: Timestamp) -> Result<Issued, IssueError> {
        issue(&self.ca, email, now).await
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let rows = self.store.rows(sql, vec![]).await.unwrap();
        rows[0].int(0).unwrap()
    }
}

/// Runs a foreign program; `None`, with a word on it, where it is not installed.
pub fn run(program: impl AsRef<Path>, args: &[&str]) -> Option<Output> {
    let program = program.as_ref();
    let output = Command::new(program).args(args).output().ok();
    if output.is_none() {
        println!("skipped: {} is not installed", program.display());
    }
    output
}

/// What one of pkilint's programs finds in a file, one finding a line; `None` where it is not installed.
pub fn pkilint(program: &str, args: &[&str], file: &str) -> Option<Vec<String>> {
    let args = [&["lint", "-s", "NOTICE", "-f", "CSV"], args, &[file]].concat();
    let output = run(program, &args)?;
    let shown = String::from_utf8(output.stdout).unwrap();
    let mut lines = shown.lines().filter(|line| !line.is_empty());
    let header = lines.next();
    assert_eq!(header, Some("node_path,validator,severity,code,message"));
    Some(lines.map(ToOwned::to_owned).collect())
}

pub fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A folder of files to show to foreign programs.
pub struct Files(tempfile::TempDir);

impl Files {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    pub fn pem(&self, name: &str, certificates: &[Certificate]) -> String {
        let text: String = certificates.iter().map(Certificate::to_pem).collect();
        self.put(name, text)
    }
}
