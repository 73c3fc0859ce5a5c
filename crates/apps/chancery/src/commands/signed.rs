//! Signing and verifying for `chancery cms` and `chancery smime`.

mod report;
mod sign;
mod stamp;
mod trust;
mod verify;

pub use report::Findings;
pub use sign::{Signers, refused};
pub use trust::Trust;
pub use verify::judge;

use chancery_cms::signed::{ContentDigester, SignedDataOptions, SignedDataReader, SignedEvent};
use chancery_cms::stream::Limits;
use chancery_keys::AwsLc;

use crate::{
    cli::{CmsSign, CmsVerify},
    failure::Failure,
    streams::{Form, Source, Target},
};

/// `chancery cms sign`.
pub fn sign(words: &CmsSign) -> Result<(), Failure> {
    let signers = Signers::read(&words.how)?;
    let (mut source, size) = Source::content(words.input.as_deref())?;
    let mut target = Target::structure(words.out.as_deref(), words.outform)?;
    let options = SignedDataOptions {
        detached: !words.nodetach,
        content_length: size.filter(|_| !words.stream),
        ..SignedDataOptions::default()
    };
    let mut writer = signers.writer(options)?;
    let mut out = Vec::new();
    while let Some(piece) = source.next()? {
        writer
            .content(piece, &mut out)
            .map_err(|error| refused(&error))?;
        target.write(&out)?;
        out.clear();
    }
    target.write(&signers.finish(writer)?)?;
    target.keep()
}

/// `chancery cms verify`.
pub fn verify(words: &CmsVerify) -> Result<(), Failure> {
    let mut source = Source::structure(words.input.as_deref(), words.inform)?;
    let mut target = match &words.out {
        Some(path) => Some(Target::structure(Some(path), Form::Der)?),
        None => None,
    };
    let place = words.input.as_ref().map_or_else(
        || "the message".to_owned(),
        |path| path.display().to_string(),
    );
    let unreadable = |error| Failure::because(&place, &error);
    let mut reader = SignedDataReader::new(Limits::default(), &AwsLc);
    while let Some(mut piece) = source.next()? {
        while let Some(event) = reader.next(&mut piece).map_err(unreadable)? {
            if let (SignedEvent::Content(content), Some(target)) = (event, &mut target) {
                target.write(content)?;
            }
        }
    }
    let signed = reader.finish().map_err(unreadable)?;
    let detached = match &words.content {
        Some(path) if signed.content().is_none() => {
            let mut digester = ContentDigester::new(signed.digests(), &AwsLc);
            let (mut content, _) = Source::content(Some(path))?;
            while let Some(piece) = content.next()? {
                digester.update(piece);
                if let Some(target) = &mut target {
                    target.write(piece)?;
                }
            }
            Some(digester.finish())
        }
        Some(path) => {
            return Err(Failure::usage(format!(
                "the message holds its content; {} is not looked at",
                path.display()
            ))
            .hint("leave out --content"));
        }
        None => None,
    };
    let trust = Trust::read(&words.how)?;
    let findings = judge(&signed, detached.as_ref(), None, &words.how, &trust);
    findings.print(
        &words.how,
        words
            .out
            .as_deref()
            .is_some_and(|path| path.as_os_str() == "-"),
    )?;
    findings.refuse()?;
    target.map_or(Ok(()), Target::keep)
}
