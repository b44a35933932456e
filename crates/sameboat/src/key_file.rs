//! Where the instance key lies, and who may read it.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};

/// So many links are followed; a ring of them ends then.
const MOST_LINKS: usize = 40;

/// Whether a key would lie in a folder, however the two places are written: from here or from the
/// root, with dots in them, or by links. The key need not be there yet.
pub fn lies_in(key: &Path, folder: &Path) -> bool {
    real(key).starts_with(real(folder))
}

fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    follow(whole, MOST_LINKS)
}

/// The place without links and dots. What is not there yet is taken as it is written.
fn follow(path: PathBuf, links: usize) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let Some(above) = path.parent() else { return path };
    // A link that leads to what is not there yet: a new key would be made behind it.
    if let (Ok(target), Some(left)) = (path.read_link(), links.checked_sub(1)) {
        return follow(above.join(target), left);
    }
    let mut real = follow(above.to_path_buf(), links);
    match path.components().next_back() {
        Some(Component::ParentDir) => _ = real.pop(),
        Some(Component::Normal(name)) => real.push(name),
        Some(Component::RootDir | Component::CurDir | Component::Prefix(_)) | None => {}
    }
    real.canonicalize().unwrap_or(real)
}

/// Looks whether nobody but its owner reads a key's file. A file of root's may be read by a group
/// as well: so an account that must not change the key is given it.
///
/// # Errors
/// A sentence with the command that mends it.
#[cfg(unix)]
pub fn must_be_closed(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let file = std::fs::metadata(path)
        .with_context(|| format!("can't read the instance key {}", path.display()))?;
    if is_open(file.mode(), file.uid()) {
        bail!(
            "others on this machine may read or change the instance key {place}, and whoever has \
             it and a copy of the database can try to guess passphrases. Close it to them: \
             chmod 600 {place}\nIf somebody may have read it already, change the key as well \
             (docs/operate.md, section 4)",
            place = path.display()
        );
    }
    Ok(())
}

/// Elsewhere nothing is known of who may read a file.
#[cfg(not(unix))]
pub fn must_be_closed(_path: &Path) -> anyhow::Result<()> {
    Ok(())
}

/// Whether a file of this mode and owner can be changed by its group, or read or changed by others.
#[cfg(unix)]
fn is_open(mode: u32, owner: u32) -> bool {
    let group_may = if owner == 0 { 0o040 } else { 0 };
    mode & 0o077 & !group_may != 0
}

#[cfg(all(test, unix))]
mod tests {
    use super::is_open;

    #[test]
    fn a_key_is_for_its_owner_and_if_that_is_root_for_a_group() {
        for (mode, owner) in [(0o600, 1000), (0o400, 1000), (0o600, 0), (0o440, 0), (0o640, 0)] {
            assert!(!is_open(mode, owner), "{mode:o} of {owner}");
        }
        for (mode, owner) in [
            (0o640, 1000),
            (0o440, 1000),
            (0o620, 0),
            (0o660, 0),
            (0o444, 0),
            (0o604, 0),
            (0o602, 0),
            (0o601, 0),
        ] {
            assert!(is_open(mode, owner), "{mode:o} of {owner}");
        }
    }
}
