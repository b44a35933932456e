//! Opening everything that a running instance needs.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use seal::backup::OperatorPublic;
use seal::{Argon2Cost, Chance, InstanceKey};
use storekit::Db;

use crate::app::{App, Parts};
use crate::config::Settings;
use crate::instance_key::{self, Known};
use crate::safety::contacts::Country;
use crate::{clock, disk, migrations, random};

/// Opens key and database, brings the database up to date, and checks that the two belong together.
///
/// # Errors
/// A sentence for whoever started it.
pub async fn open(settings: Settings) -> anyhow::Result<App> {
    open_at(settings, clock::system()).await
}

/// The same by another clock: the example groups have a past.
pub async fn open_at(settings: Settings, clock: storekit::Clock) -> anyhow::Result<App> {
    if !seal::SEALING && !cfg!(debug_assertions) {
        bail!("this build does not seal words and must not serve people");
    }
    usable(&settings)?;
    data_folder(&settings.data)?;
    let chance = random::system();
    let db = Db::open(storekit::Settings {
        target: settings.target(),
        clock: clock.clone(),
        chance: chance.clone(),
        pool: 16,
    })
    .await
    .context("can't open the database")?;
    db.migrate(migrations::ALL).await.context("can't bring the database up to date")?;
    let known = db.read(instance_key::known).await.context("can't read the database")?;
    let keys = read_or_make(&settings.key_file, known.is_some(), &chance)?;
    let first = Known::of(&keys);
    let known = db
        .write(move |tx| instance_key::remember(tx, first))
        .await
        .context("can't read which key belongs to the database")?;
    belongs(&keys, &known, &settings.key_file)?;
    let readable = db.write(instance_key::is_readable).await;
    if !readable.context("can't read how the words in the database are sealed")? {
        bail!(
            "this place was made by an earlier build, whose words this build can't open. Keep its \
             data folder and that build together, and begin a new place in another folder \
             (docs/operate.md, \"A place made before\"). Nothing was changed"
        );
    }
    Ok(App::new(Parts {
        settings,
        db,
        keys,
        clock,
        chance,
        cost: Argon2Cost::default(),
        pace: Duration::from_secs(1),
    }))
}

/// What the settings name is there, and is what it should be.
fn usable(settings: &Settings) -> anyhow::Result<()> {
    if let Some(host) = &settings.host
        && Country::parse(&host.country).is_err()
    {
        bail!(
            "In the settings file, [host] country is {:?}. No country has this code: it is two letters, such as GB.",
            host.country
        );
    }
    if let Some(line) = &settings.backup_key {
        OperatorPublic::from_file(line).context(
            "In the settings file, backup_key is not what backup-key printed. Copy it once more",
        )?;
    }
    // The data folder is made at the first start.
    let named = settings.disk.as_deref().filter(|folder| **folder != *settings.data);
    if let Some(folder) = named {
        disk::room(folder).with_context(|| {
            format!("In the settings file, disk is {}, which can't be looked at", folder.display())
        })?;
    }
    let folder = settings.gone_list.as_ref().and_then(|list| list.parent());
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
    {
        bail!(
            "The gone_list of the settings file lies in {}, which is no folder.",
            folder.display()
        );
    }
    Ok(())
}

/// Whether the newest of these keys is the one that the database belongs to, or else why not.
fn belongs(keys: &InstanceKey, known: &Known, path: &Path) -> anyhow::Result<()> {
    let (path, newest, needed) = (path.display(), keys.number(), known.number);
    if Known::of(keys) == *known {
        return Ok(());
    }
    if keys.with_fingerprint(&known.fingerprint).is_some() {
        bail!(
            "the database still belongs to instance key {needed}, and {path} has key {newest}: a \
             change of the key was cut off, or a backup from before it came back. sameboat \
             change-key, with the same options, moves the database on; nothing was changed"
        );
    }
    bail!(
        "the key in {path} is not the one that this database was made with (it belongs to key \
         {needed}; the newest in the file is {newest}); nothing was changed"
    )
}

/// Opens the database alone, as it is, without a key: for a backup.
///
/// # Errors
/// A sentence for whoever started it.
pub async fn database(target: storekit::Target) -> anyhow::Result<Db> {
    let settings =
        storekit::Settings { target, clock: clock::system(), chance: random::system(), pool: 2 };
    Db::open(settings).await.context("can't open the database")
}

/// The instance key that is there already.
///
/// # Errors
/// A sentence for whoever started it.
pub fn present_key(path: &Path) -> anyhow::Result<InstanceKey> {
    read_or_make(path, true, &random::system())
}

/// The instance key: from systemd's credential, from its file, or made now.
fn read_or_make(
    path: &Path,
    known: bool,
    chance: &storekit::Chance,
) -> anyhow::Result<InstanceKey> {
    let credential = credential();
    let ours = credential.is_none();
    let path = credential.unwrap_or_else(|| path.to_path_buf());
    // Whom systemd lets read a credential is its own matter: its mode tells nothing of that.
    if ours && path.exists() {
        crate::key_file::must_be_closed(&path)?;
    }
    match std::fs::read_to_string(&path) {
        Ok(text) => InstanceKey::from_file(&text)
            .with_context(|| format!("the instance key in {} is damaged", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && known => {
            bail!(
                "the instance key {} is missing, and the database was made with one; put it back \
                 from where you keep it (docs/operate.md). Nothing was changed",
                path.display()
            )
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let mut fill = |buf: &mut [u8]| chance(buf);
            let key = InstanceKey::random(1, &mut Chance::new(&mut fill));
            write_secret(&path, &key.to_file())
                .with_context(|| format!("can't write the instance key to {}", path.display()))?;
            Ok(key)
        }
        Err(error) => {
            Err(error).with_context(|| format!("can't read the instance key {}", path.display()))
        }
    }
}

fn credential() -> Option<std::path::PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "systemd names the folder in the environment")]
    let folder = std::env::var_os("CREDENTIALS_DIRECTORY")?;
    let path = std::path::PathBuf::from(folder).join("instance.key");
    path.exists().then_some(path)
}

/// Writes a file that only its owner reads, and waits until it is on the disk: a key that a power
/// cut took away would take all words with it.
pub fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Makes the data folder, where it is not there yet, and closes it to others.
///
/// # Errors
/// A sentence for whoever started it.
pub fn data_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("can't make the data folder {}", folder.display()))?;
    only_ours(folder)
}

#[cfg(unix)]
fn only_ours(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
        .with_context(|| format!("can't close the data folder {} to others", folder.display()))
}

#[cfg(not(unix))]
fn only_ours(_folder: &Path) -> anyhow::Result<()> {
    Ok(())
}
