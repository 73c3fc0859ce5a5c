//! What the browser remembers for us.

use axum_extra::extract::CookieJar;

use crate::state::Environment;

/// The chosen language; the same for every environment on this host.
pub(crate) const LANGUAGE: &str = "chancery-language";
/// The chosen theme; the same for every environment on this host.
pub(crate) const THEME: &str = "chancery-theme";

/// How long a choice is remembered: a year.
const CHOICE_SECONDS: u32 = 365 * 24 * 3600;

/// The cookies of one environment, as they are named and protected on this connection.
pub(crate) struct Cookies {
    session: String,
    visitor: String,
    notice: String,
    secure: bool,
}

impl Cookies {
    pub(crate) fn new(environment: &Environment, secure: bool) -> Self {
        // `__Host-` binds a cookie to this host and HTTPS (RFC 6265bis section 4.1.3.2); on plain
        // loopback not every browser would keep it.
        let prefix = if secure { "__Host-" } else { "" };
        let tag = environment.tag();
        Self {
            session: format!("{prefix}chancery-{tag}"),
            visitor: format!("{prefix}chancery-{tag}-visit"),
            notice: format!("{prefix}chancery-{tag}-notice"),
            secure,
        }
    }

    pub(crate) fn session(&self, jar: &CookieJar) -> Option<String> {
        value(jar, &self.session)
    }

    pub(crate) fn visitor(&self, jar: &CookieJar) -> Option<String> {
        value(jar, &self.visitor)
    }

    pub(crate) fn notice(&self, jar: &CookieJar) -> Option<String> {
        value(jar, &self.notice)
    }

    pub(crate) fn set_session(&self, token: &str) -> String {
        self.line(&self.session, token, None)
    }

    pub(crate) fn clear_session(&self) -> String {
        self.line(&self.session, "", Some(0))
    }

    pub(crate) fn set_visitor(&self, visitor: &str) -> String {
        self.line(&self.visitor, visitor, None)
    }

    pub(crate) fn set_notice(&self, key: &str) -> String {
        self.line(&self.notice, key, None)
    }

    pub(crate) fn clear_notice(&self) -> String {
        self.line(&self.notice, "", Some(0))
    }

    /// A choice that outlives the session.
    pub(crate) fn set_choice(&self, name: &str, value: &str) -> String {
        self.line(name, value, Some(CHOICE_SECONDS))
    }

    /// A `Set-Cookie` line. Values are our own hexadecimal digits, tags and keys: none needs quoting.
    fn line(&self, name: &str, value: &str, max_age: Option<u32>) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        let max_age = max_age.map_or_else(String::new, |age| format!("; Max-Age={age}"));
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{max_age}")
    }
}

fn value(jar: &CookieJar, name: &str) -> Option<String> {
    jar.get(name)
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}
