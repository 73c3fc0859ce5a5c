//! Signing, for `chancery bench cms`.

use std::hint::black_box;

use chancery_cms::signed::{
    AttributeOptions, SignStep, SignedDataOptions, SignedDataWriter, SignerOptions,
};
use chancery_keys::{AwsLc, SecretKey, SoftwareKey};
use chancery_x509::{Certificate, KeyNeed, SignatureAlgorithm};

use super::{Figure, measure, party::NOW};
use crate::failure::Failure;

fn refused(error: &dyn std::error::Error) -> Failure {
    Failure::because("the measurement", error)
}

/// Signs a kilobyte with everything that protects a signature, beside the RSA operation in it. The signature made is verified before it
/// leaves, which is part of the work.
pub fn short(
    name: &str,
    key: &SoftwareKey,
    certificate: &Certificate,
    seconds: u32,
) -> Result<Figure, Failure> {
    let work = || {
        let signer = SignerOptions {
            certificate: certificate.clone(),
            algorithm: SignatureAlgorithm::RsaPkcs1Sha256,
            by_key_identifier: false,
            attributes: Some(AttributeOptions::at(NOW)),
        };
        let options = SignedDataOptions {
            certificates: vec![certificate.clone()],
            ..SignedDataOptions::default()
        };
        let mut out = Vec::new();
        let mut writer = SignedDataWriter::new(vec![signer], options, &AwsLc)
            .map_err(|error| refused(&error))?;
        writer
            .content(&[0; 1_000], &mut out)
            .map_err(|error| refused(&error))?;
        let (mut signing, mut step) = writer.finish().map_err(|error| refused(&error))?;
        while let SignStep::Need { need, .. } = &step {
            let signature = key.answer(need).map_err(|error| refused(&error))?;
            step = signing
                .resume(&signature)
                .map_err(|error| refused(&error))?;
        }
        black_box((out, step));
        Ok(())
    };
    let asked = KeyNeed::Sign {
        algorithm: SignatureAlgorithm::RsaPkcs1Sha256,
        message: vec![0; 300],
    };
    let bare = || {
        black_box(key.answer(&asked).map_err(|error| refused(&error))?);
        Ok(())
    };
    measure(name, seconds, work, bare)
}
