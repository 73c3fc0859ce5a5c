//! The dashboard, the list, a new order and the page of an order.

use chancery_ra::Event;
use chancery_store::Id;

use super::{At, DAY, events, order, product, view};
use crate::{
    page::Page,
    pages::{
        orders::{
            dashboard::Dashboard,
            list::{Line, Orders},
            place::NewOrder,
            show::OrderPage,
            views::{EventLine, Issued, Standing, Tile, Wait},
        },
        paging::{Extent, Paging},
    },
    samples::Samples,
    show::Badge,
};

const WAIT: Wait = Wait {
    lately: Some(2),
    limit: 7,
};

fn standing(page: &Page, at: At) -> Standing {
    Standing {
        code_over: at == At::EmailOver,
        issued: (at == At::Done).then(|| Issued {
            badge: Badge::Valid,
            name: "Jana Ořechová".to_owned(),
            not_after: page.now.as_secs() + 365 * DAY,
        }),
    }
}

impl Samples for Dashboard {
    const TEMPLATE: &'static str = "pages/dashboard.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let code = "smime-sponsor-365";
        let shown = At::ALL
            .into_iter()
            .filter(|at| !matches!(at, At::Email | At::EmailOver));
        let tiles = shown
            .clone()
            .map(|at| {
                let wait = (at == At::Waiting).then_some(WAIT);
                Tile::new(page, &order(page, code, at), wait, standing(page, at))
            })
            .collect();
        let mut lately: Vec<Event> = shown.flat_map(|at| events(page, code, at)).collect();
        lately.sort_by_key(|event| std::cmp::Reverse(event.at));
        lately.truncate(8);
        let dashboard = |tiles, events: &[Event]| Self {
            page: page.clone(),
            name: "Jana Ořechová".to_owned(),
            tiles,
            more: !events.is_empty(),
            events: events.iter().map(EventLine::new).collect(),
        };
        vec![
            ("orders", dashboard(tiles, &lately)),
            ("empty", dashboard(Vec::new(), &[])),
        ]
    }
}

impl Samples for Orders {
    const TEMPLATE: &'static str = "pages/orders.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let lines = At::ALL
            .into_iter()
            .map(|at| {
                let order = order(page, "smime-organization-730", at);
                Line::new(page, &order, &standing(page, at))
            })
            .collect();
        let orders = |lines, pages, total| Self {
            page: page.clone(),
            lines,
            paging: Paging::new("/orders", &[], 2, Extent::Known { pages, total }),
        };
        vec![
            ("list", orders(lines, 3, 107)),
            ("empty", orders(Vec::new(), 1, 0)),
        ]
    }
}

impl Samples for NewOrder {
    const TEMPLATE: &'static str = "pages/order-new.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        ["smime-sponsor-365", "smime-mailbox-365"]
            .into_iter()
            .zip(["sponsor", "mailbox"])
            .map(|(code, name)| {
                let new = Self {
                    page: page.clone(),
                    product: product(code),
                    attempt: Id::from_bytes([3; 16]),
                };
                (name, new)
            })
            .collect()
    }
}

impl Samples for OrderPage {
    const TEMPLATE: &'static str = "pages/order.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        At::ALL
            .into_iter()
            .map(|at| {
                let wait = (at == At::Waiting).then_some(WAIT);
                let view = view(page, "smime-sponsor-365", at);
                (at.name(), Self::new(page.clone(), &view, wait))
            })
            .collect()
    }
}
