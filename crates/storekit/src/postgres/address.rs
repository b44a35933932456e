use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::Handle;
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::timeout;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::{AsyncMessage, Client, Config, Connection, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::errors::silent;
use super::plain;
use super::tls::trust;
use crate::{Error, Waits};

/// Where the server is and how to speak to it. Several hosts are copies of one database.
pub(crate) struct Address {
    hosts: Vec<Config>,
    tls: Option<MakeRustlsConnect>,
    /// The one that is tried first: it was the right one last time.
    first: AtomicUsize,
    /// How long each may take.
    limit: Duration,
}

/// What to do with what a server says unasked.
pub(super) type Hear = Arc<dyn Fn(&AsyncMessage) + Send + Sync>;

/// An open connection.
pub(crate) struct Open {
    pub(crate) client: Client,
    pub(super) line: Line,
}

/// What carries a connection. Dropped, it is cut.
pub(super) struct Line {
    driven: AbortHandle,
    /// The server has warned of something since this was last set to `false`.
    pub(super) warned: Arc<AtomicBool>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.driven.abort();
    }
}

impl Address {
    pub(crate) fn parse(url: &str) -> Result<Address, Error> {
        let (url, authority) = take_out(url, "sslrootcert");
        // Certificates are always checked in full here, so these two mean no more.
        let url = url
            .replace("sslmode=verify-full", "sslmode=require")
            .replace("sslmode=verify-ca", "sslmode=require");
        // The parser's own words could repeat the password.
        let mut config: Config = url
            .parse()
            .map_err(|_| Error::Wrong("the address of the database is malformed".into()))?;
        config.keepalives_idle(Duration::from_secs(10));
        config.keepalives_interval(Duration::from_secs(5));
        config.keepalives_retries(2);
        config.tcp_user_timeout(Duration::from_secs(15));
        let near = config.get_hosts().iter().all(is_near)
            && config.get_hostaddrs().iter().all(|address| address.is_loopback());
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            SslMode::Prefer if near && authority.is_none() => None,
            _ => {
                // "Prefer" would let anyone in between choose plain text.
                config.ssl_mode(SslMode::Require);
                Some(trust(authority.as_deref())?)
            }
        };
        let hosts = each_host(&config)?;
        let limit = config.get_connect_timeout().copied().unwrap_or(Waits::default().host);
        Ok(Address { hosts, tls, first: AtomicUsize::new(0), limit })
    }

    /// The same with less patience, where the address does not say how much.
    pub(crate) fn within(self, limit: Duration) -> Address {
        let said = self.hosts[0].get_connect_timeout().copied();
        Address { limit: said.unwrap_or(limit), ..self }
    }

    pub(super) fn hosts(&self) -> usize {
        self.hosts.len()
    }

    /// Begins with the next host from now on: this one does not answer.
    pub(super) fn prefer_another(&self) {
        let first = self.first.load(Ordering::Relaxed);
        self.first.store((first + 1) % self.hosts.len(), Ordering::Relaxed);
    }

    pub(crate) async fn connect(&self) -> Result<Open, Error> {
        let warned = Arc::new(AtomicBool::new(false));
        let here = warned.clone();
        let hear: Hear = Arc::new(move |message| {
            if let AsyncMessage::Notice(said) = message
                && said.severity() == "WARNING"
            {
                here.store(true, Ordering::SeqCst);
            }
        });
        let (client, driven) = self.listen(hear).await?;
        Ok(Open { client, line: Line { driven: driven.abort_handle(), warned } })
    }

    /// A connection that passes on what the server says unasked (LISTEN), and
    /// the task that ends with it.
    pub(super) async fn listen(&self, hear: Hear) -> Result<(Client, JoinHandle<()>), Error> {
        let first = self.first.load(Ordering::Relaxed);
        let mut failed = silent();
        for turn in 0..self.hosts.len() {
            let at = (first + turn) % self.hosts.len();
            match timeout(self.limit, self.open(&self.hosts[at], hear.clone())).await {
                Ok(Ok(open)) => {
                    self.first.store(at, Ordering::Relaxed);
                    return Ok(open);
                }
                Ok(Err(error)) => failed = plain(&error),
                Err(_) => failed = silent(),
            }
        }
        Err(failed)
    }

    async fn open(
        &self,
        host: &Config,
        hear: Hear,
    ) -> Result<(Client, JoinHandle<()>), tokio_postgres::Error> {
        match &self.tls {
            None => {
                let (client, link) = host.connect(NoTls).await?;
                Ok((client, drive(link, hear)))
            }
            Some(tls) => {
                let (client, link) = host.connect(tls.clone()).await?;
                Ok((client, drive(link, hear)))
            }
        }
    }

    /// Asks the server to give up what it does on this connection: nobody waits for it any more.
    pub(super) fn cancel(&self, client: &Client) {
        let (token, tls, limit) = (client.cancel_token(), self.tls.clone(), self.limit);
        Handle::current().spawn(timeout(limit, async move {
            match tls {
                None => token.cancel_query(NoTls).await,
                Some(tls) => token.cancel_query(tls).await,
            }
        }));
    }
}

