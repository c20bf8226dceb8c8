//! The short run: every target on its corpus and on some mutations from a fixed seed, the same each time. The long
//! run is `make fuzz`.

use kexun_fuzz::corpus;
use kexun_fuzz::driver;
use kexun_fuzz::targets::named;

/// Inputs of each target; in all some seconds.
const EXECUTIONS: u64 = 1500;

fn short(name: &str) {
    let target = named(name).expect("a target of this name");
    let inputs: Vec<Vec<u8>> = corpus(name).expect("a corpus").into_iter().map(|(_, input)| input).collect();
    assert!(!inputs.is_empty(), "{name} has a corpus");
    driver::catch_panics();
    let run = driver::run(target, &inputs, 1, false, |_| (), |executions| executions < EXECUTIONS);
    drop(std::panic::take_hook());
    for find in &run.finds {
        eprintln!("{}\ninput: {:?}", find.what, String::from_utf8_lossy(&find.input));
    }
    assert!(
        run.finds.is_empty(),
        "{} finds in {name}; make fuzz WHAT={name} writes them to files",
        run.finds.len()
    );
}

macro_rules! short {
    ($($name:ident = $target:literal),+ $(,)?) => {$(
        #[test]
        fn $name() {
            short($target);
        }
    )+};
}

short! {
    csv = "csv",
    encodings = "encodings",
    xlsx = "xlsx",
    json_lines = "json-lines",
    gift = "gift",
    questions = "questions",
    staff = "staff",
    masking = "masking",
}
