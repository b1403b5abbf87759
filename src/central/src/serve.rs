//! Starts both listeners and stops them.

use crate::app::App;
use crate::ca::{Authority, AuthorityError};
use crate::config::Config;
use crate::files::FileError;
use crate::keys::{self, KeyFileError};
use crate::ledger::{Ledger, LedgerError};
use crate::limits::{Attempts, Seen};
use crate::pictures::Pictures;
use crate::presets::{self, PresetFileError};
use crate::{router, state_folder};
use axum_server::Handle;
use axum_server::accept::DefaultAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// How long running requests may take when the server stops.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection may take until its first request.
const FIRST_REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
/// Password checks at the same time.
const PASSWORD_CHECKS: usize = 2;

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A file of the state folder.
    #[error(transparent)]
    File(#[from] FileError),
    /// A key of the state folder.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The certificate authority.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A preset that tasks would refer to.
    #[error(transparent)]
    Preset(#[from] PresetFileError),
    /// A port could not be taken.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The console's own certificate.
    #[error("the console's certificate: {0}")]
    Certificate(io::Error),
}

/// A running server.
pub struct Running {
    console: SocketAddr,
    console_tls: bool,
    kiosks: SocketAddr,
    handles: [Handle<SocketAddr>; 2],
    tasks: Vec<JoinHandle<io::Result<()>>>,
    app: Arc<App>,
}

impl Running {
    /// Where browsers find the console.
    #[must_use]
    pub fn console_url(&self) -> String {
        let scheme = if self.console_tls { "https" } else { "http" };
        format!("{scheme}://{}", self.console)
    }

    /// Where kiosks find the server, by address.
    #[must_use]
    pub fn kiosks_url(&self) -> String {
        format!("https://{}", self.kiosks)
    }

    pub(crate) fn console_port(&self) -> u16 {
        self.console.port()
    }

    pub(crate) fn kiosks_port(&self) -> u16 {
        self.kiosks.port()
    }

    /// The certificate that kiosks trust, PEM.
    #[must_use]
    pub fn authority_pem(&self) -> &str {
        self.app.authority.pem()
    }

    #[cfg(test)]
    pub(crate) fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Takes no new connections, lets running requests finish, and closes the ledger.
    pub async fn stop(self) {
        for handle in &self.handles {
            handle.graceful_shutdown(Some(SHUTDOWN_TIMEOUT));
        }
        for task in self.tasks {
            match task.await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "a listener ended with an error"),
                Err(error) => tracing::error!(%error, "a listener broke"),
            }
        }
        self.app.ledger.clone().close().await;
    }
}

/// Opens the state folder and starts both listeners.
///
/// # Errors
/// [`ServeError`], which names the file, key, database or port that cannot be used.
pub async fn serve(config: Config) -> Result<Running, ServeError> {
    let app = open(&config).await?;
    start(app, &config).await
}

/// Starts both listeners on an opened state folder.
pub(crate) async fn start(app: Arc<App>, config: &Config) -> Result<Running, ServeError> {
    let (kiosk_port, kiosks) = listen(config.kiosks.listen)?;
    let (console_port, console) = listen(config.console.listen)?;
    let handles = [Handle::new(), Handle::new()];

    let tls = RustlsConfig::from_config(Arc::new(app.authority.server_config(&config.kiosks.names)?));
    let service = router::kiosks(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum_server::from_tcp_rustls(kiosk_port, tls)
        .map_err(|source| ServeError::Listen { address: kiosks, source })?
        .first_request_timeout(FIRST_REQUEST_TIMEOUT)
        .handle(handles[0].clone());
    let mut tasks = vec![tokio::spawn(server.serve(service))];

    let service = router::console(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let plain = axum_server::from_tcp(console_port)
        .map_err(|source| ServeError::Listen { address: console, source })?
        .first_request_timeout(FIRST_REQUEST_TIMEOUT)
        .handle(handles[1].clone());
    tasks.push(match &config.console.tls {
        None => tokio::spawn(plain.serve(service)),
        Some(files) => {
            let tls = console_tls(&files.certificate, &files.key).await?;
            let acceptor = RustlsAcceptor::<DefaultAcceptor>::new(tls);
            tokio::spawn(plain.acceptor(acceptor).serve(service))
        }
    });
    tracing::info!(%kiosks, %console, "serving");
    Ok(Running { console, console_tls: config.console.tls.is_some(), kiosks, handles, tasks, app })
}

/// Opens everything in the state folder.
pub(crate) async fn open(config: &Config) -> Result<Arc<App>, ServeError> {
    let ledger = Ledger::open(config).await?;
    presets::publish(&ledger, &config.presets).await?;
    let app = App {
        ledger,
        pictures: Pictures::open(&state_folder::pictures(config))?,
        authority: Authority::open(&config.state)?,
        signer: Arc::new(keys::signer(&state_folder::journal_key(config))?),
        enrolments: Attempts::default(),
        seen: Seen::default(),
        session: config.console.session,
        console_tls: config.console.tls.is_some(),
        form_key: rand::random(),
        password_checks: Arc::new(Semaphore::new(PASSWORD_CHECKS)),
    };
    Ok(Arc::new(app))
}

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let refused = |source| ServeError::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(refused)?;
    listener.set_nonblocking(true).map_err(refused)?;
    let bound = listener.local_addr().map_err(refused)?;
    Ok((listener, bound))
}

async fn console_tls(certificate: &Path, key: &Path) -> Result<RustlsConfig, ServeError> {
    // axum-server takes rustls' process-wide provider here; a second installation is refused and harmless.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    RustlsConfig::from_pem_file(certificate, key).await.map_err(ServeError::Certificate)
}
