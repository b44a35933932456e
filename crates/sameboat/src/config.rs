//! Settings: from the command line and one file, checked once at start.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::key_file;

/// Where leaving fast goes when the settings name no other page: weather, the same for everybody.
const LEAVE_TO: &str = "https://www.bbc.co.uk/weather";

/// A tenth of the disk: room in which members go on writing while somebody clears up.
const KEEP_FREE: u8 = 10;

/// What a running instance was told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of the database.
    pub data: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// The address that links and QR codes carry, without a slash at its end.
    pub url: String,
    /// `postgres://…`; without it SQLite in the data folder.
    pub database: Option<String>,
    /// A proxy in front ends TLS and writes `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// File of the instance key, outside the data folder.
    pub key_file: PathBuf,
    /// Where leaving fast goes.
    pub leave_to: String,
    /// Who runs this. Joining is closed until it is known.
    pub host: Option<HostCard>,
    /// Whether anyone may make a sign-in, or only with a link.
    pub joining: Joining,
    /// Whether anyone may start a group, or only with a link.
    pub starting: Starting,
    /// A folder on the disk whose room is watched, where that is known.
    pub disk: Option<PathBuf>,
    /// How much of it stays free of what strangers can fill (percent).
    pub keep_free: u8,
    /// The public key that backups are sealed to, as `backup-key` printed it.
    pub backup_key: Option<String>,
    /// Where the gone list lies, off the database's machine.
    pub gone_list: Option<PathBuf>,
    /// Whether the two made-up languages for testers are offered.
    pub test_languages: bool,
    /// How long, after a stop was asked for, `/ready` says so before the door is shut.
    pub stopping: Duration,
}

/// Who may make a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Joining {
    /// Anybody.
    #[default]
    Anyone,
    /// Whoever holds a link: an invitation into a group, or the host's leave to start one.
    WithLink,
}

/// Who may start groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Starting {
    /// Whoever holds a link that the host made.
    #[default]
    WithLink,
    /// Anybody who joined.
    Anyone,
}

/// What the host must be able to say about itself (shown to all, signed in or not).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostCard {
    /// Who runs this.
    pub who: String,
    /// How to reach them.
    pub reach: String,
    /// The country whose law holds for the machine (ISO 3166, two letters).
    pub country: String,
    /// Days that backups live.
    pub backup_days: u32,
    /// Where to complain about them.
    pub complain: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    joining: Joining,
    #[serde(default)]
    starting: Starting,
    disk: Option<PathBuf>,
    leave_to: Option<String>,
    backup_key: Option<String>,
    gone_list: Option<PathBuf>,
    stopping_seconds: Option<u8>,
    host: Option<HostCard>,
}

/// What the command line says.
#[derive(Debug, Clone)]
pub struct Given {
    /// `--data`
    pub data: PathBuf,
    /// `--listen`
    pub listen: SocketAddr,
    /// `--url`
    pub url: Option<String>,
    /// `--database`
    pub database: Option<String>,
    /// `--behind-proxy`
    pub behind_proxy: bool,
    /// `--key`
    pub key: Option<PathBuf>,
    /// `--settings`
    pub settings: Option<PathBuf>,
}

/// A setting that cannot be used; the sentence says what to do instead.
#[derive(Debug, thiserror::Error)]
pub enum BadSetting {
    /// Plain http elsewhere than on this machine.
    #[error(
        "The address {0} is plain http and not on this machine. Browsers would send sign-ins and \
         words in clear, and would refuse our cookies. Put a proxy with TLS in front (docs/operate.md \
         has three lines for Caddy) and start with --behind-proxy --url https://your-name."
    )]
    PlainHttp(String),
    /// An address without scheme, or with a path.
    #[error("The address {0} should look like https://circle.example, with no path behind it.")]
    NotAnAddress(String),
    /// The settings file does not parse.
    #[error("The settings file {path} can't be read: {why}")]
    File {
        /// Which file.
        path: String,
        /// What the parser says.
        why: String,
    },
    /// The host card has an empty line.
    #[error("In the settings file, [host] {0} is empty. People need it to know whom they trust.")]
    EmptyHostLine(&'static str),
    /// Leaving fast would stay here, or lead nowhere.
    #[error(
        "In the settings file, leave_to is {0:?}. It must be a page of somebody else that begins with https://."
    )]
    LeaveTo(String),
    /// Behind a proxy nobody can guess what people type.
    #[error(
        "Behind a proxy, say with --url which address people use, like https://circle.example: links and QR codes carry it."
    )]
    NoUrl,
    /// The key would lie beside the words it opens.
    #[error(
        "The instance key must not lie in the data folder: a copy of one would be a copy of both. Name another place with --key."
    )]
    KeyInData,
}

