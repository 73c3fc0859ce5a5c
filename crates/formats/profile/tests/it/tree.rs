//! A to-be-signed certificate as a tree of DER elements that a test can bend in any way and write again.

use chancery_x509::{ObjectIdentifier, asn1};

/// One element; constructed ones have children, primitive ones content.
#[derive(Clone, Debug)]
pub struct Node {
    pub tag: u8,
    pub content: Vec<u8>,
    pub children: Vec<Node>,
}

impl Node {
    pub fn primitive(tag: u8, content: &[u8]) -> Self {
        Self {
            tag,
            content: content.to_vec(),
            children: Vec::new(),
        }
    }

    /// The one element that the octets are.
    pub fn parse(der: &[u8]) -> Self {
        let mut all = Self::parse_all(der);
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    fn parse_all(der: &[u8]) -> Vec<Self> {
        let mut reader = asn1::Reader::new(der, "tree");
        let mut nodes = Vec::new();
        while !reader.is_empty() {
            let (tag, content) = reader.any("tree").unwrap();
            let constructed = tag & 0x20 != 0;
            nodes.push(Self {
                tag,
                content: if constructed {
                    Vec::new()
                } else {
                    content.to_vec()
                },
                children: if constructed {
                    Self::parse_all(content)
                } else {
                    Vec::new()
                },
            });
        }
        nodes
    }

    pub fn to_der(&self) -> Vec<u8> {
        if self.tag & 0x20 == 0 {
            return asn1::tlv(self.tag, &self.content);
        }
        let children: Vec<Vec<u8>> = self.children.iter().map(Self::to_der).collect();
        asn1::tlv(self.tag, &children.concat())
    }

    fn is_about(&self, oid: &str) -> bool {
        let oid = ObjectIdentifier::new_unwrap(oid);
        self.children
            .first()
            .is_some_and(|first| first.tag == 6 && first.content == oid.as_bytes())
    }
}

/// The parts of the certificate by name.
pub struct Tbs(pub Node);

const ISSUER: usize = 3;
const VALIDITY: usize = 4;
const SUBJECT: usize = 5;
const KEY: usize = 6;
const EXTENSIONS: usize = 7;

impl Tbs {
    pub fn parse(der: &[u8]) -> Self {
        Self(Node::parse(der))
    }

    pub fn version(&mut self) -> &mut Node {
        &mut self.0.children[0].children[0]
    }

    pub fn serial(&mut self) -> &mut Node {
        &mut self.0.children[1]
    }

    pub fn signature(&mut self) -> &mut Node {
        &mut self.0.children[2]
    }

    pub fn issuer(&mut self) -> &mut Node {
        &mut self.0.children[ISSUER]
    }

    /// `notBefore` is 0, `notAfter` 1.
    pub fn time(&mut self, which: usize) -> &mut Node {
        &mut self.0.children[VALIDITY].children[which]
    }

    pub fn subject(&mut self) -> &mut Node {
        &mut self.0.children[SUBJECT]
    }

    pub fn key(&mut self) -> &mut Node {
        &mut self.0.children[KEY]
    }

    /// Puts an RSA key of these numbers in.
    pub fn rsa_key(&mut self, modulus: &[u8], exponent: &[u8]) {
        let key = asn1::sequence(&[&asn1::integer(modulus), &asn1::integer(exponent)]);
        let algorithm = asn1::sequence(&[
            &asn1::oid(&chancery_x509::oid::RSA_ENCRYPTION),
            &asn1::null(),
        ]);
        *self.key() = Node::parse(&asn1::sequence(&[&algorithm, &asn1::bit_string(&key)]));
    }

    /// The key, which is an RSA key, as one for RSASSA-PSS alone.
    pub fn pss_key(&mut self, modulus: &[u8]) {
        self.rsa_key(modulus, &[1, 0, 1]);
        let algorithm = asn1::sequence(&[&asn1::oid(&chancery_x509::oid::RSASSA_PSS)]);
        self.key().children[0] = Node::parse(&algorithm);
    }

    /// The value of the first attribute of this type in the subject.
    pub fn attribute(&mut self, oid: &str) -> &mut Node {
        let rdns = self.subject().children.iter_mut();
        let attribute = rdns
            .flat_map(|rdn| &mut rdn.children)
            .find(|attribute| attribute.is_about(oid))
            .unwrap();
        &mut attribute.children[1]
    }

    pub fn set_attribute(&mut self, oid: &str, value: &str) {
        self.attribute(oid).content = value.as_bytes().to_vec();
    }

    pub fn remove_attribute(&mut self, oid: &str) {
        let before = self.subject().children.len();
        self.subject()
            .children
            .retain(|rdn| !rdn.children[0].is_about(oid));
        assert!(
            self.subject().children.len() < before,
            "{oid} was not there"
        );
    }

    /// Adds an attribute as `UTF8String`, or as `PrintableString` where `printable`.
    pub fn add_attribute(&mut self, oid: &str, value: &str, printable: bool) {
        let value = if printable {
            asn1::printable_string(value)
        } else {
            asn1::utf8_string(value)
        };
        let attribute = asn1::sequence(&[&asn1::oid(&ObjectIdentifier::new_unwrap(oid)), &value]);
        self.subject()
            .children
            .push(Node::parse(&asn1::set_of(vec![attribute])));
    }

    pub fn extensions(&mut self) -> &mut Vec<Node> {
        &mut self.0.children[EXTENSIONS].children[0].children
    }

    /// The extension, a SEQUENCE of identifier, perhaps criticality, and value.
    pub fn extension(&mut self, oid: &str) -> &mut Node {
        self.extensions()
            .iter_mut()
            .find(|extension| extension.is_about(oid))
            .unwrap()
    }

    /// Replaces the value of an extension.
    pub fn set_extension(&mut self, oid: &str, value: &[u8]) {
        self.extension(oid).children.last_mut().unwrap().content = value.to_vec();
    }

    pub fn add_extension(&mut self, oid: &str, value: &[u8]) {
        let oid = asn1::oid(&ObjectIdentifier::new_unwrap(oid));
        let extension = asn1::sequence(&[&oid, &asn1::octet_string(value)]);
        self.extensions().push(Node::parse(&extension));
    }

    pub fn remove_extension(&mut self, oid: &str) {
        let before = self.extensions().len();
        self.extensions()
            .retain(|extension| !extension.is_about(oid));
        assert!(self.extensions().len() < before, "{oid} was not there");
    }

    pub fn set_critical(&mut self, oid: &str, critical: bool) {
        let extension = self.extension(oid);
        extension.children.retain(|child| child.tag != 1);
        if critical {
            extension.children.insert(1, Node::primitive(1, &[0xff]));
        }
    }
}
