use std::{fs, path::Path};

use crate::node;

/// A module with one test: prints `output`, then panics with `failure` if there is one. Texts and places are short, so that every
/// number is one octet of LEB128.
fn module(output: &str, failure: Option<&str>) -> Vec<u8> {
    const TYPES: &[u8] = b"\x03\x60\x00\x01\x7f\x60\x03\x7f\x7f\x7f\x00\x60\x02\x7f\x7f\x01\x7f";
    const IMPORTS: &[u8] = b"\x02\x04host\x06wanted\x00\x00\x04host\x04tell\x00\x01";
    const EXPORTS: &[u8] = b"\x02\x06memory\x02\x00\x04main\x00\x02";
    let tell = |kind: u8, at: u8, text: &str| {
        let length = u8::try_from(text.len()).unwrap();
        assert!(length < 0x40);
        vec![0x41, kind, 0x41, at, 0x41, length, 0x10, 0x01]
    };
    let mut memory = vec![0; 0x40];
    memory[..4].copy_from_slice(b"test");
    memory[0x08..0x08 + output.len()].copy_from_slice(output.as_bytes());
    // No locals; if wanted() < 0.
    let mut code = b"\x00\x10\x00\x41\x00\x48\x04\x40".to_vec();
    code.extend(tell(0, 0, "test"));
    code.push(0x05);
    code.extend(tell(1, 0x08, output));
    if let Some(failure) = failure {
        memory[0x18..0x18 + failure.len()].copy_from_slice(failure.as_bytes());
        code.extend(tell(2, 0x18, failure));
        code.push(0x00);
    }
    code.extend(b"\x0b\x41\x00\x0b");
    let sized = |octets: &[u8]| [&[u8::try_from(octets.len()).unwrap()], octets].concat();
    let sections = [
        (1, TYPES.to_vec()),
        (2, IMPORTS.to_vec()),
        (3, vec![1, 2]),
        (5, vec![1, 0, 1]),
        (7, EXPORTS.to_vec()),
        (10, [&[1][..], &sized(&code)].concat()),
        (11, [&b"\x01\x00\x41\x00\x0b"[..], &sized(&memory)].concat()),
    ];
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    for (id, content) in sections {
        wasm.push(id);
        wasm.extend(sized(&content));
    }
    wasm
}

#[test]
fn only_what_wasm_lacks_excuses_a_panic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let file = std::env::temp_dir().join(format!("host-{}.wasm", std::process::id()));
    for (output, failure, code, told) in [
        ("", None, 0, "1 tests passed"),
        ("skipped: x\n", None, 2, "1 were skipped"),
        (
            "",
            Some("no filesystem on this platform"),
            2,
            "1 were skipped",
        ),
        ("", Some("wrong"), 1, "1 failed"),
        ("skipped: x\n", Some("wrong"), 1, "1 failed"),
    ] {
        fs::write(&file, module(output, failure)).unwrap();
        let ran = node::command(root, "node")
            .arg(root.join("xtask/src/wasm/host.mjs"))
            .arg(&file)
            .output();
        let Ok(ran) = ran else {
            eprintln!("skipped: node is not on this machine (make setup-test installs it)");
            break;
        };
        let said = String::from_utf8_lossy(&ran.stdout);
        assert_eq!(
            ran.status.code(),
            Some(code),
            "{output:?} {failure:?} {ran:?}"
        );
        assert!(said.contains(told), "{said}");
    }
    let _ = fs::remove_file(file);
}