impl Settings {
    /// Reads the settings file and checks everything.
    pub fn check(given: Given) -> Result<Settings, BadSetting> {
        let file = read_file(given.settings.as_deref(), &given.data)?;
        if given.behind_proxy && given.url.is_none() {
            return Err(BadSetting::NoUrl);
        }
        let url = match given.url {
            Some(url) => as_browsers_spell_it(&url),
            None => format!("http://{}", given.listen),
        };
        check_url(&url, given.listen, given.behind_proxy)?;
        let key_file = given.key.unwrap_or_else(|| beside(&given.data));
        if key_file::lies_in(&key_file, &given.data) {
            return Err(BadSetting::KeyInData);
        }
        if let Some(host) = &file.host {
            host.check()?;
        }
        // On SQLite there is no other process to which a proxy could turn.
        let seconds = file.stopping_seconds.unwrap_or(if given.database.is_some() { 5 } else { 0 });
        let leave_to = file.leave_to.unwrap_or_else(|| LEAVE_TO.to_owned());
        if !leads_elsewhere(&leave_to, &url) {
            return Err(BadSetting::LeaveTo(leave_to));
        }
        // Where PostgreSQL keeps its files it does not say; they may be on another machine.
        let disk = file.disk.or_else(|| given.database.is_none().then(|| given.data.clone()));
        Ok(Settings {
            data: given.data,
            listen: given.listen,
            url,
            database: given.database,
            behind_proxy: given.behind_proxy,
            key_file,
            leave_to,
            host: file.host,
            joining: file.joining,
            starting: file.starting,
            disk,
            keep_free: KEEP_FREE,
            backup_key: file.backup_key,
            gone_list: file.gone_list,
            test_languages: false,
            stopping: Duration::from_secs(seconds.into()),
        })
    }

    /// The origin of our own pages, as browsers spell it.
    pub fn origin(&self) -> String {
        self.url.clone()
    }

    /// What to open: the SQLite file or the PostgreSQL address.
    pub fn target(&self) -> storekit::Target {
        match &self.database {
            Some(url) => storekit::Target::Postgres(url.clone()),
            None => storekit::Target::Sqlite(self.data.join("sameboat.db")),
        }
    }
}

impl HostCard {
    fn check(&self) -> Result<(), BadSetting> {
        let lines = [
            ("who", &self.who),
            ("reach", &self.reach),
            ("country", &self.country),
            ("complain", &self.complain),
        ];
        match lines.into_iter().find(|(_, line)| line.trim().is_empty()) {
            Some((name, _)) => Err(BadSetting::EmptyHostLine(name)),
            None => Ok(()),
        }
    }
}

fn read_file(named: Option<&Path>, data: &Path) -> Result<File, BadSetting> {
    let path = named.map_or_else(|| data.join("settings.toml"), Path::to_path_buf);
    let wrong = |why: String| BadSetting::File { path: path.display().to_string(), why };
    match std::fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            wrong(format!("line {}: {}", before.matches('\n').count() + 1, error.message()))
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
            Ok(File::default())
        }
        Err(error) => Err(wrong(error.to_string())),
    }
}

/// `people/data` → `people/data.key`.
fn beside(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_owned();
    name.push(".key");
    data.with_file_name(name)
}

/// No slash at its end, no capitals in the name, no port that goes without saying.
fn as_browsers_spell_it(url: &str) -> String {
    let url = url.trim_end_matches('/').to_ascii_lowercase();
    let port = if url.starts_with("https://") { ":443" } else { ":80" };
    url.strip_suffix(port).map(str::to_owned).unwrap_or(url)
}

/// A page on another machine than ours.
fn leads_elsewhere(leave_to: &str, own: &str) -> bool {
    let machine = |url: &str| {
        let rest = url.strip_prefix("https://")?;
        let name = rest.split(['/', '?', '#', ':']).next().filter(|name| name.contains('.'))?;
        Some(name.to_ascii_lowercase())
    };
    machine(leave_to).is_some_and(|there| machine(own) != Some(there))
        && !leave_to.contains(char::is_whitespace)
}

