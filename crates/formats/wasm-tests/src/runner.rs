//! The test runner. A panic ends the module (there is no unwinding here), so each test has an instance of its own: the host asks for all
//! names first, then makes a new instance for each test.

extern crate test;

use std::panic::{PanicHookInfo, set_hook};
use std::sync::{Arc, Mutex, PoisonError};

use test::{ShouldPanic, TestDescAndFn, TestFn};

use crate::host::{Kind, say, wanted_test};

/// Tells all names, or runs one test: what the host wants. Called by the `main` that the compiler makes for tests.
pub fn run(tests: &[&TestDescAndFn]) {
    let Some(wanted) = wanted_test() else {
        for test in tests {
            say(Kind::Name, test.desc.name.as_slice());
        }
        return;
    };
    let test = tests.get(wanted).expect("the host knows the names");
    if test.desc.ignore {
        say(Kind::Ignored, "");
        return;
    }
    if !matches!(test.desc.should_panic, ShouldPanic::No) {
        say(Kind::ShouldPanic, "");
    }
    let printed = Arc::new(Mutex::new(Vec::new()));
    std::io::set_output_capture(Some(Arc::clone(&printed)));
    let at_panic = Arc::clone(&printed);
    set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        tell_output(&at_panic);
        say(Kind::Failure, &panic.to_string());
    }));
    let outcome = match test.testfn {
        TestFn::StaticTestFn(body) => body(),
        _ => Err("not a test but a benchmark".to_owned()),
    };
    tell_output(&printed);
    if let Err(error) = outcome {
        say(Kind::Failure, &error);
    }
}

fn tell_output(printed: &Mutex<Vec<u8>>) {
    let printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
    if !printed.is_empty() {
        say(Kind::Output, &String::from_utf8_lossy(&printed));
    }
}
