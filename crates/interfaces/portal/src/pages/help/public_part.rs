//! How the certificate alone leaves a system or a program, for those who are to recognise its holder.

use super::{
    export,
    guide::{
        Guide,
        Part::{Problems, See, Shown, Text},
        Section, Step,
    },
    pictures::{firefox, macos, windows},
};

/// The certificate without its key.
pub(super) static PUBLIC_PART: Guide = Guide {
    slug: "public-part",
    icon: "certificate",
    sections: &[
        Section {
            heading: "help-public-what",
            parts: &[Text("help-public-what-text")],
        },
        Section {
            heading: "help-public-windows",
            parts: &[
                Text("help-public-windows-text"),
                Shown(&[
                    Step::see("help-public-windows-start", &windows::MENU),
                    Step::see("help-public-windows-key", &windows::WITHOUT_KEY),
                    Step::see("help-public-windows-format", &windows::FORMAT_PUBLIC),
                    Step::see("help-public-windows-file", &windows::FILE_PUBLIC),
                ]),
            ],
        },
        Section {
            heading: "help-public-macos",
            parts: &[Shown(&[
                Step::see("help-public-macos-start", &macos::MENU),
                Step::see("help-public-macos-format", &macos::SAVE_PUBLIC),
            ])],
        },
        Section {
            heading: "help-public-firefox",
            parts: &[Shown(&[
                Step::see("help-public-firefox-view", &firefox::VIEW),
                Step::see("help-public-firefox-download", &firefox::DOWNLOAD),
            ])],
        },
        Section {
            heading: "help-public-file",
            parts: &[Shown(&[
                Step::enter(
                    "help-public-file-openssl",
                    "openssl pkcs12 -in certificate.p12 \\\n    -clcerts -nokeys -out certificate.pem",
                ),
                Step::enter(
                    "help-public-file-der",
                    "openssl x509 -in certificate.pem \\\n    -outform DER -out certificate.cer",
                ),
                Step::enter(
                    "help-public-file-look",
                    "openssl x509 -in certificate.pem -noout \\\n    -subject -serial -fingerprint -sha256",
                ),
            ])],
        },
        Section {
            heading: "help-problems",
            parts: &[
                Problems(&[
                    ("help-public-password", "help-public-password-then"),
                    ("help-public-wrong", "help-public-wrong-then"),
                    ("help-public-legacy", "help-public-legacy-then"),
                ]),
                See(&[&export::WINDOWS, &export::MACOS, &export::FIREFOX]),
            ],
        },
    ],
};
