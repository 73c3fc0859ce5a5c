//! One PostgreSQL server for all tests of a user, whatever process they run in.
//!
//! Making a server takes seconds and a test process may hold a single test, so processes share one: each
//! holds a shared file lock while it lives, and a watcher stops the server when nobody has held it for ten
//! seconds, which also covers tests that panic or are killed. Everything lies in one temporary folder.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    os::unix::{
        fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _},
        net::UnixStream,
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

const SCRIPT: &str = include_str!("cluster.sh");

/// The folder of the server's socket, or nothing where PostgreSQL is not installed; the server stays while this process lives.
///
/// # Panics
/// If PostgreSQL is installed but cannot be started.
#[expect(clippy::panic, reason = "a test that needs the server has failed")]
pub(super) fn socket_folder() -> Option<&'static Path> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        let programs = programs()?;
        let joined = Server::join(&programs);
        Some(joined.unwrap_or_else(|error| panic!("the PostgreSQL server of the tests: {error}")))
    });
    server.as_ref().map(|server| server.socket.as_path())
}

/// Where `initdb` is: the newest of Debian's, or wherever `pg_config` says.
fn programs() -> Option<PathBuf> {
    let version = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let debian = fs::read_dir("/usr/lib/postgresql").ok().and_then(|found| {
        let installed = found.flatten().map(|entry| entry.path());
        installed.max_by_key(|path| version(path))
    });
    let elsewhere = || {
        let output = Command::new("pg_config").arg("--bindir").output().ok()?;
        Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
    };
    let has_initdb = |folder: &PathBuf| folder.join("initdb").is_file();
    debian
        .map(|path| path.join("bin"))
        .filter(has_initdb)
        .or_else(|| elsewhere().filter(has_initdb))
}

struct Server {
    socket: PathBuf,
    /// Held while this process lives.
    _user: File,
}

impl Server {
    fn join(programs: &Path) -> io::Result<Self> {
        let folder = folder()?;
        // One process at a time starts or stops the server.
        let gate = lock_file(&folder, "gate")?;
        gate.lock()?;
        let user = lock_file(&folder, "users")?;
        user.lock_shared()?;
        user.set_modified(fs::metadata("/proc/self")?.modified()?)?;
        let socket = folder.join("server");
        if UnixStream::connect(socket.join(".s.PGSQL.5432")).is_err() {
            start(&folder, programs)?;
        }
        let watcher = lock_file(&folder, "watcher")?;
        if watcher.try_lock().is_ok() {
            watcher.unlock()?;
            script("watch", &folder, programs)
                // Of its own group: whoever ends this test does not end the watcher.
                .process_group(0)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()?;
        }
        Ok(Self {
            socket,
            _user: user,
        })
    }
}

/// The shared folder, which nobody else can have made for us.
fn folder() -> io::Result<PathBuf> {
    let uid = fs::metadata("/proc/self")?.uid();
    let folder = std::env::temp_dir().join(format!("chancery-test-postgres-{uid}"));
    // Traversable, for root's server runs as another user.
    let mut builder = DirBuilder::new();
    match builder.mode(0o711).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(&folder)?;
    if !found.is_dir() || found.uid() != uid || found.mode() & 0o022 != 0 {
        let text = format!("{} belongs to somebody else", folder.display());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
    }
    Ok(folder)
}

fn lock_file(folder: &Path, name: &str) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).mode(0o600);
    options.open(folder.join(name))
}

fn script(verb: &str, folder: &Path, programs: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", SCRIPT, "cluster.sh", verb]);
    command.arg(folder).arg(programs);
    command
}

fn start(folder: &Path, programs: &Path) -> io::Result<()> {
    // The server outlives this command and must not keep its pipes open.
    let errors = folder.join("errors");
    let status = script("start", folder, programs)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&errors)?)
        .status()?;
    if status.success() {
        return Ok(());
    }
    let text = fs::read_to_string(&errors).unwrap_or_default();
    let log = fs::read_to_string(folder.join("server/log")).unwrap_or_default();
    Err(io::Error::other(format!("{status}: {text}{log}")))
}
