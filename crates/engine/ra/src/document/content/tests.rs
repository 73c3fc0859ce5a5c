use super::{ContentError, examine};
use crate::document::DocumentKind;
use crate::document::samples::{JPEG, PDF, PNG};

fn with(base: &[u8], tail: &[u8]) -> Vec<u8> {
    [base, tail].concat()
}

/// The PDF with something put before its end.
fn pdf_holding(inside: &[u8]) -> Vec<u8> {
    let at = PDF.len() - b"%%EOF\n".len();
    [&PDF[..at], inside, &PDF[at..]].concat()
}

/// The PNG with a text chunk behind its header.
fn png_holding(text: &[u8]) -> Vec<u8> {
    let after_header = 8 + 25;
    let mut chunk = u32::try_from(text.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend_from_slice(b"tEXt");
    chunk.extend_from_slice(text);
    chunk.extend_from_slice(&[0; 4]);
    [&PNG[..after_header], &chunk, &PNG[after_header..]].concat()
}

#[test]
fn the_three_kinds_are_known() {
    assert_eq!(examine(PDF), Ok(DocumentKind::Pdf));
    assert_eq!(examine(PNG), Ok(DocumentKind::Png));
    assert_eq!(examine(JPEG), Ok(DocumentKind::Jpeg));
    assert_eq!(
        examine(&png_holding(b"Comment\0plain")),
        Ok(DocumentKind::Png)
    );
    assert_eq!(examine(&with(PDF, b"\r\n \n")), Ok(DocumentKind::Pdf));
    assert_eq!(
        examine(&pdf_holding(
            b"<x:xmpmeta><rdf:RDF></rdf:RDF></x:xmpmeta>\n"
        )),
        Ok(DocumentKind::Pdf),
        "metadata are not a page"
    );
    assert_eq!(
        examine(&pdf_holding(
            b"<</RC (<?xml version=\"1.0\"?><body xmlns=\"x\"><p>see here</p></body>)>>\n"
        )),
        Ok(DocumentKind::Pdf),
        "nor are comments"
    );
    assert_eq!(
        examine(&with(JPEG, JPEG)),
        Ok(DocumentKind::Jpeg),
        "a preview behind the image"
    );
}

#[test]
fn other_files_are_refused() {
    let others: [&[u8]; 9] = [
        b"",
        b"%PDF",
        b"<!doctype html><script>alert(1)</script>",
        b"\n%PDF-1.7\n%%EOF",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\0",
        b"PK\x03\x04",
        b"GIF89a",
        b"#!/bin/sh\n%PDF-1.7\n%%EOF",
    ];
    for content in others {
        assert_eq!(
            examine(content),
            Err(ContentError::NotADocument),
            "{content:?}"
        );
    }
}

#[test]
fn a_page_under_a_pdf_header_is_refused() {
    let polyglot = Err(ContentError::Polyglot {
        kind: DocumentKind::Pdf,
    });
    for inside in [
        &b"<script>alert(1)</script>\n"[..],
        b"<HtMl\n>",
        b"<!DOCTYPE html>",
        b"<svg/onload=alert(1)>",
        b"<?php system($_GET[0]); ?>",
    ] {
        assert_eq!(
            examine(&pdf_holding(inside)),
            polyglot,
            "{}",
            inside.escape_ascii()
        );
    }
    assert_eq!(
        examine(b"%PDF-1.7\n<html><body>pay here</body></html>"),
        Err(ContentError::Damaged {
            kind: DocumentKind::Pdf
        })
    );
}

#[test]
fn a_pdf_that_acts_is_refused() {
    for inside in [
        &b"1 0 obj <</S /JavaScript /JS (app.alert(1))>> endobj\n"[..],
        b"1 0 obj <</S/J#61vaScr#69pt>> endobj\n",
        b"1 0 obj <</S/Launch/F(cmd.exe)>> endobj\n",
    ] {
        assert_eq!(
            examine(&pdf_holding(inside)),
            Err(ContentError::Active),
            "{}",
            inside.escape_ascii()
        );
    }
    assert!(examine(&pdf_holding(b"<</Type /LaunchPad>>\n")).is_ok());
}

#[test]
fn an_image_with_a_page_or_archive_is_refused() {
    let png = Err(ContentError::Polyglot {
        kind: DocumentKind::Png,
    });
    assert_eq!(
        examine(&png_holding(b"Comment\0<script>alert(1)</script>")),
        png
    );
    let jpeg = Err(ContentError::Polyglot {
        kind: DocumentKind::Jpeg,
    });
    assert_eq!(examine(&with(JPEG, b"<html>")), jpeg);
    let archive = with(b"PK\x05\x06", &[0; 18]);
    assert_eq!(examine(&with(JPEG, &archive)), jpeg);
}

#[test]
fn whatever_is_cut_off_is_refused() {
    for (whole, kind) in [(PNG, DocumentKind::Png), (JPEG, DocumentKind::Jpeg)] {
        for length in 8..whole.len() {
            assert_eq!(
                examine(&whole[..length]),
                Err(ContentError::Damaged { kind }),
                "{length} of {}",
                whole.len()
            );
        }
    }
    assert_eq!(
        examine(&with(PNG, b"x")),
        Err(ContentError::Damaged {
            kind: DocumentKind::Png
        }),
        "nothing may follow IEND"
    );
    assert_eq!(
        examine(&PDF[..PDF.len() - 3]),
        Err(ContentError::Damaged {
            kind: DocumentKind::Pdf
        })
    );
}

#[test]
fn a_pixel_bomb_is_refused() {
    let mut bomb = PNG.to_vec();
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    assert!(matches!(
        examine(&bomb),
        Err(ContentError::TooManyPixels {
            width: 65535,
            height: 65535,
            ..
        })
    ));
}
