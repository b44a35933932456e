//! Which statements of a folder did a test suite never run?
//!
//! ```text
//! SAMEBOAT_SQL_LOG=sql.log cargo nextest run
//! cargo run --example not_executed --features testing -- src sql.log sqlite
//! ```

use std::path::Path;
use std::process::ExitCode;

use storekit::Engine;
use storekit::testing::{not_executed, statements_in};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, log, engine] = args.as_slice() else {
        eprintln!("Say: not_executed FOLDER LOG sqlite|postgres");
        return ExitCode::from(2);
    };
    let engine = match engine.as_str() {
        "postgres" => Engine::Postgres,
        _ => Engine::Sqlite,
    };
    let found = statements_in(Path::new(folder)).expect("a folder of Rust files");
    let log = std::fs::read_to_string(log).expect("the log of a suite that has run");
    let missing = not_executed(&found, &log, engine);
    for one in &missing {
        eprintln!("{}:{} never ran:\n    {}", one.file.display(), one.line, one.text);
    }
    println!("{} statements, {} of them never ran.", found.len(), missing.len());
    if missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
