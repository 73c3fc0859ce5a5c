//! The menu: each role sees its own entries, and only those that exist.

use std::{collections::BTreeSet, sync::LazyLock};

use axum::http::Method;
use chancery_register::Principal;

use crate::{
    page::Page,
    routes::{self, Needs},
};

/// An entry as the layout draws it.
pub(crate) struct MenuItem {
    pub path: &'static str,
    /// The key of its words.
    pub words: &'static str,
    pub icon: &'static str,
    /// Whether the page is in this part of the portal.
    pub current: bool,
}

struct Entry {
    path: &'static str,
    words: &'static str,
    icon: &'static str,
    shown: Shown,
}

impl Entry {
    /// What the paths of its pages begin with.
    fn part(&self) -> &'static str {
        if self.path.starts_with("/settings/") {
            "/settings"
        } else {
            self.path
        }
    }
}

enum Shown {
    /// To everybody.
    Always,
    /// To those whom the path's route lets in; never to strangers.
    Permitted,
}

const fn entry(path: &'static str, words: &'static str, icon: &'static str, shown: Shown) -> Entry {
    Entry {
        path,
        words,
        icon,
        shown,
    }
}

/// A tab of the certificate settings.
pub(crate) struct Tab {
    pub path: &'static str,
    /// The key of its words.
    pub words: &'static str,
}

const SETTINGS: [Tab; 4] = [
    Tab {
        path: "/settings/component",
        words: "settings-component",
    },
    Tab {
        path: "/settings/store",
        words: "settings-store",
    },
    Tab {
        path: "/settings/registered",
        words: "settings-registered",
    },
    Tab {
        path: "/settings/devices",
        words: "settings-devices",
    },
];

/// The tabs of the certificate settings; strangers are led to log-in by those that need it.
pub(crate) fn settings_tabs() -> Vec<Tab> {
    SETTINGS
        .into_iter()
        .filter(|tab| exists(tab.path))
        .collect()
}

/// The pages whose work is done in the browser.
pub(crate) fn tools() -> Vec<Tab> {
    ["/sign", "/verify", "/decrypt", "/generator"]
        .into_iter()
        .map(|path| Tab {
            path,
            words: crate::offline::words(path),
        })
        .collect()
}

/// In the order of the menu.
static ENTRIES: [Entry; 13] = [
    entry("/dashboard", "menu-dashboard", "home", Shown::Permitted),
    entry("/desk", "menu-desk", "inbox", Shown::Permitted),
    entry("/orders", "menu-orders", "list-check", Shown::Permitted),
    entry(
        "/certificates",
        "menu-certificates",
        "certificate",
        Shown::Permitted,
    ),
    entry(
        "/desk/certificates",
        "menu-certificates",
        "certificate",
        Shown::Permitted,
    ),
    entry(
        "/settings/store",
        "menu-settings",
        "settings",
        Shown::Always,
    ),
    entry(
        "/desk/participants",
        "menu-participants",
        "building",
        Shown::Permitted,
    ),
    entry(
        "/participants",
        "menu-participants",
        "building",
        Shown::Permitted,
    ),
    entry("/people", "menu-people", "users", Shown::Permitted),
    entry(
        "/catalogue",
        "menu-catalogue",
        "shopping-cart",
        Shown::Always,
    ),
    entry(
        "/authorities",
        "menu-authorities",
        "building-bank",
        Shown::Always,
    ),
    entry("/sign", "menu-tools", "signature", Shown::Always),
    entry("/help", "menu-help", "help", Shown::Always),
];

/// Paths of pages, with what they need.
static PAGES: LazyLock<Vec<(&'static str, Needs)>> = LazyLock::new(|| {
    routes::listing()
        .into_iter()
        .filter(|(method, _, _)| *method == Method::GET)
        .map(|(_, path, needs)| (path, needs))
        .collect()
});

/// Whether there is a page at this path.
pub(crate) fn exists(path: &str) -> bool {
    PAGES.iter().any(|(page, _)| *page == path)
}

/// Whether there is a page at this address: `/orders/{id}` fits `/orders/0123?a=b`.
pub(crate) fn leads(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let fits = |route: &str| {
        let (mut route, mut given) = (route.split('/'), path.split('/'));
        loop {
            match (route.next(), given.next()) {
                (None, None) => return true,
                (Some(part), Some(piece)) if part == piece || part.starts_with('{') => {}
                _ => return false,
            }
        }
    };
    PAGES.iter().any(|(page, _)| fits(page))
}

/// The entries for the viewer of this page.
pub(crate) fn items(page: &Page) -> Vec<MenuItem> {
    let path = match page.here.split('?').next().unwrap_or_default() {
        // Tools are one part, whose first page stands for it.
        "/verify" | "/decrypt" | "/generator" => "/sign",
        path => path,
    };
    let mut seen = BTreeSet::new();
    let open: Vec<&Entry> = ENTRIES
        .iter()
        .filter(|entry| is_open(page, entry) && seen.insert(entry.words))
        .collect();
    // The longest path that leads here is the current part.
    let current = open
        .iter()
        .filter(|entry| {
            let part = entry.part();
            path == part || path.starts_with(&format!("{part}/"))
        })
        .max_by_key(|entry| entry.part().len())
        .map(|entry| entry.path);
    open.iter()
        .map(|entry| MenuItem {
            path: entry.path,
            words: entry.words,
            icon: entry.icon,
            current: current == Some(entry.path),
        })
        .collect()
}

fn is_open(page: &Page, entry: &Entry) -> bool {
    match (&entry.shown, &page.viewer) {
        (Shown::Always, _) => exists(entry.path),
        (Shown::Permitted, Some(viewer)) => is_permitted(&viewer.principal, entry.path),
        (Shown::Permitted, None) => false,
    }
}

/// Whether the route of a page lets this person in.
pub(crate) fn is_permitted(principal: &Principal, path: &str) -> bool {
    PAGES
        .iter()
        .find(|(page, _)| *page == path)
        .is_some_and(|(_, needs)| match needs {
            Needs::Permission(permission) => principal.may(*permission),
            Needs::AnyOf(permissions) => permissions.iter().any(|one| principal.may(*one)),
            Needs::Nothing | Needs::Session => true,
            Needs::Sandbox | Needs::SandboxHere => false,
        })
}

/// Where somebody starts who is logged in.
pub(crate) fn home(principal: &Principal) -> &'static str {
    ["/dashboard", "/desk", "/people", "/authorities"]
        .into_iter()
        .find(|path| is_permitted(principal, path))
        .unwrap_or("/profile")
}

/// The guide for each part of the portal; the first that fits.
static HELP: [(&str, &str); 5] = [
    ("/orders", "/help/applying"),
    ("/catalogue", "/help/applying"),
    ("/dashboard", "/help/applying"),
    ("/certificates", "/help/p12"),
    ("/desk", "/help/desk"),
];

/// The help that belongs to a page.
pub(crate) fn help(path: &str) -> &'static str {
    HELP.iter()
        .find(|(part, _)| path.starts_with(part))
        .map_or("/help", |(_, guide)| guide)
}
