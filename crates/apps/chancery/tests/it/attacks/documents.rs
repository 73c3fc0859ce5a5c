//! Pages, scripts and archives sent as documents, and how real documents leave.

use super::world::{Belongings, JANA, OFFICER, PIOTR, Sandbox, ids};
use crate::support::http::Browser;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";

/// A PNG whose chunks are whole, with this behind its data.
fn png(comment: &[u8], behind: &[u8]) -> Vec<u8> {
    let mut image = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8], data: &[u8]| {
        image.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        image.extend_from_slice(name);
        image.extend_from_slice(data);
        image.extend_from_slice(&[0; 4]);
    };
    chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    if !comment.is_empty() {
        chunk(b"tEXt", comment);
    }
    chunk(b"IDAT", b"x");
    chunk(b"IEND", b"");
    image.extend_from_slice(behind);
    image
}

/// An order of this person's that takes documents.
fn open_order(browser: &mut Browser) -> String {
    ids(&browser.get("/orders").text(), "/orders/")
        .into_iter()
        .map(|id| format!("/orders/{id}/documents"))
        .find(|path| browser.get(path).text().contains("document-other"))
        .unwrap()
}

#[test]
fn what_is_no_document_is_not_kept() {
    let sandbox = Sandbox::start();
    let mut piotr = sandbox.as_person(PIOTR);
    let path = open_order(&mut piotr);
    let before = Belongings::of(&mut piotr).documents;
    let page: &[u8] = b"<!doctype html><html><script>alert(1)</script></html>";
    let svg: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    let pdf_with = |middle: &[u8]| [&PDF[..9], middle, &PDF[9..]].concat();
    let jpeg =
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0<html><script>alert(1)</script>";
    let zip = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    for (name, content) in [
        ("page.html", page.to_vec()),
        ("page.pdf", page.to_vec()),
        ("page.PNG", page.to_vec()),
        ("image.svg", svg.to_vec()),
        ("image.png", svg.to_vec()),
        ("image.pdf", [b"<?xml version=\"1.0\"?>\n", svg].concat()),
        ("script.js", b"alert(1)".to_vec()),
        ("image.gif", b"GIF89a/*\0\0*/=1;alert(1)".to_vec()),
        ("program.pdf", b"MZ\x90\0".to_vec()),
        ("shell.pdf", b"#!/bin/sh\nid\n".to_vec()),
        ("page before.pdf", [page, PDF].concat()),
        ("page behind.pdf", [PDF, page].concat()),
        ("page inside.pdf", pdf_with(page)),
        ("svg inside.pdf", pdf_with(svg)),
        (
            "archive.pdf",
            [&PDF[..PDF.len() - 6], &zip[..], b"\n%%EOF\n"].concat(),
        ),
        (
            "script.pdf",
            pdf_with(b"2 0 obj <</S /JavaScript /JS (app.alert(1))>> endobj\n"),
        ),
        (
            "hidden script.pdf",
            pdf_with(b"2 0 obj <</S /J#61va#53cript /JS (app.alert(1))>> endobj\n"),
        ),
        (
            "rendition.pdf",
            pdf_with(b"2 0 obj <</S /Rendition /OP 0 /JS (app.alert(1))>> endobj\n"),
        ),
        (
            "launch.pdf",
            pdf_with(b"2 0 obj <</S /Launch /F (cmd.exe)>> endobj\n"),
        ),
        ("page behind.png", png(b"", page)),
        ("page inside.png", png(&[b"Comment\0", page].concat(), b"")),
        ("archive behind.png", png(b"", zip)),
        ("page.jpg", jpeg.to_vec()),
        ("cut.pdf", PDF[..20].to_vec()),
        ("cut.png", png(b"", b"")[..30].to_vec()),
        ("nothing.pdf", Vec::new()),
        ("zero.pdf", vec![0; 1000]),
        (
            "utf-16.pdf",
            [
                b"\xff\xfe".to_vec(),
                page.iter().flat_map(|octet| [*octet, 0]).collect(),
            ]
            .concat(),
        ),
        (
            "large.pdf",
            [PDF[..9].to_vec(), vec![b' '; 10 << 20], PDF[9..].to_vec()].concat(),
        ),
    ] {
        let answer = piotr.upload(&path, &[], &[("document-other", name, &content)]);
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert!(
            answer.text().contains("id=\"problems\""),
            "{name}: {}",
            answer.text()
        );
    }
    // Claims that the content does not bear out, and lines of the product's that are not there.
    for field in [
        "document-",
        "document-../../x",
        "document-<b>",
        "document-no-such-line",
    ] {
        let answer = piotr.upload(&path, &[], &[(field, "a.pdf", PDF)]);
        assert_eq!(answer.status, 404, "{field}: {}", answer.text());
    }
    assert_eq!(Belongings::of(&mut piotr).documents, before);
}

