//! `chancery serve`.

mod background;
mod descriptors;
mod listener;
mod prompt;
mod router;
mod shown;

use std::{net::SocketAddr, sync::Arc};

use axum_server::Handle;
use chancery_portal::{Listener as Door, Transport};
use secrecy::SecretString;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::Semaphore,
    task::{JoinError, JoinHandle},
};

use crate::{
    admin,
    cli::Serve,
    config::{Config, Kind},
    datadir::{DataDir, Lock},
    environment::Environment,
    failure::Failure,
    os, sandbox,
    tls::Tls,
};
use listener::{GRACE, Listener};

/// Serves an environment until told to stop.
pub fn run(words: &Serve) -> Result<(), Failure> {
    log();
    let dir = match (&words.data, words.sandbox) {
        (Some(path), _) => DataDir::new(path),
        (None, _) => DataDir::new(&os::default_sandbox()?),
    }
    .with_pin_file(words.pin_file.clone());
    if words.sandbox {
        dir.create()?;
    }
    // Before anything is read: a directory that is not there has its own words.
    if !words.sandbox {
        dir.config()?;
    }
    let lock = dir.lock()?;
    os::runtime()?.block_on(serve(words, dir, lock))
}

async fn serve(words: &Serve, dir: DataDir, _lock: Lock) -> Result<(), Failure> {
    let fallback = if dir.is_initialised() {
        dir.config()?.listen
    } else {
        crate::config::ListenSection::default()
    };
    let http = Listener::bind(words.listen.unwrap_or(fallback.http))?;
    let https = Listener::bind(words.listen_tls.unwrap_or(fallback.https))?;
    // Whoever says where to listen says it for all.
    let asking = match (words.listen_certificates, words.listen_tls) {
        (Some(address), _) => Some(address),
        (None, Some(_)) => None,
        (None, None) => fallback.certificates,
    };
    let asking = asking.map(Listener::bind).transpose()?;
    if words.sandbox {
        let all = [Some(&http), Some(&https), asking.as_ref()];
        let addresses: Vec<_> = all.into_iter().flatten().map(|one| one.address).collect();
        sandbox::refuse_off_loopback(&addresses)?;
        sandbox::make_if_absent(&dir, http.address).await?;
    }
    let mut config = configuration(words, &dir, http.address)?;
    config.certificate_url = asking
        .as_ref()
        .map(|listener| config.certificate_address(listener.address.port()));
    let patience = config.listen.patience();
    let places = Arc::new(Semaphore::new(descriptors::connections(
        config.listen.connections,
    )));
    let ready = |listener: Listener| {
        listener
            .with_patience(patience)
            .with_places(Arc::clone(&places))
    };
    let (http, https, asking) = (ready(http), ready(https), asking.map(ready));
    let passphrase = passphrase(words, &dir)?;
    let environment = Environment::open(&dir, config, &passphrase).await?;
    drop(passphrase);
    if words.sandbox {
        sandbox::fill(&environment).await?;
    }

    let mut stop = Stop::listen()?;
    let tls = Tls::open(&environment).await?;
    // Before "ready": whoever waits for it may have an act to be done.
    let admin = admin::Server::bind(&dir)?;
    let handle = Handle::new();
    let router = router::router(&environment)?;
    let door = |listener: &Listener, transport| {
        router.clone().layer(axum::Extension(Door {
            transport,
            address: listener.address,
        }))
    };
    let plain = tokio::spawn({
        let (router, handle) = (door(&http, Transport::Plain), handle.clone());
        let address = http.address;
        announce("http", address, "");
        if environment.config.kind == Kind::Sandbox {
            tracing::info!("open http://{address} in a browser");
        }
        http.serve(router, handle)
    });
    let secure = tokio::spawn({
        let (router, handle, config) = (door(&https, Transport::Tls), handle.clone(), tls.config());
        announce("https", https.address, "");
        https.serve_tls(config, router, handle)
    });
    let asking = asking.map(|asking| {
        let router = door(&asking, Transport::AsksForCertificate);
        let (handle, config) = (handle.clone(), tls.asking());
        announce("https", asking.address, "for certificates ");
        tokio::spawn(asking.serve_asking(config, router, handle))
    });
    let admin = tokio::spawn(admin.run(environment.clone()));
    let renewal = tokio::spawn(tls.keep_fresh(environment.clone()));
    let background = background::start(&environment)?;

    let ended = tokio::select! {
        () = stop.came() => Ok(()),
        ended = plain => ended.map_err(std::io::Error::other).flatten(),
        ended = secure => ended.map_err(std::io::Error::other).flatten(),
        ended = either(asking) => ended.map_err(std::io::Error::other).flatten(),
    };
    tracing::info!("stopping: requests under way have {} s", GRACE.as_secs());
    handle.graceful_shutdown(Some(GRACE));
    for task in background.into_iter().chain([admin, renewal]) {
        task.abort();
    }
    while handle.connection_count() > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    ended.map_err(|error| Failure::because("a listener ended", &error))
}

/// The file's configuration; a sandbox is found where it listens today.
fn configuration(words: &Serve, dir: &DataDir, http: SocketAddr) -> Result<Config, Failure> {
    let mut config = dir.config()?;
    match (words.sandbox, config.kind) {
        (true, Kind::Production) => {
            return Err(Failure::new(format!(
                "{} holds a production environment",
                dir.path().display()
            ))
            .hint("leave --sandbox out, or name another directory"));
        }
        (false, Kind::Sandbox) => {
            return Err(
                Failure::new(format!("{} holds a sandbox", dir.path().display())).hint(
                    "serve it with --sandbox; make a production environment with chancery init",
                ),
            );
        }
        (true, Kind::Sandbox) => config.public_url = format!("http://{http}"),
        (false, Kind::Production) => {}
    }
    Ok(config)
}

fn passphrase(words: &Serve, dir: &DataDir) -> Result<SecretString, Failure> {
    dir.read_passphrase(words.passphrase_file.as_deref())
}

/// Tells whoever started it that it serves. The sockets take connections from the moment they are bound.
#[expect(
    clippy::print_stdout,
    reason = "programs that start the server wait for these lines"
)]
fn announce(scheme: &str, address: SocketAddr, what: &str) {
    println!("ready {what}{scheme}://{address}");
}

/// Ends with the listener's task; without one, never.
async fn either(
    task: Option<JoinHandle<std::io::Result<()>>>,
) -> Result<std::io::Result<()>, JoinError> {
    match task {
        Some(task) => task.await,
        None => std::future::pending().await,
    }
}

/// The signals that end a server: taken from the first moment on, so that none ends it unprepared.
struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    fn listen() -> Result<Self, Failure> {
        let take = |kind| signal(kind).map_err(|error| Failure::because("signals", &error));
        Ok(Self {
            interrupt: take(SignalKind::interrupt())?,
            terminate: take(SignalKind::terminate())?,
        })
    }

    async fn came(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

fn log() {
    use std::io::IsTerminal;
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        // cryptoki calls it an error when a token has mechanisms that it has no name for; all have some.
        tracing_subscriber::EnvFilter::new(
            "info,cryptoki=off,hyper=warn,refinery_core=warn,rustls=warn,tokio_postgres=warn",
        )
    });
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second call, in a test, changes nothing.
    let _ = if std::io::stderr().is_terminal() {
        builder.with_target(false).try_init()
    } else {
        builder.json().flatten_event(true).try_init()
    };
}
