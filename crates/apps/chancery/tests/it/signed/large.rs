//! `chancery smime` with mail of any size.

use std::{
    fs,
    io::{BufWriter, Write},
    path::Path,
    process::Command,
};

use super::{command, community, openssl};
use crate::support::{Printed, file, run};

/// Octets of text in a letter: more than a command may hold.
const SIZE: usize = 22 << 20;
/// KiB of data that a command may hold, threads and libraries included.
const ALLOWED: usize = 20 << 10;

/// Runs a command of the shell's, `chancery` in it with little memory.
#[track_caller]
fn limited(path: &Path, words: &str) -> Printed {
    let words = words.replace("chancery", env!("CARGO_BIN_EXE_chancery"));
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("ulimit -d {ALLOWED}; {words}")])
        .current_dir(path);
    run(&mut command, 0)
}

fn octets(path: &Path, name: &str) -> usize {
    let length = fs::metadata(path.join(name)).unwrap().len();
    usize::try_from(length).unwrap()
}

#[test]
fn mail_of_any_size_needs_little_memory() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    let mut letter = BufWriter::new(fs::File::create(path.join("letter")).unwrap());
    letter
        .write_all(b"From: jana@example.com\nSubject: Large\nContent-Type: text/plain\n\n")
        .unwrap();
    let line = [&[b'x'; 899][..], b"\n"].concat();
    let lines = SIZE / line.len();
    for _ in 0..lines {
        letter.write_all(&line).unwrap();
    }
    letter.into_inner().unwrap();
    // Each line end becomes two octets.
    let body = lines * (line.len() + 1);

    let trusted = "--CAfile root.pem --crl root.crl";
    let who = "--signer jana.pem --inkey jana.key";
    for (at, words) in ["", "--nodetach"].into_iter().enumerate() {
        limited(
            path,
            &format!("chancery smime sign --in letter --out s{at} {who} {words}"),
        );
        limited(
            path,
            &format!("chancery smime verify --in s{at} --out v{at} {trusted}"),
        );
        let entity = octets(path, &format!("v{at}"));
        assert!((body..body + 100).contains(&entity), "{entity}");
        fs::remove_file(path.join(format!("v{at}"))).unwrap();
    }
    openssl(path, "smime -verify -in s0 -CAfile root.pem -out back");
    assert!(octets(path, "back") >= body);
    limited(path, "chancery smime encrypt --in letter --out e jana.pem");
    limited(
        path,
        "chancery smime decrypt --in e --out d --inkey jana.key",
    );
    let entity = octets(path, "d");
    assert!((body..body + 100).contains(&entity), "{entity}");
}

#[test]
fn mail_comes_by_standard_input_too() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    file(path, "text", "Příliš žluťoučký\nkůň.\n");
    limited(
        path,
        "chancery smime sign --text --from jana@example.com --signer jana.pem --inkey jana.key < text > signed.eml",
    );
    limited(
        path,
        "cat signed.eml | chancery smime verify --CAfile root.pem --crl root.crl --out - > entity",
    );
    let entity = fs::read_to_string(path.join("entity")).unwrap();
    assert!(
        entity.starts_with("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nP=C5=99=C3=ADli=C5=A1 "),
        "{entity}"
    );
    limited(
        path,
        "chancery smime encrypt jana.pem < signed.eml | chancery smime decrypt --recip jana.pem --inkey jana.key > opened",
    );
    assert!(
        fs::read_to_string(path.join("opened"))
            .unwrap()
            .starts_with("Content-Type: multipart/signed")
    );
    file(path, "latin", b"P\xf8\xedli\xb9\n");
    let words = "smime sign --text --in latin --signer jana.pem --inkey jana.key";
    let printed = run(&mut command(path, words), 1);
    assert!(printed.stderr.contains("UTF-8"), "{}", printed.stderr);
}
