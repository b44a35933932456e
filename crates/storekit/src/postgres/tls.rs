use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::Error;

/// Certificates are always checked: by the authorities that browsers know, or by one's own.
pub(super) fn trust(authority: Option<&str>) -> Result<MakeRustlsConnect, Error> {
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