#[test]
fn a_document_leaves_as_what_it_is_and_can_do_nothing() {
    let sandbox = Sandbox::start();
    let mut piotr = sandbox.as_person(PIOTR);
    let path = open_order(&mut piotr);
    let image = png(b"", b"");
    let files: [(&str, &str, &[u8]); 8] = [
        ("document-other", "page.html", PDF),
        ("document-other", "image.svg", &image),
        ("document-other", "a%22; filename=%22b.html", PDF),
        ("document-other", "a%0D%0ASet-Cookie: x=1.pdf", PDF),
        ("document-other", "..\\..\\autoexec.bat", PDF),
        ("document-other", "<img src=x onerror=alert(1)>.pdf", PDF),
        ("document-other", "report\u{202e}fdp.exe", PDF),
        ("document-other", "\u{200b}.pdf", PDF),
    ];
    let answer = piotr.upload(&path, &[], &files);
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = piotr.get(&path).text();
    for harm in ["<img src=x", "\u{202e}", "\u{200b}", "Set-Cookie: x=1"] {
        assert!(!page.contains(harm), "{harm:?} is in the page");
    }
    // What no browser writes is no form.
    for name in ["a\u{0}.pdf", "a\u{7}.pdf"] {
        let answer = piotr.upload(&path, &[], &[("document-other", name, PDF)]);
        assert_eq!(answer.status, 400, "{name:?}");
    }
    let documents = ids(&page, "/documents/");
    assert!(documents.len() >= files.len(), "{documents:?}");
    for id in documents {
        let answer = piotr.get(&format!("/documents/{id}"));
        assert_eq!(answer.status, 200);
        let kind = answer.header("content-type");
        assert!(
            ["application/pdf", "image/png", "image/jpeg"].contains(&kind),
            "{kind}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("sandbox; default-src 'none'"),
            "{policy}"
        );
        assert!(
            !policy.contains("allow-") && !policy.contains("script-src"),
            "{policy}"
        );
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(
            answer
                .headers
                .iter()
                .filter(|(name, _)| name == "content-security-policy")
                .count(),
            1
        );
        let disposition = answer.header("content-disposition");
        let plain = disposition.split('"').nth(1).unwrap_or_default();
        let extension = if kind == "application/pdf" {
            ".pdf"
        } else {
            ".png"
        };
        assert!(plain.ends_with(extension), "{disposition}");
        assert!(!plain.contains(['/', '\\', '<', '%']), "{disposition}");
        assert!(
            disposition.is_ascii() && disposition.matches('"').count() == 2,
            "{disposition}"
        );
        assert_eq!(answer.cookies().count(), 0, "{disposition}");
    }
}

#[test]
fn a_document_asks_who_looks_each_time() {
    let sandbox = Sandbox::start();
    let mut jana = sandbox.as_person(JANA);
    let document = format!("/documents/{}", Belongings::of(&mut jana).documents[0]);
    assert_eq!(sandbox.as_person(OFFICER).get(&document).status, 200);
    for address in [
        document.clone(),
        format!("{document}?download=1"),
        format!("{document}.pdf"),
        document
            .to_ascii_uppercase()
            .replace("/DOCUMENTS", "/documents"),
        document.replace("/documents/", "/documents//"),
    ] {
        let answer = sandbox.browser().get(&address);
        assert!(
            [303, 404].contains(&answer.status),
            "{address}: {}",
            answer.status
        );
    }
    jana.post("/logout", &[]);
    assert_eq!(jana.get(&document).status, 303);
}
