//! Log-in and proof of possession by curl, which shows a certificate as a browser does.

use std::{collections::BTreeMap, process::Command};

use super::World;
use crate::{
    attacks::world::{JANA, OPERATOR, PIOTR, one_click},
    support::{
        chancery, file, has,
        http::{Answer, Browser, Door, between},
        run,
    },
};

/// Curl with a certificate, or without, and the cookies of one visitor.
struct Client<'a> {
    world: &'a World,
    words: &'static str,
    jar: BTreeMap<String, String>,
    extra: Vec<&'static str>,
}

impl<'a> Client<'a> {
    fn with(world: &'a World, words: &'static str) -> Self {
        Self {
            world,
            words,
            jar: BTreeMap::new(),
            extra: Vec::new(),
        }
    }

    /// The cookies that somebody has at the portal's own address: cookies know no ports.
    fn of(world: &'a World, words: &'static str, browser: &Browser) -> Self {
        Self {
            jar: browser.jar.clone(),
            ..Self::with(world, words)
        }
    }

    fn ask(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let cookies: Vec<String> = self.jar.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut curl = Command::new("curl");
        curl.current_dir(self.world.path())
            .args(["-sk", "-i", "--http1.1", url])
            .args(self.words.split_whitespace())
            .args(["-H", "Accept-Language: en"]);
        for header in &self.extra {
            curl.args(["-H", header]);
        }
        if !cookies.is_empty() {
            curl.args(["-b", &cookies.join("; ")]);
        }
        for (name, value) in fields {
            curl.args(["--data-urlencode", &format!("{name}={value}")]);
        }
        let answer = Answer::parse(&curl.output().unwrap().stdout);
        for line in answer.cookies() {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    fn get(&mut self, path: &str) -> Answer {
        let url = format!("{}{path}", self.world.asking());
        self.ask(&url, &[])
    }

    /// Sends the form of that page, with what stands in it and these fields.
    fn send(&mut self, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let token = between(&page.text(), r#"name="csrf" value=""#, "\"");
        let url = format!("{}{path}", self.world.asking());
        let fields = [&[("csrf", token.as_str())], fields].concat();
        self.ask(&url, &fields)
    }

    /// The whole way at the page that asks for a certificate.
    fn log_in(&mut self) -> Answer {
        let page = self.get("/login/tls");
        assert_eq!(page.status, 200, "{}", page.text());
        self.send("/login/tls", &page, &[("next", "/profile")])
    }
}

/// Refused in these words, with the next step.
fn told(answer: &Answer, title: &str, next: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(title), "{}", answer.text());
    assert!(answer.text().contains(next), "{}", answer.text());
    let line = "chancery-";
    assert!(
        !answer.cookies().any(|cookie| cookie.starts_with(line)
            && cookie
                .split('=')
                .next()
                .is_some_and(|name| name.len() == line.len() + 8)),
        "nobody is logged in"
    );
}

const PATH: &str = "/login/tls/proof";
const OWN: &str = "--cert own.pem --key own.key";
const OTHER: &str = "--cert other.pem --key other.key";

impl World {
    fn asking(&self) -> &str {
        self.server.certificates.as_deref().unwrap()
    }

    /// A demonstration person, by one click.
    fn person(&self, name: &str) -> Browser {
        let mut browser = Browser::at(&Door::plain(&self.server.http));
        let path = one_click(&browser.get("/sandbox").text(), name);
        assert_eq!(browser.post(&path, &[]).status, 303);
        browser.post("/settings/language", &[("language", "en")]);
        browser
    }

    /// Registers `own.pem` without proof; gives its page.
    fn register(&self, browser: &mut Browser) -> String {
        let pem = std::fs::read(self.path().join("own.pem")).unwrap();
        let files = [("file", "own.pem", pem.as_slice())];
        let answer = browser.upload("/settings/registered/new", &[], &files);
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.location().to_owned()
    }
}

#[test]
fn a_registered_certificate_logs_in_over_the_wire() {
    if !has("openssl") || !has("curl") {
        return;
    }
    let world = World::start();
    world.issue_own();
    let none = Client::with(&world, "").get("/login/tls").text();
    assert!(none.contains("Your browser showed no certificate"));
    assert!(none.contains("then close the browser and open this page again"));
    let mut own = Client::with(&world, OWN);
    told(
        &own.log_in(),
        "The certificate is not registered",
        "Log in with name and password once, and register it",
    );

    // Somebody says that it is theirs: before they prove it, it opens nothing.
    let mut jana = world.person(JANA);
    let page = world.register(&mut jana);
    let unproved = "Nobody has proved yet that they hold this certificate&#39;s key";
    told(&own.log_in(), unproved, "/settings/registered");
    prove(&world, &mut jana, &page);
    let entered = own.log_in();
    assert_eq!(entered.status, 303, "{}", entered.text());
    assert_eq!(entered.location(), format!("{}/profile", world.server.http));
    // At the portal's own address, and with its own connection.
    let mut portal = Browser::at(&Door::plain(&world.server.http));
    portal.jar = own.jar.clone();
    let profile = portal.get("/profile");
    assert_eq!(profile.status, 200);
    assert!(profile.text().contains(JANA));

    let serial = Command::new("openssl")
        .current_dir(world.path())
        .args(["x509", "-in", "own.pem", "-noout", "-serial"])
        .output()
        .unwrap();
    let serial = String::from_utf8(serial.stdout).unwrap();
    let serial = serial.trim().strip_prefix("serial=").unwrap();
    let mut command = chancery();
    command.current_dir(world.path()).args([
        "cert",
        "revoke",
        "--data",
        "data",
        "--serial",
        serial,
        "--reason",
        "keyCompromise",
    ]);
    run(&mut command, 0);
    let mut own = Client::with(&world, OWN);
    told(&own.log_in(), "The certificate is revoked", "/catalogue");
    expired(&world);
}

/// Whoever was led to the page of the proof in another session, or without one, gives nothing away, nor does a page of another origin.
fn prove(world: &World, jana: &mut Browser, page: &str) {
    world.openssl("req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj /CN=Other -days 30");
    let begin = |browser: &mut Browser| {
        let led = browser.post(&format!("{page}/handshake"), &[]);
        assert_eq!(led.status, 303, "{}", led.text());
        let address = led.location().strip_prefix(world.asking()).unwrap();
        address.to_owned()
    };
    let address = begin(jana);
    let ticket = address.split_once("ticket=").unwrap().1.to_owned();
    let ticket = percent_decoded(&ticket);
    let certificate = between(&address, "certificate=", "&");
    let fields = [
        ("certificate", certificate.as_str()),
        ("ticket", ticket.as_str()),
    ];
    // Nobody is logged in; somebody else is.
    let nobody = Client::with(world, OWN).get(&address);
    assert_eq!(nobody.status, 303);
    assert!(nobody.location().contains("/login?next="));
    let piotr = world.person(PIOTR);
    let mut piotr = Client::of(world, OWN, &piotr);
    assert_eq!(piotr.get(&address).status, 404);
    // Another log-in of the same person.
    let again = world.person(JANA);
    let mut again = Client::of(world, OWN, &again);
    let asked = again.get(&address).text();
    assert!(asked.contains("The proof was not accepted"), "{asked}");
    assert!(asked.contains("Begin again there"));
    // No certificate, or another one.
    let none = Client::of(world, "", jana).get(&address).text();
    assert!(none.contains("Your browser showed no certificate"));
    let other = Client::of(world, OTHER, jana).get(&address).text();
    assert!(other.contains("Your browser showed another certificate"));
    assert!(other.contains("CN=Other") && !other.contains("name=\"ticket\""));

    // It says whose account it is, and that the certificate names somebody else; looking proves nothing.
    let mut own = Client::of(world, OWN, jana);
    let asked = own.get(&address);
    let text = asked.text();
    assert_eq!(asked.status, 200, "{text}");
    for words in [
        JANA,
        "jana.novakova@elektra.test",
        "jana@example.com",
        "log out",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let policy = asked.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'"));
    assert!(
        jana.get(page)
            .text()
            .contains("only said that this certificate is yours")
    );
    // The portal's own origin is another one, and so is everybody else's.
    own.extra.push("Sec-Fetch-Site: same-site");
    assert_eq!(own.send(PATH, &asked, &fields).status, 403);
    own.extra.clear();
    let url = format!("{}{PATH}", world.asking());
    assert_eq!(own.ask(&url, &fields).status, 403, "without its token");
    // A wrong one spends the ticket.
    let refused = Client::of(world, OTHER, jana).send(PATH, &asked, &fields);
    told(&refused, "The proof was not accepted", "Begin again there");
    let spent = own.send(PATH, &asked, &fields);
    told(&spent, "The proof was not accepted", "Begin again there");

    let address = begin(jana);
    let ticket = percent_decoded(address.split_once("ticket=").unwrap().1);
    let fields = [
        ("certificate", certificate.as_str()),
        ("ticket", ticket.as_str()),
    ];
    let asked = own.get(&address);
    let proved = own.send(PATH, &asked, &fields);
    assert_eq!(proved.status, 303, "{}", proved.text());
    assert_eq!(proved.location(), format!("{}{page}", world.server.http));
    assert!(jana.get(page).text().contains("that you hold its key"));
    let twice = own.send(PATH, &asked, &fields);
    told(&twice, "The proof was not accepted", "Begin again there");
}

fn percent_decoded(text: &str) -> String {
    text.replace("%2B", "+")
        .replace("%2F", "/")
        .replace("%3D", "=")
}

/// One of a supported authority elsewhere, whose time is over.
fn expired(world: &World) {
    let extensions = "[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n\
        [leaf]\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n[req]\ndistinguished_name=name\n[name]\n";
    file(world.path(), "c.cnf", extensions);
    world.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=Elsewhere -days 3650 -config c.cnf -extensions ca");
    world.openssl(
        "req -new -newkey rsa:2048 -nodes -keyout old.key -out old.csr -subj /CN=Old -config c.cnf",
    );
    world.openssl("x509 -req -in old.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days -1 -extfile c.cnf -extensions leaf -out old.pem");
    let mut oliver = world.person(OPERATOR);
    let pem = std::fs::read(world.path().join("ca.pem")).unwrap();
    let files = [("file", "ca.pem", pem.as_slice())];
    let terms = [
        ("purposes", "log-in"),
        ("purposes", "sign"),
        ("eku", "client"),
    ];
    let supported = oliver.upload("/authorities/supported/new", &terms, &files);
    assert_eq!(supported.status, 303, "{}", supported.text());
    let mut old = Client::with(world, "--cert old.pem --key old.key");
    told(&old.log_in(), "The certificate has expired", "/catalogue");
}
