//! Modules: loaded and initialised once in a process.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicU64, Ordering},
    },
};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error, RvError},
};

use super::{Pkcs11Uri, TokenError};

/// Where modules lie that are named without a path.
const FOLDERS: [&str; 8] = [
    "/usr/lib/pkcs11",
    "/usr/lib64/pkcs11",
    "/usr/local/lib/pkcs11",
    "/usr/lib/x86_64-linux-gnu/pkcs11",
    "/usr/lib/aarch64-linux-gnu/pkcs11",
    "/usr/lib/softhsm",
    "/usr/lib/x86_64-linux-gnu/softhsm",
    "/usr/lib/aarch64-linux-gnu/softhsm",
];

/// PKCS #11 initialises a module for the whole process, so there is one list of them. None is ever unloaded.
static MODULES: Mutex<Vec<Arc<Module>>> = Mutex::new(Vec::new());

/// A loaded and initialised module.
pub(super) struct Module {
    path: PathBuf,
    pkcs11: Pkcs11,
    /// Whether we initialised it, and may end and start it again.
    ours: bool,
    /// Held for reading during every call, for writing while the module is started again.
    gate: RwLock<()>,
    /// How often it was started: session and object handles of an earlier start mean nothing, or something else.
    starts: AtomicU64,
}

impl Module {
    /// The module that a URI names.
    pub(super) fn open(uri: &Pkcs11Uri) -> Result<Arc<Self>, TokenError> {
        let named = find(uri)?;
        // Two names of one file must not initialise it twice.
        let path = named.canonicalize().unwrap_or(named);
        let mut modules = MODULES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(module) = modules.iter().find(|module| module.path == path) {
            return Ok(Arc::clone(module));
        }
        let failed = |source| TokenError::Module {
            path: path.clone(),
            source: Box::new(source),
        };
        let pkcs11 = Pkcs11::new(&path).map_err(failed)?;
        let ours = match initialize(&pkcs11) {
            Ok(()) => true,
            Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => false,
            Err(error) => return Err(failed(error)),
        };
        let module = Arc::new(Self {
            path,
            pkcs11,
            ours,
            gate: RwLock::new(()),
            starts: AtomicU64::new(0),
        });
        modules.push(Arc::clone(&module));
        Ok(module)
    }

    pub(super) const fn pkcs11(&self) -> &Pkcs11 {
        &self.pkcs11
    }

    /// Keeps the module from being started again, and tells which start this is.
    pub(super) fn enter(&self) -> (RwLockReadGuard<'_, ()>, u64) {
        let guard = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        (guard, self.starts.load(Ordering::Acquire))
    }

    /// Ends the module and starts it again, as some need it to see a token that came back; every session is void
    /// afterwards. Does nothing where another thread was faster, or where it was not we who started it.
    pub(super) fn restart(&self, seen: u64) -> Result<(), TokenError> {
        if !self.ours {
            return Ok(());
        }
        let _guard = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        if self.starts.load(Ordering::Acquire) != seen {
            return Ok(());
        }
        self.starts.fetch_add(1, Ordering::AcqRel);
        // It may have ended by itself; what counts is whether it starts.
        let _ = self.pkcs11.clone().finalize();
        match initialize(&self.pkcs11) {
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(()),
            Err(error) => Err(TokenError::Module {
                path: self.path.clone(),
                source: Box::new(error),
            }),
        }
    }
}

fn initialize(pkcs11: &Pkcs11) -> Result<(), Error> {
    pkcs11.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
}

/// The file of a module (RFC 7512 section 2.3): `module-path` is the file or its folder, `module-name` its name without
/// `lib` and ending.
fn find(uri: &Pkcs11Uri) -> Result<PathBuf, TokenError> {
    let path = uri.module_path.as_deref().map(Path::new);
    let Some(name) = &uri.module_name else {
        return path.map(Path::to_owned).ok_or(TokenError::NoModule);
    };
    if let Some(path) = path
        && !path.is_dir()
    {
        return Ok(path.to_owned());
    }
    // A name is no path: `module-name=../x` must not leave the folders.
    let files = [
        format!("{name}.so"),
        format!("lib{name}.so"),
        format!("p11-{name}.so"),
        format!("{name}-pkcs11.so"),
    ];
    let folders = path.map_or_else(
        || FOLDERS.iter().map(PathBuf::from).collect(),
        |path| vec![path.to_owned()],
    );
    folders
        .iter()
        .flat_map(|folder| files.iter().map(move |file| folder.join(file)))
        .find(|file| !name.contains('/') && file.is_file())
        .ok_or_else(|| TokenError::ModuleName { name: name.clone() })
}
