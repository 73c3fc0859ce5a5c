//! A sandbox under attack: its demonstration people, and others who come by the front door.

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use tempfile::TempDir;
use totp_rs::Totp;

use crate::support::{
    Server, chancery, folder,
    http::{Browser, Door, between},
    run,
};

/// Good enough for everybody.
pub const PASSWORD: &str = "velbloud-pod-okapem-7";

pub const JANA: &str = "Jana Nováková";
pub const PIOTR: &str = "Piotr Kowalski";
pub const ELENA: &str = "Elena Ivanova";
pub const OFFICER: &str = "Eva Svobodová";
pub const SUPERVISOR: &str = "Tomáš Beneš";
pub const OPERATOR: &str = "Oliver Grant";
pub const AUDITOR: &str = "Alice Weber";

/// Nobody's and nothing's.
pub const NOTHING: &str = "00000000000000000000000000000000";

/// A sandbox, stopped and gone with its test.
pub struct Sandbox {
    /// Stopped when it goes.
    _server: Server,
    pub door: Door,
    folder: TempDir,
}

impl Sandbox {
    /// Starts one, with an order in every state.
    pub fn start() -> Self {
        Self::start_in(folder())
    }

    /// Starts one whose configuration was changed.
    pub fn start_with(change: impl FnOnce(String) -> String) -> Self {
        let folder = folder();
        drop(Self::serve(&folder));
        let config = folder.path().join("data/chancery.toml");
        let changed = change(std::fs::read_to_string(&config).unwrap());
        std::fs::write(&config, changed).unwrap();
        Self::start_in(folder)
    }

    fn serve(folder: &TempDir) -> Server {
        let data = folder.path().join("data");
        Server::start(&["--sandbox", "--data", data.to_str().unwrap()])
    }

    fn start_in(folder: TempDir) -> Self {
        let server = Self::serve(&folder);
        Self {
            door: Door::plain(&server.http),
            _server: server,
            folder,
        }
    }

    /// Its data directory.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A browser that nobody has used.
    pub fn browser(&self) -> Browser {
        Browser::at(&self.door)
    }

    /// A browser in which this demonstration person is logged in by one click.
    pub fn as_person(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let path = one_click(&browser.get("/sandbox").text(), name);
        let answer = browser.post(&path, &[]);
        assert_eq!(answer.status, 303, "{name}: {}", answer.text());
        browser.post("/settings/language", &[("language", "en")]);
        browser
    }

