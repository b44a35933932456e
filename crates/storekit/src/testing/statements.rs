use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use crate::{Engine, Sql};

/// A statement in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file, under the folder that was asked for.
    pub file: PathBuf,
    /// The line of its `sql!`.
    pub line: u32,
    /// The text between the quotes.
    pub text: String,
}

/// Every `sql!("…")` in the Rust files under `folder`, except in comments.
///
/// # Errors
/// When a file or folder cannot be read, or a `sql!` holds no plain text.
pub fn statements_in(folder: &Path) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for path in entries.iter().map(fs::DirEntry::path) {
        if path.is_dir() {
            found.extend(statements_in(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            in_file(&path, &fs::read_to_string(&path)?, &mut found)?;
        }
    }
    Ok(found)
}

fn in_file(file: &Path, source: &str, found: &mut Vec<Found>) -> io::Result<()> {
    let mut from = 0;
    while let Some(at) = source[from..].find("sql!(").map(|at| from + at) {
        from = at + "sql!(".len();
        let line_start = source[..at].rfind('\n').map_or(0, |end| end + 1);
        if source[line_start..at].contains("//") || source[..at].ends_with(is_word) {
            continue;
        }
        let line = source[..at].matches('\n').count() as u32 + 1;
        let text = literal(source[from..].trim_start()).ok_or_else(|| {
            io::Error::other(format!("{}:{line}: sql! without plain text", file.display()))
        })?;
        found.push(Found { file: file.to_owned(), line, text });
    }
    Ok(())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What a Rust string literal at the start of `source` means.
fn literal(source: &str) -> Option<String> {
    if let Some(raw) = source.strip_prefix('r') {
        let body = raw.trim_start_matches('#');
        let end = format!("\"{}", "#".repeat(raw.len() - body.len()));
        let body = body.strip_prefix('"')?;
        return Some(body[..body.find(&end)?].to_owned());
    }
    let mut text = String::new();
    let mut rest = source.strip_prefix('"')?.chars();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            '\\' => match rest.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                '\n' => rest = rest.as_str().trim_start().chars(),
                plain @ ('"' | '\'' | '\\') => text.push(plain),
                _ => return None,
            },
            plain => text.push(plain),
        }
    }
}

/// Those of `found` that a log written under `SAMEBOAT_SQL_LOG` does not show
/// to have run on `engine`.
pub fn not_executed<'a>(found: &'a [Found], log: &str, engine: Engine) -> Vec<&'a Found> {
    let ran: HashSet<&str> =
        log.lines().filter_map(|line| line.strip_prefix(word(engine))?.strip_prefix(' ')).collect();
    let has_run = |one: &&Found| {
        let place = format!("{}:{}", one.file.display(), one.line);
        // The compiler names files from the workspace, the search from the root.
        ran.iter().any(|seen| place == **seen || place.ends_with(&format!("/{seen}")))
    };
    found.iter().filter(|one| !has_run(one)).collect()
}

fn word(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

static RUN: Mutex<Vec<Place>> = Mutex::new(Vec::new());

/// A statement's file and line.
pub type Place = (&'static str, u32);

/// The statements that this process has run, in all its databases, in their order.
pub fn statements_run() -> Vec<Place> {
    RUN.lock().expect("nothing panics while it is held").clone()
}

/// Notes that a statement has run: `engine file:line`, once a process, in the
/// file that `SAMEBOAT_SQL_LOG` names.
pub(crate) fn record(sql: &Sql, engine: Engine) {
    static SEEN: LazyLock<Option<Mutex<HashSet<String>>>> =
        LazyLock::new(|| std::env::var_os("SAMEBOAT_SQL_LOG").map(|_| Mutex::default()));
    RUN.lock().expect("nothing panics while it is held").push((sql.file(), sql.line()));
    let Some(seen) = &*SEEN else { return };
    let line = format!("{} {}:{}\n", word(engine), sql.file(), sql.line());
    let mut seen = seen.lock().expect("nothing panics while it is held");
    if seen.insert(line.clone()) {
        let file = std::env::var_os("SAMEBOAT_SQL_LOG").expect("it was there before");
        // Appended in one piece, so that many processes can share the file.
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(file)
            .and_then(|mut log| log.write_all(line.as_bytes()))
            .expect("the log of statements can be written");
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Found, in_file, not_executed};
    use crate::Engine;

    fn found(source: &str) -> Vec<Found> {
        let mut found = Vec::new();
        in_file(Path::new("/w/a/b.rs"), source, &mut found).expect("plain text");
        found
    }

    #[test]
    fn plain_raw_and_continued_texts_are_found_with_their_lines() {
        let source = "x(sql!(\"SELECT \\\"a\\\" \\\n   FROM b\"));\n// sql!(\"no\")\nsql!(\n  r#\"SELECT \"c\"\"#);\nmysql!(3);";
        let all = found(source);
        let lines: Vec<_> = all.iter().map(|one| (one.line, one.text.as_str())).collect();
        assert_eq!(lines, [(1, "SELECT \"a\" FROM b"), (4, "SELECT \"c\"")]);
    }

    #[test]
    fn a_text_that_is_put_together_is_refused() {
        let mut all = Vec::new();
        assert!(in_file(Path::new("a.rs"), "sql!(concat!(1))", &mut all).is_err());
    }

    #[test]
    fn what_ran_on_the_other_engine_has_not_run() {
        let all = found("sql!(\"A\");\nsql!(\"B\");");
        let log = "sqlite a/b.rs:1\nsqlite a/b.rs:2\npostgres a/b.rs:2\n";
        assert!(not_executed(&all, log, Engine::Sqlite).is_empty());
        assert_eq!(not_executed(&all, log, Engine::Postgres), [&all[0]]);
    }
}
