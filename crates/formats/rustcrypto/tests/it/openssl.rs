//! What OpenSSL signs in every form of RSA, and hand-made encodings that must not pass (Bleichenbacher at Crypto 2006, and the kin of that attack).

use std::path::PathBuf;
use std::process::Command;

use chancery_x509::{
    DigestAlgorithm, PssParameters, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm, VerifyError,
    asn1,
};
use tempfile::TempDir;

use crate::support::{hex, providers};

struct OpenSsl(TempDir);

impl OpenSsl {
    fn find() -> Option<Self> {
        match Command::new("openssl").arg("version").output() {
            Ok(output) if output.status.success() => Some(Self(TempDir::new().unwrap())),
            _ => {
                eprintln!("skipped: the openssl command is not installed");
                None
            }
        }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn run(&self, arguments: &str) {
        let output = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(self.0.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "openssl {arguments}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn read(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.path(file)).unwrap()
    }

    /// A new key in `key.pem`; gives the public one.
    fn new_key(&self, what: &str) -> Vec<u8> {
        self.run(&format!("genpkey {what} -out key.pem"));
        self.run("pkey -in key.pem -pubout -outform DER -out key.der");
        self.read("key.der")
    }

    fn sign(&self, digest: DigestAlgorithm, options: &str) -> Vec<u8> {
        std::fs::write(self.path("message"), b"message").unwrap();
        let digest = digest.name().replace('-', "").to_lowercase();
        self.run(&format!(
            "dgst -{digest} -sign key.pem{options} -out signature message"
        ));
        self.read("signature")
    }
}

#[test]
fn every_form_of_rsa_that_openssl_signs_verifies() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    // The second is a modulus whose length in bits is no multiple of eight.
    for bits in [1024, 1025, 2048] {
        let key = openssl.new_key(&format!("-algorithm RSA -pkeyopt rsa_keygen_bits:{bits}"));
        let mut forms = Vec::new();
        for digest in DigestAlgorithm::ALL {
            forms.push((SignatureAlgorithm::rsa_pkcs1(digest), String::new()));
            for mgf1 in [digest, DigestAlgorithm::Sha1, DigestAlgorithm::Sha256] {
                let longest = (bits - 1_usize).div_ceil(8) - digest.output_len() - 2;
                for salt in [0, 11, digest.output_len(), longest] {
                    if salt > longest {
                        continue;
                    }
                    let parameters = PssParameters {
                        digest,
                        mgf1,
                        salt_len: u16::try_from(salt).unwrap(),
                    };
                    let mgf1 = mgf1.name().replace('-', "").to_lowercase();
                    forms.push((
                        SignatureAlgorithm::RsaPss(parameters),
                        format!(
                            " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:{salt} -sigopt rsa_mgf1_md:{mgf1}"
                        ),
                    ));
                }
            }
        }
        // OpenSSL is started for each: of the small keys every third form is enough.
        let step = if bits == 2048 { 1 } else { 3 };
        for (algorithm, options) in forms.into_iter().step_by(step) {
            let signature = openssl.sign(algorithm.digest().unwrap(), &options);
            for (name, crypto) in providers() {
                let verify = |message: &[u8]| crypto.verify(algorithm, &key, message, &signature);
                let told = format!("{name} {bits} {algorithm:?}");
                assert_eq!(verify(b"message"), Ok(()), "{told}");
                assert_eq!(verify(b"massage"), Err(VerifyError::Mismatch), "{told}");
                if let SignatureAlgorithm::RsaPss(parameters) = algorithm {
                    let other = SignatureAlgorithm::RsaPss(PssParameters {
                        salt_len: parameters.salt_len + 1,
                        ..parameters
                    });
                    let outcome = crypto.verify(other, &key, b"message", &signature);
                    assert_eq!(outcome, Err(VerifyError::Mismatch), "{told}");
                }
            }
        }
    }
}

#[test]
fn a_key_for_pss_signs_what_its_parameters_allow() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    let key = openssl.new_key(
        "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256 \
         -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32",
    );
    let kind = PublicKeyInfo::from_der(&key).unwrap().kind();
    let parameters = PssParameters::with(DigestAlgorithm::Sha256);
    let expected = PublicKeyKind::RsaPss {
        bits: 2048,
        exponent: 65537,
        parameters: Some(parameters),
    };
    assert_eq!(kind, expected);
    let signature = openssl.sign(DigestAlgorithm::Sha256, " -sigopt rsa_pss_saltlen:32");
    for (name, crypto) in providers() {
        let verify = |algorithm| crypto.verify(algorithm, &key, b"message", &signature);
        assert_eq!(
            verify(SignatureAlgorithm::RsaPss(parameters)),
            Ok(()),
            "{name}"
        );
        for algorithm in [
            SignatureAlgorithm::RsaPkcs1Sha256,
            SignatureAlgorithm::RsaPss(PssParameters::with(DigestAlgorithm::Sha512)),
            SignatureAlgorithm::RsaPss(PssParameters {
                salt_len: 31,
                ..parameters
            }),
        ] {
            assert_eq!(verify(algorithm), Err(VerifyError::UnusableKey), "{name}");
        }
    }
}

