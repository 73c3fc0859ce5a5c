//! Whose message it is: the addresses of From and Sender against those of a certificate (RFC 8550 section 3).

use chancery_x509::Certificate;

use super::field::Header;

/// The addresses that a message says it is from: those of From, and Sender's (RFC 5322 section 3.6.2), without display names.
#[must_use]
pub fn senders(header: &Header) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for field in header.all("From").chain(header.all("Sender")) {
        for address in addresses(&field.value()) {
            if !found.iter().any(|present| same(present, &address)) {
                found.push(address);
            }
        }
    }
    found
}

/// Whether two addresses are the same mailbox. Case is passed over on both sides of the at sign: by the letter of RFC 5321 it may
/// matter before it, but no mail system in use tells mailboxes apart by it.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Whether a certificate is made out to one of the addresses.
#[must_use]
pub fn is_made_out_to(certificate: &Certificate, addresses: &[String]) -> bool {
    certificate
        .emails()
        .iter()
        .any(|email| addresses.iter().any(|address| same(email, address)))
}

/// The addresses in a list of mailboxes and groups (RFC 5322 section 3.4). Display names and comments are passed over, so that an address
/// in them is not taken for the sender's.
#[must_use]
pub fn addresses(list: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut angled: Option<String> = None;
    let (mut comment, mut quoted, mut escaped) = (0_usize, false, false);
    let mut end = |plain: &mut String, angled: &mut Option<String>| {
        let text = angled.take().unwrap_or_else(|| std::mem::take(plain));
        plain.clear();
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if text.contains('@') {
            found.push(text);
        }
    };
    let mut inside = false;
    for c in list.chars() {
        let target = if inside {
            angled.get_or_insert_default()
        } else {
            &mut plain
        };
        match c {
            _ if escaped => {
                escaped = false;
                if comment == 0 {
                    target.push(c);
                }
            }
            '\\' if quoted || comment > 0 => escaped = true,
            '"' if comment == 0 => quoted = !quoted,
            c if quoted => target.push(c),
            '(' => comment = comment.saturating_add(1),
            ')' => comment = comment.saturating_sub(1),
            _ if comment > 0 => {}
            '<' => {
                inside = true;
                angled = Some(String::new());
            }
            '>' => inside = false,
            ',' | ';' if !inside => end(&mut plain, &mut angled),
            // The name of a group.
            ':' if !inside => plain.clear(),
            c => target.push(c),
        }
    }
    end(&mut plain, &mut angled);
    found
}