// It ends with the client; why it ended, the client's next statement says.
fn drive<S, T>(mut link: Connection<S, T>, hear: Hear) -> JoinHandle<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    Handle::current().spawn(async move {
        while let Some(Ok(message)) = poll_fn(|cx| link.poll_message(cx)).await {
            hear(&message);
        }
    })
}

/// A setting for each host: the library waits for one host at a time, and without end for one that
/// takes the call and says nothing.
fn each_host(all: &Config) -> Result<Vec<Config>, Error> {
    let (names, numbers, ports) = (all.get_hosts(), all.get_hostaddrs(), all.get_ports());
    let count = names.len().max(numbers.len());
    let fits = |len: usize| len == 0 || len == count;
    if count == 0
        || !fits(names.len())
        || !fits(numbers.len())
        || !(ports.len() < 2 || fits(ports.len()))
    {
        return Err(Error::Wrong("the address of the database does not say which hosts".into()));
    }
    let each = (0..count).map(|at| {
        let mut one = without_hosts(all);
        match names.get(at) {
            Some(Host::Tcp(name)) => {
                one.host(name);
            }
            #[cfg(unix)]
            Some(Host::Unix(folder)) => {
                one.host_path(folder);
            }
            None => {}
        }
        if let Some(number) = numbers.get(at) {
            one.hostaddr(*number);
        }
        if let Some(port) = ports.get(at).or(ports.first()) {
            one.port(*port);
        }
        // Of several only one takes writes.
        if count > 1 && all.get_target_session_attrs() == TargetSessionAttrs::Any {
            one.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        one
    });
    Ok(each.collect())
}

fn without_hosts(all: &Config) -> Config {
    let mut one = Config::new();
    if let Some(user) = all.get_user() {
        one.user(user);
    }
    if let Some(password) = all.get_password() {
        one.password(password);
    }
    if let Some(name) = all.get_dbname() {
        one.dbname(name);
    }
    if let Some(options) = all.get_options() {
        one.options(options);
    }
    if let Some(name) = all.get_application_name() {
        one.application_name(name);
    }
    if let Some(limit) = all.get_connect_timeout() {
        one.connect_timeout(*limit);
    }
    if let Some(limit) = all.get_tcp_user_timeout() {
        one.tcp_user_timeout(*limit);
    }
    if let Some(every) = all.get_keepalives_interval() {
        one.keepalives_interval(every);
    }
    if let Some(retries) = all.get_keepalives_retries() {
        one.keepalives_retries(retries);
    }
    one.keepalives(all.get_keepalives())
        .keepalives_idle(all.get_keepalives_idle())
        .ssl_mode(all.get_ssl_mode())
        .ssl_negotiation(all.get_ssl_negotiation())
        .channel_binding(all.get_channel_binding())
        .target_session_attrs(all.get_target_session_attrs());
    one
}

fn is_near(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// Takes `name=value` out of the address's query.
fn take_out(url: &str, name: &str) -> (String, Option<String>) {
    let Some((base, query)) = url.split_once('?') else {
        return (url.to_owned(), None);
    };
    let mut value = None;
    let mut rest = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some((key, found)) if key == name => value = Some(found.to_owned()),
            _ => rest.push(pair),
        }
    }
    let mark = if rest.is_empty() { "" } else { "?" };
    (format!("{base}{mark}{}", rest.join("&")), value)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio_postgres::config::{Host, TargetSessionAttrs};

    use super::{Address, take_out};

    fn speaks_tls(url: &str) -> bool {
        Address::parse(url).expect("a good address").tls.is_some()
    }

    #[test]
    fn only_this_machine_or_a_plain_wish_goes_without_tls() {
        for near in ["localhost", "127.0.0.1", "[::1]"] {
            assert!(!speaks_tls(&format!("postgres://a@{near}/b")));
        }
        assert!(!speaks_tls("postgres://a@db.example/b?sslmode=disable"));
        for wish in ["", "?sslmode=prefer", "?sslmode=require", "?sslmode=verify-full"] {
            assert!(speaks_tls(&format!("postgres://a@db.example/b{wish}")));
        }
        assert!(speaks_tls("postgres://a@localhost/b?sslmode=require"));
    }

    #[test]
    fn a_name_of_this_machine_with_the_number_of_another_is_far() {
        assert!(speaks_tls("postgres://a@localhost/b?hostaddr=192.0.2.7"));
        assert!(!speaks_tls("postgres://a@localhost/b?hostaddr=127.0.0.1"));
        assert!(speaks_tls("postgres://a@localhost,db.example/b"));
    }

    #[test]
    fn of_several_hosts_each_is_asked_by_itself_whether_it_takes_writes() {
        let several = Address::parse("postgres://a:p@one,two:7/b?port=5,6").map(|one| one.hosts);
        assert!(several.is_err(), "two ports and two hosts more");
        let url = "postgres://a:p@one,two:7,three/b?connect_timeout=4&application_name=c";
        let several = Address::parse(url).expect("a good address");
        assert_eq!(several.limit, Duration::from_secs(4));
        let ports: Vec<_> = several.hosts.iter().map(|host| host.get_ports().to_vec()).collect();
        assert_eq!(ports, [[5432], [7], [5432]]);
        for (host, name) in several.hosts.iter().zip(["one", "two", "three"]) {
            assert_eq!(host.get_hosts(), [Host::Tcp(name.to_owned())]);
            assert_eq!(host.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
            assert_eq!((host.get_user(), host.get_dbname()), (Some("a"), Some("b")));
            assert_eq!(host.get_password(), Some(&b"p"[..]));
            assert_eq!(host.get_application_name(), Some("c"));
        }
        let one = Address::parse("postgres://a@one/b").expect("a good address");
        assert_eq!(one.hosts[0].get_target_session_attrs(), TargetSessionAttrs::Any);
        assert!(Address::parse("postgres:///b").is_err(), "no host at all");
    }

    #[test]
    fn an_authority_that_cannot_be_read_is_refused() {
        assert!(Address::parse("postgres://a@db.example/b?sslrootcert=/no/such/file").is_err());
    }

    #[test]
    fn one_setting_is_taken_out_and_the_others_stay() {
        let (url, file) = take_out("postgres://a/b?x=1&sslrootcert=/c.pem&y=2", "sslrootcert");
        assert_eq!((url.as_str(), file.as_deref()), ("postgres://a/b?x=1&y=2", Some("/c.pem")));
        assert_eq!(take_out("postgres://a/b", "x"), ("postgres://a/b".into(), None));
    }
}