    /// The texts of the letters to an address, the newest first, once there are as many as expected.
    pub fn letters(&self, to: &str, expected: usize) -> Vec<String> {
        let mut browser = self.browser();
        for _ in 0..100 {
            let list = browser.get("/sandbox/mail").text();
            let found: Vec<String> = list
                .split("<tr>")
                .filter(|row| row.contains(to))
                .map(|row| between(row, "href=\"/sandbox/mail/", "\""))
                .collect();
            if found.len() >= expected {
                return found
                    .iter()
                    .map(|id| {
                        let page = browser.get(&format!("/sandbox/mail/{id}")).text();
                        between(&page, "mail-text", "</div>")
                    })
                    .collect();
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("no letter {expected} to {to}");
    }

    /// An access code that was mailed and is not this one.
    pub fn next_code(&self, to: &str, former: &str) -> String {
        for expected in 1.. {
            let letters = self.letters(to, expected);
            let mut codes = letters.iter().filter_map(|letter| find_code(letter));
            if let Some(code) = codes.find(|code| code != former) {
                return code;
            }
        }
        unreachable!("letters end the search")
    }

    /// Registers somebody at the front door and gives the access code that was mailed.
    pub fn register(&self, name: &str, email: &str) -> String {
        let mut browser = self.browser();
        let answer = browser.post("/register", &[("full_name", name), ("email", email)]);
        assert_eq!(answer.status, 200, "{}", answer.text());
        self.next_code(email, "")
    }

    /// Somebody who registered and chose a password.
    pub fn subscriber(&self, name: &str, email: &str) -> Browser {
        let code = self.register(name, email);
        self.first_log_in(email, &code)
    }

    /// Logs in by access code and chooses a password.
    pub fn first_log_in(&self, email: &str, code: &str) -> Browser {
        let mut browser = self.browser();
        let entered = browser.post("/login", &[("login", email), ("secret", code)]);
        assert_eq!(entered.location(), "/login/code", "{}", entered.text());
        let chosen = browser.post(
            "/login/code",
            &[("password", PASSWORD), ("again", PASSWORD)],
        );
        assert_eq!(chosen.status, 303, "{}", chosen.text());
        browser
    }

    /// Invites somebody on the command line, as an operator does, and gives the link's path.
    pub fn invite(&self, role: &str, email: &str) -> String {
        let data = self.folder.path().join("data");
        let mut add = chancery();
        add.args(["user", "add", "--role", role, "--email", email, "--data"]);
        let link = run(add.arg(&data), 0).stdout;
        let (_, token) = link.trim().split_once("/invitation/").unwrap();
        format!("/invitation/{}", token.split_whitespace().next().unwrap())
    }

    /// Somebody of the staff, with a password and no second factor yet.
    pub fn half_officer(&self, role: &str, email: &str) -> Browser {
        let link = self.invite(role, email);
        let mut browser = self.browser();
        let fields = [
            ("full_name", "Petr Svoboda"),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ];
        let accepted = browser.post(&link, &fields);
        assert_eq!(
            accepted.location(),
            "/login/totp/enrol",
            "{}",
            accepted.text()
        );
        browser
    }
}

/// Sets up a second factor; gives the app and the code that was used.
pub fn enrol(browser: &mut Browser) -> (Totp, String) {
    let page = browser.get("/login/totp/enrol").text();
    let secret = between(&page, "data-copy=\"", "\"");
    let app = Totp::from_url(format!("otpauth://totp/x?secret={secret}&issuer=y")).unwrap();
    let code = code_at(&app, 0);
    let done = browser.post("/login/totp/enrol", &[("code", &code)]);
    assert_eq!(done.status, 200, "{}", done.text());
    (app, code)
}

/// The code of a step from now; one step off is taken, so that a test need not wait.
#[expect(
    clippy::disallowed_methods,
    reason = "an authenticator reads its own clock"
)]
pub fn code_at(app: &Totp, steps: u64) -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    app.generate(now + 30 * steps).to_string()
}

/// The form that logs this person in by one click.
pub fn one_click(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("<h2 class=\"card-title\">{name}</h2>"))
        .unwrap_or_else(|| panic!("{name} is not in the sandbox"));
    between(rest, "action=\"", "\"")
}

/// Four groups of four.
fn find_code(letter: &str) -> Option<String> {
    letter
        .split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'))
        .find(|word| word.len() == 19 && word.split('-').all(|group| group.len() == 4))
        .map(str::to_owned)
}

/// Everything that somebody has, by the identifiers in their own pages.
#[derive(Debug)]
pub struct Belongings {
    pub orders: Vec<String>,
    pub documents: Vec<String>,
    pub certificates: Vec<String>,
}

impl Belongings {
    pub fn of(browser: &mut Browser) -> Self {
        let orders = ids(&browser.get("/orders").text(), "/orders/");
        let documents = orders
            .iter()
            .flat_map(|order| {
                ids(
                    &browser.get(&format!("/orders/{order}/documents")).text(),
                    "/documents/",
                )
            })
            .collect();
        let certificates = ids(&browser.get("/certificates").text(), "/certificates/");
        Self {
            orders,
            documents,
            certificates,
        }
    }
}

/// The identifiers behind a prefix in the links of a page, each once.
pub fn ids(page: &str, prefix: &str) -> Vec<String> {
    let mark = format!("\"{prefix}");
    let found: BTreeSet<String> = page
        .split(&mark)
        .skip(1)
        .filter_map(|rest| rest.get(..32))
        .filter(|id| id.bytes().all(|octet| octet.is_ascii_hexdigit()))
        .map(str::to_owned)
        .collect();
    found.into_iter().collect()
}

/// A page without what differs each time that it is drawn: tokens of forms, and where one came from.
pub fn settled(page: &str) -> String {
    let mut parts = page.split("name=\"csrf\" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    let page = parts.fold(first, |page, rest| {
        page + rest.split_once('"').map_or("", |(_, rest)| rest)
    });
    let mut parts = page.split("name=\"back\" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, rest| {
        page + rest.split_once('"').map_or("", |(_, rest)| rest)
    })
}
