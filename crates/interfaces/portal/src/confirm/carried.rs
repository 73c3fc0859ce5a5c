//! A form on its way: what was sent stands in the page that asks for a proof, and goes on from there without being filled in again.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroize as _;

use crate::form::{CARRIED_FILE, File, Form, TOKEN, Upload};

/// Fields of the proof itself, which each page asks for anew.
const PREFIX: &str = "confirm-";

/// Most octets of files that a page carries; a certificate with its chain has some thousands.
const MOST: usize = 256 * 1024;

/// What a handler got.
pub(crate) trait Sent {
    fn form(&self) -> &Form;
    fn files(&self) -> &[File];
    /// Whether it came as `multipart/form-data`.
    const MULTIPART: bool;
}

impl Sent for Form {
    fn form(&self) -> &Form {
        self
    }

    fn files(&self) -> &[File] {
        &[]
    }

    const MULTIPART: bool = false;
}

impl Sent for Upload {
    fn form(&self) -> &Form {
        &self.form
    }

    fn files(&self) -> &[File] {
        &self.files
    }

    const MULTIPART: bool = true;
}

/// The hidden fields of the page.
#[derive(Clone)]
pub(crate) struct Carried {
    /// Where the form was sent, and goes on to.
    pub action: String,
    pub multipart: bool,
    pub fields: Vec<(String, String)>,
}

impl Carried {
    /// What was sent to `action`; none where it is too large for a page.
    pub(super) fn of<S: Sent>(sent: &S, action: &str) -> Option<Self> {
        let octets: usize = sent.files().iter().map(|file| file.octets.len()).sum();
        if octets > MOST {
            return None;
        }
        let mut fields: Vec<(String, String)> = sent
            .form()
            .fields()
            .filter(|(name, _)| *name != TOKEN && !name.starts_with(PREFIX))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let files = sent.files().iter().map(|file| {
            let parts = [file.field.as_bytes(), file.name.as_bytes(), &file.octets];
            let value = parts.map(|part| STANDARD.encode(part)).join(" ");
            (CARRIED_FILE.to_owned(), value)
        });
        fields.extend(files);
        Some(Self {
            action: action.to_owned(),
            multipart: S::MULTIPART,
            fields,
        })
    }
}

impl Drop for Carried {
    fn drop(&mut self) {
        for (_, value) in &mut self.fields {
            value.zeroize();
        }
    }
}

/// A file as a page carried it.
pub(crate) fn file(value: &str) -> Option<File> {
    let mut parts = value.split(' ').map(|part| STANDARD.decode(part).ok());
    let mut next = || parts.next().flatten();
    let (field, name, octets) = (next()?, next()?, next()?);
    let text = |octets| String::from_utf8(octets).ok();
    parts.next().is_none().then_some(File {
        field: text(field)?,
        name: text(name)?,
        octets,
    })
}

#[cfg(test)]
mod tests {
    use super::{Carried, MOST, file};
    use crate::form::{CARRIED_FILE, File, Form, Upload};

    fn upload(octets: Vec<u8>) -> Upload {
        let fields = [
            ("csrf", "x"),
            ("who", "a\"<b>"),
            ("confirm-password", "secret"),
            ("confirm-token", "{}"),
            ("box", "a"),
            ("box", "b"),
        ];
        let file = File {
            field: "file".to_owned(),
            name: "můj certifikát.cer".to_owned(),
            octets,
        };
        Upload {
            form: Form::filled(fields),
            files: vec![file],
        }
    }

    #[test]
    fn everything_goes_on_but_the_proof() {
        let carried = Carried::of(&upload(vec![0x30, 0, 0xff]), "/x").unwrap();
        let (last, typed) = carried.fields.split_last().unwrap();
        let names: Vec<&str> = typed.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["who", "box", "box"]);
        assert_eq!(last.0, CARRIED_FILE);
        let back = file(&last.1).unwrap();
        assert_eq!(
            (back.field.as_str(), back.name.as_str(), back.octets),
            ("file", "můj certifikát.cer", vec![0x30, 0, 0xff])
        );
        assert!(Carried::of(&upload(vec![0; MOST + 1]), "/x").is_none());
    }

    #[test]
    fn what_no_page_carried_is_no_file() {
        for text in [
            "",
            "a",
            "YQ== YQ==",
            "YQ== YQ== YQ== YQ==",
            "/w== YQ== YQ==",
            "YQ== YQ== *",
        ] {
            assert!(file(text).is_none(), "{text}");
        }
    }
}
