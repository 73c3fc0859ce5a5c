//! Blobs as files: `ab/cdef…`, so that no folder grows without bound.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Address, Pending, Place};

pub(super) struct Folder {
    dir: Arc<Path>,
}

impl Folder {
    pub(super) fn new(dir: PathBuf) -> Self {
        Self { dir: dir.into() }
    }

    /// Runs file work where it may block.
    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Pending<'_, T> {
        let dir = Arc::clone(&self.dir);
        Box::pin(async move { Ok(tokio::task::spawn_blocking(move || work(&dir)).await??) })
    }
}

impl Place for Folder {
    fn put(&self, address: Address, octets: Vec<u8>) -> Pending<'_, ()> {
        self.run(move |dir| {
            let (folder, name) = split(dir, &address);
            make_folder(dir)?;
            make_folder(&folder)?;
            let file = folder.join(name);
            // A file of another length is what a failing disk left; it is replaced.
            let there = fs::metadata(&file).is_ok_and(|found| found.len() == octets.len() as u64);
            if !there {
                write_whole(&folder, &file, &octets)?;
            }
            // Also when it is there: whoever wrote it may have died before these.
            sync_folder(&folder)?;
            sync_folder(dir)
        })
    }

    fn read(&self, address: Address) -> Pending<'_, Option<Vec<u8>>> {
        self.run(move |dir| {
            let (folder, name) = split(dir, &address);
            absent(fs::read(folder.join(name)).map(Some), None)
        })
    }

    fn remove(&self, address: Address) -> Pending<'_, bool> {
        self.run(move |dir| {
            let (folder, name) = split(dir, &address);
            let removed = fs::remove_file(folder.join(name)).map(|()| true);
            let removed = absent(removed, false)?;
            if removed {
                sync_folder(&folder)?;
            }
            Ok(removed)
        })
    }
}

fn split(dir: &Path, address: &Address) -> (PathBuf, String) {
    let (folder, name) = address.as_str().split_at(2);
    (dir.join(folder), name.to_owned())
}

fn absent<T>(result: io::Result<T>, none: T) -> io::Result<T> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(none),
        other => other,
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder)?;
    // A new folder lasts once the one that names it is synced.
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
        _ => Ok(()),
    }
}

/// Writes beside, syncs and renames, so that the name never shows half a blob.
fn write_whole(folder: &Path, file: &Path, octets: &[u8]) -> io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let draft = folder.join(format!(".draft-{}-{number}", std::process::id()));
    let written = (|| {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut out = options.open(&draft)?;
        out.write_all(octets)?;
        out.sync_all()?;
        fs::rename(&draft, file)
    })();
    if written.is_err() {
        // The cause of the failure is what the caller needs to hear.
        let _ = fs::remove_file(&draft);
    }
    written
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
