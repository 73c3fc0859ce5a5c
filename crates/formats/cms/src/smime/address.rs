//! Whose message it is: the addresses of From and Sender against those of a certificate (RFC 8550 section 3).

use chancery_x509::Certificate;

use super::error::SmimeError;
use super::field::Header;

/// Most addresses of one field: each is compared with each of a certificate's.
const MAX_ADDRESSES: usize = 100;
/// Longest address that can be one: 64 octets, the at sign, 255 octets (RFC 5321 section 4.5.3.1).
const MAX_ADDRESS: usize = 320;

/// The two fields that say whose message it is (RFC 5322 section 3.6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OriginatorField {
    /// Its authors: what readers are shown.
    From,
    /// Who sent it for them, where that is somebody else. Many readers do not show it.
    Sender,
}

impl OriginatorField {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::From => "From",
            Self::Sender => "Sender",
        }
    }
}

/// Who a message says it is from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Originators {
    from: Option<Vec<String>>,
    sender: Option<Vec<String>>,
}

impl Originators {
    /// Reads From and Sender. Either of them twice is refused: a reader may be shown the one that was not compared.
    pub fn read(header: &Header) -> Result<Self, SmimeError> {
        let field = |field: OriginatorField| {
            let found = header.single(field.name())?;
            found
                .map(|found| {
                    addresses(&found.value(), MAX_ADDRESSES).ok_or(SmimeError::TooManyAddresses {
                        field: field.name(),
                        limit: MAX_ADDRESSES,
                    })
                })
                .transpose()
        };
        Ok(Self {
            from: field(OriginatorField::From)?,
            sender: field(OriginatorField::Sender)?,
        })
    }

    /// Whether the message does not say at all whom it is from.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.from.is_none() && self.sender.is_none()
    }

    /// The addresses of From, without display names; those of Sender where there is no From.
    #[must_use]
    pub fn addresses(&self) -> &[String] {
        self.from
            .as_ref()
            .or(self.sender.as_ref())
            .map_or(&[], Vec::as_slice)
    }

    /// Which field names an address that the certificate is made out to: From, else Sender (RFC 8550 section 3 lets either do). None
    /// where neither does, and where From is there without an address that can be read.
    #[must_use]
    pub fn named_in(&self, certificate: &Certificate) -> Option<OriginatorField> {
        let emails = certificate.emails();
        let names = |addresses: &Option<Vec<String>>| {
            addresses
                .iter()
                .flatten()
                .any(|address| emails.iter().any(|email| same(email, address)))
        };
        if names(&self.from) {
            Some(OriginatorField::From)
        } else if names(&self.sender) && self.from.as_ref().is_none_or(|from| !from.is_empty()) {
            Some(OriginatorField::Sender)
        } else {
            None
        }
    }
}

/// Whether two addresses are the same mailbox. Case is passed over on both sides of the at sign: by the letter of RFC 5321 it may
/// matter before it, but no mail system in use tells mailboxes apart by it.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The addresses in a list of mailboxes and groups (RFC 5322 section 3.4), each once; none if there are more than `limit`. Display names
/// and comments are passed over, so that an address in them is not taken for the sender's, and so is a mailbox with two addresses.
#[must_use]
pub fn addresses(list: &str, limit: usize) -> Option<Vec<String>> {
    let mut mailbox = Mailbox::default();
    let mut found: Vec<String> = Vec::new();
    let (mut comment, mut quoted, mut escaped) = (0_usize, false, false);
    for c in list.chars() {
        match c {
            _ if escaped => {
                escaped = false;
                if comment == 0 {
                    mailbox.push(c);
                }
            }
            '\\' if quoted || comment > 0 => escaped = true,
            '"' if comment == 0 => quoted = !quoted,
            c if quoted => mailbox.push(c),
            '(' => comment = comment.saturating_add(1),
            ')' => comment = comment.saturating_sub(1),
            _ if comment > 0 => {}
            '<' => mailbox.open(),
            '>' => mailbox.inside = false,
            ',' | ';' if !mailbox.inside => {
                if !keep(&mut found, std::mem::take(&mut mailbox), limit) {
                    return None;
                }
            }
            // The name of a group.
            ':' if !mailbox.inside => mailbox.plain.clear(),
            c => mailbox.push(c),
        }
    }
    keep(&mut found, mailbox, limit).then_some(found)
}

fn keep(found: &mut Vec<String>, mailbox: Mailbox, limit: usize) -> bool {
    if let Some(address) = mailbox.address()
        && !found.iter().any(|present| same(present, &address))
    {
        found.push(address);
    }
    found.len() <= limit
}

/// A mailbox under way.
#[derive(Default)]
struct Mailbox {
    plain: String,
    angled: Option<String>,
    inside: bool,
    ambiguous: bool,
}

impl Mailbox {
    fn open(&mut self) {
        self.ambiguous |= self.angled.is_some();
        self.inside = true;
        self.angled = Some(String::new());
    }

    fn push(&mut self, c: char) {
        if self.inside {
            self.angled.get_or_insert_default().push(c);
        } else {
            self.plain.push(c);
        }
    }

    fn address(self) -> Option<String> {
        let text = self.angled.unwrap_or(self.plain);
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        (text.contains('@') && text.len() <= MAX_ADDRESS && !self.ambiguous).then_some(text)
    }
}
