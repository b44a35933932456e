//! The source, as the rules read it.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A file of the source.
pub struct File {
    /// Its place, from the folder that was asked for, with `/` between its parts.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

impl File {
    /// The Rust code of it that ships: without comments and without its tests.
    pub fn code(&self) -> String {
        let shipped = self.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = shipped.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.map(|line| line.split(" // ").next().unwrap_or_default().to_owned() + "\n").collect()
    }

    /// The texts between quotes in some code.
    pub fn literals(code: &str) -> Vec<String> {
        let literal = pattern(r#""((?:[^"\\]|\\.)*)""#);
        literal.captures_iter(code).map(|found| found[1].to_owned()).collect()
    }
}

/// The Rust files of the application, without those that only hold tests.
pub fn rust() -> Vec<File> {
    let all = files(&crate_folder().join("src"), &["rs"]);
    let tests = |file: &File| file.path.ends_with("/tests.rs") || file.path.contains("/tests/");
    all.into_iter().filter(|file| !tests(file)).collect()
}

/// The templates of the application.
pub fn templates() -> Vec<File> {
    files(&crate_folder().join("src"), &["html"])
}

/// The English texts.
pub fn texts() -> Vec<File> {
    files(&crate_folder().join("text/en"), &["ftl"])
}

/// The folder of the application's crate.
pub fn crate_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The files under a folder whose names end so.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<File> {
    let mut all = Vec::new();
    collect(folder, folder, endings, &mut all);
    assert!(!all.is_empty(), "no files in {}", folder.display());
    all.sort_by(|one, other| one.path.cmp(&other.path));
    all
}

fn collect(root: &Path, folder: &Path, endings: &[&str], all: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry that can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !["target", "node_modules", ".git"].contains(&name) {
                collect(root, &path, endings, all);
            }
        } else if path.extension().is_some_and(|own| endings.iter().any(|ending| own == *ending)) {
            let place = path.strip_prefix(root).expect("it lies in there");
            let path_text = place.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).expect("source is text");
            all.push(File { path: path_text, text });
        }
    }
}

/// A pattern that the test wrote.
pub fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}