/// RFC 8017 section 9.2 leaves one encoding for each message.
#[test]
fn odd_encodings_of_pkcs1_are_refused() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    let key = openssl
        .new_key("-algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3");
    let [(_, crypto), _] = providers();
    let digest = crypto.digest(DigestAlgorithm::Sha256, b"message");
    let info =
        |algorithm: &[u8], digest: &[u8]| asn1::sequence(&[algorithm, &asn1::octet_string(digest)]);
    let sha256 = DigestAlgorithm::Sha256;
    let right = info(&sha256.to_der_with_null(), &digest);
    let padded = |prefix: &[u8], fill: u8, info: &[u8]| {
        let filling = vec![fill; 256 - prefix.len() - 1 - info.len()];
        [prefix, &filling, &[0], info].concat()
    };
    let filled_short = |tail: &[u8]| {
        let head = [&[0, 1][..], &[0xff; 8], &[0], &right].concat();
        let rest = 256 - head.len() - tail.len();
        [&head[..], &vec![0; rest], tail].concat()
    };
    let mut long_length = right.clone();
    long_length.splice(1..2, [0x81, right[1]]);
    let odd = [
        // Garbage behind the digest; the padding short.
        filled_short(&[]),
        filled_short(&[0xff; 16]),
        padded(&[0, 1], 0xff, &[&right[..], &[0]].concat()),
        padded(
            &[0, 1],
            0xff,
            &info(&sha256.to_der_with_null(), &digest[1..]),
        ),
        padded(
            &[0, 1],
            0xff,
            &info(&DigestAlgorithm::Sha224.to_der_with_null(), &digest),
        ),
        padded(&[0, 1], 0xff, &digest),
        padded(&[0, 1], 0xff, &long_length),
        // Block type 2, zeros as filling, no leading zero.
        padded(&[0, 2], 0xff, &right),
        padded(&[0, 0], 0, &right),
        padded(&[0, 1], 0xfe, &right),
    ];
    // The private operation alone, which OpenSSL calls decryption.
    let sign = |encoded: &[u8]| {
        std::fs::write(openssl.path("encoded"), encoded).unwrap();
        openssl.run("pkeyutl -decrypt -inkey key.pem -pkeyopt rsa_padding_mode:none -in encoded -out signature");
        openssl.read("signature")
    };
    let good = sign(&padded(&[0, 1], 0xff, &right));
    let odd: Vec<_> = odd.iter().map(|encoded| sign(encoded)).collect();
    // Numbers that are no signature of anything: zero, one, the modulus.
    let modulus = PublicKeyInfo::from_der(&key)
        .unwrap()
        .rsa()
        .unwrap()
        .modulus
        .clone();
    let numbers = [
        vec![0; 256],
        [vec![0; 255], vec![1]].concat(),
        modulus,
        hex("00"),
        Vec::new(),
    ];
    for (name, crypto) in providers() {
        let verify = |signature: &[u8]| {
            crypto.verify(
                SignatureAlgorithm::RsaPkcs1Sha256,
                &key,
                b"message",
                signature,
            )
        };
        assert_eq!(verify(&good), Ok(()), "{name}");
        for (at, signature) in odd.iter().chain(&numbers).enumerate() {
            assert_eq!(verify(signature), Err(VerifyError::Mismatch), "{name} {at}");
        }
    }
}