fn check_url(url: &str, listen: SocketAddr, behind_proxy: bool) -> Result<(), BadSetting> {
    let wrong = || BadSetting::NotAnAddress(url.to_owned());
    let (scheme, host) = url.split_once("://").ok_or_else(wrong)?;
    if host.is_empty() || host.contains(['/', '?', '#', ' ']) {
        return Err(wrong());
    }
    match scheme {
        "https" if behind_proxy || listen.ip().is_loopback() => Ok(()),
        "http" if is_loopback(host) && listen.ip().is_loopback() => Ok(()),
        "https" | "http" => Err(BadSetting::PlainHttp(url.to_owned())),
        _ => Err(wrong()),
    }
}

fn is_loopback(host: &str) -> bool {
    if let Ok(address) = host.parse::<SocketAddr>() {
        return address.ip().is_loopback();
    }
    let name = host.split(':').next().unwrap_or(host);
    name == "localhost" || name == "127.0.0.1" || host.starts_with("[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(listen: &str, url: Option<&str>, behind_proxy: bool) -> Given {
        Given {
            data: PathBuf::from("/srv/circle/data"),
            listen: listen.parse().expect("an address"),
            url: url.map(str::to_owned),
            database: None,
            behind_proxy,
            key: None,
            settings: None,
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert!(Settings::check(given("127.0.0.1:8080", None, false)).is_ok());
        assert!(Settings::check(given("[::1]:8080", None, false)).is_ok());
        assert!(matches!(
            Settings::check(given("0.0.0.0:8080", None, false)),
            Err(BadSetting::PlainHttp(_))
        ));
        let named = given("127.0.0.1:8080", Some("http://circle.example"), true);
        assert!(matches!(Settings::check(named), Err(BadSetting::PlainHttp(_))));
    }

    #[test]
    fn behind_a_proxy_any_address_may_listen() {
        let settings = Settings::check(given("0.0.0.0:80", Some("https://circle.example/"), true));
        assert_eq!(settings.expect("good settings").url, "https://circle.example");
    }

    #[test]
    fn behind_a_proxy_the_address_is_named() {
        let nameless = Settings::check(given("127.0.0.1:8080", None, true));
        assert!(matches!(nameless, Err(BadSetting::NoUrl)));
    }

    #[test]
    fn a_mistake_in_the_file_is_told_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, "[host]\nwho = \"us\"\nbackup_days = \"14\"\n").expect("a file");
        let told =
            Settings::check(Given { settings: Some(path), ..given("127.0.0.1:1", None, false) });
        let Err(told) = told else { panic!("it was taken") };
        assert!(told.to_string().contains("line 3: "), "{told}");
    }

    #[test]
    fn only_where_there_may_be_another_process_a_stop_waits_for_the_proxy() {
        let alone = Settings::check(given("127.0.0.1:1", None, false)).expect("good settings");
        assert_eq!(alone.stopping, Duration::ZERO);
        let database = Some("postgres://localhost/a".to_owned());
        let several = Given { database, ..given("127.0.0.1:1", None, false) };
        let several = Settings::check(several).expect("good settings");
        assert_eq!(several.stopping, Duration::from_secs(5));
    }

    #[test]
    fn an_address_is_kept_as_browsers_spell_it() {
        for typed in ["https://Circle.Example", "https://circle.example:443/"] {
            let settings = Settings::check(given("127.0.0.1:1", Some(typed), true));
            assert_eq!(settings.expect("good settings").url, "https://circle.example");
        }
    }

    #[test]
    fn leaving_fast_leads_to_somebody_elses_page() {
        let own = "https://circle.example";
        assert!(leads_elsewhere(LEAVE_TO, own));
        for bad in [
            "weather",
            "javascript:alert(1)",
            "http://weather.example",
            "https://",
            "https://x y.z",
        ] {
            assert!(!leads_elsewhere(bad, own), "{bad}");
        }
        assert!(!leads_elsewhere("https://Circle.example/help-now", own));
    }

    #[test]
    fn the_key_lies_beside_the_data_not_in_it() {
        let settings = Settings::check(given("127.0.0.1:1", None, false)).expect("good settings");
        assert_eq!(settings.key_file, PathBuf::from("/srv/circle/data.key"));
        let mut inside = given("127.0.0.1:1", None, false);
        inside.key = Some(PathBuf::from("/srv/circle/data/the.key"));
        assert!(matches!(Settings::check(inside), Err(BadSetting::KeyInData)));
    }
}
