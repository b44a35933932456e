use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{AsyncMessage, Client, Config, Connection, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::plain;
use crate::Error;

/// Where the server is and how to speak to it.
pub(crate) struct Address {
    config: Config,
    tls: Option<MakeRustlsConnect>,
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
        config.keepalives_idle(Duration::from_secs(20));
        config.tcp_user_timeout(Duration::from_secs(15));
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        let near = config.get_hosts().iter().all(is_near);
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            SslMode::Prefer if near && authority.is_none() => None,
            _ => {
                // "Prefer" would let anyone in between choose plain text.
                config.ssl_mode(SslMode::Require);
                Some(trust(authority.as_deref())?)
            }
        };
        Ok(Address { config, tls })
    }

    pub(crate) async fn connect(&self) -> Result<Client, Error> {
        Ok(self.listen(|_| ()).await?.0)
    }

    /// A connection that passes on what the server was told (LISTEN), and the
    /// task that ends with it.
    pub(crate) async fn listen(
        &self,
        hear: impl FnMut(&str) + Send + 'static,
    ) -> Result<(Client, JoinHandle<()>), Error> {
        match &self.tls {
            None => {
                let (client, link) = self.config.connect(NoTls).await.map_err(|e| plain(&e))?;
                Ok((client, drive(link, hear)))
            }
            Some(tls) => {
                let (client, link) =
                    self.config.connect(tls.clone()).await.map_err(|e| plain(&e))?;
                Ok((client, drive(link, hear)))
            }
        }
    }
}

// It ends with the client; why it ended, the client's next statement says.
fn drive<S, T>(
    mut link: Connection<S, T>,
    mut hear: impl FnMut(&str) + Send + 'static,
) -> JoinHandle<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    Handle::current().spawn(async move {
        while let Some(Ok(message)) = poll_fn(|cx| link.poll_message(cx)).await {
            if let AsyncMessage::Notification(told) = message {
                hear(told.payload());
            }
        }
    })
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

fn trust(authority: Option<&str>) -> Result<MakeRustlsConnect, Error> {
    let mut roots = RootCertStore::empty();
    match authority {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            let bad = |_| Error::Wrong("sslrootcert names no readable certificate".into());
            for certificate in CertificateDer::pem_file_iter(file).map_err(bad)? {
                roots
                    .add(certificate.map_err(bad)?)
                    .map_err(|_| Error::Wrong("sslrootcert holds a bad certificate".into()))?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::Unsupported("no TLS version in common"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
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
