//! The layer under SQLite, in C's terms (<https://www.sqlite.org/vfs.html>). It does nothing but ask
//! the layer that SQLite would use without it, and tell [`State`] of each write.
#![expect(unsafe_code, reason = "SQLite calls this by pointers to C functions")]

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::{MutexGuard, OnceLock};

use rusqlite::ffi::{self, sqlite3_file, sqlite3_io_methods, sqlite3_vfs};

use crate::disk::{self, Refuse, Shared, State, lock};
use crate::platter::Id;

const NAME: &CStr = c"powercut";

/// The layer that SQLite uses by itself. It lives as long as the process, and is the same for all threads.
struct Below(*mut sqlite3_vfs);

// SAFETY: SQLite lets every thread call it, and nothing here changes what it points to.
unsafe impl Send for Below {}
// SAFETY: as above.
unsafe impl Sync for Below {}

static BELOW: OnceLock<Below> = OnceLock::new();

/// Makes the layer known to SQLite, once.
pub fn register() {
    BELOW.get_or_init(|| {
        // SAFETY: SQLite gives a layer that stays. The copy of it is never freed. Functions that
        // are taken over look at no more than what was copied with them.
        unsafe {
            let below = ffi::sqlite3_vfs_find(std::ptr::null());
            assert!(!below.is_null(), "SQLite has a layer of its own");
            let layer = Box::leak(Box::new(*below));
            layer.zName = NAME.as_ptr();
            layer.pNext = std::ptr::null_mut();
            layer.szOsFile += size_of::<File>() as c_int;
            layer.xOpen = Some(open);
            layer.xDelete = Some(delete);
            let done = ffi::sqlite3_vfs_register(layer, 0);
            assert_eq!(done, ffi::SQLITE_OK, "a layer can be added");
            Below(below)
        }
    });
}

fn below() -> *mut sqlite3_vfs {
    BELOW.get().expect("it was registered").0
}

/// What SQLite knows as an open file. The file of the layer below lies right behind it.
#[repr(C)]
struct File {
    base: sqlite3_file,
    /// Nothing for temporary files, which a cut takes anyway.
    watched: *mut Watched,
}

struct Watched {
    disk: Shared,
    id: Id,
    /// SQLite has the folder synced with the first sync of a journal or log.
    syncs_names: bool,
}

/// Version 2 knows shared memory and no mapped files: what is written through a map goes unseen.
static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock_file),
    xUnlock: Some(unlock_file),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// # Safety
/// `file` was opened by [`open`].
unsafe fn real(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: SQLite has made room for both (`szOsFile`).
    unsafe { file.byte_add(size_of::<File>()) }
}

/// # Safety
/// `file` was opened by [`open`] and is not closed.
unsafe fn watched<'a>(file: *mut sqlite3_file) -> Option<&'a mut Watched> {
    // SAFETY: it was made from a box and nobody else has it: SQLite uses a file from one thread at a time.
    unsafe { (*file.cast::<File>()).watched.as_mut() }
}

fn state(watched: &Watched) -> MutexGuard<'_, State> {
    lock(&watched.disk)
}

/// # Safety
/// `name` is null or text that ends in a zero, as SQLite's names do.
unsafe fn path<'a>(name: *const c_char) -> Option<&'a Path> {
    // SAFETY: as the caller promises; SQLite keeps the name until the file is closed.
    (!name.is_null())
        .then(|| Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes())))
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    mut flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives room for `szOsFile` bytes and a name as it promises. Without methods it
    // does not close the file after a failure.
    unsafe {
        let this = file.cast::<File>();
        (*this).base.pMethods = std::ptr::null();
        (*this).watched = std::ptr::null_mut();
        let open_real = (*below()).xOpen.expect("a layer opens files");
        let path = path(name).filter(|_| flags & ffi::SQLITE_OPEN_DELETEONCLOSE == 0);
        let Some(path) = path else {
            let done = open_real(below(), name, real(file), flags, flags_out);
            if done == ffi::SQLITE_OK {
                (*this).base.pMethods = &METHODS;
            }
            return done;
        };
        // A file that nobody watches would survive every cut.
        let Some((disk, short)) = disk::find(path) else { return ffi::SQLITE_CANTOPEN };
        let mut state = lock(&disk);
        if state.lit().is_err() {
            return ffi::SQLITE_CANTOPEN;
        }
        if state.refuses == Some(Refuse::Writing) {
            flags &= !(ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE);
            flags |= ffi::SQLITE_OPEN_READONLY;
        }
        let done = open_real(below(), name, real(file), flags, flags_out);
        if done != ffi::SQLITE_OK {
            return done;
        }
        let id = state.opened(path, &short);
        drop(state);
        let journals =
            ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL | ffi::SQLITE_OPEN_WAL;
        let syncs_names = flags & ffi::SQLITE_OPEN_CREATE != 0 && flags & journals != 0;
        (*this).watched = Box::into_raw(Box::new(Watched { disk, id, syncs_names }));
        (*this).base.pMethods = &METHODS;
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync_names: c_int) -> c_int {
    // SAFETY: SQLite gives a name as it promises.
    unsafe {
        let delete_real = (*below()).xDelete.expect("a layer deletes files");
        let Some((disk, short)) = path(name).and_then(disk::find) else {
            return delete_real(below(), name, 0);
        };
        let mut state = lock(&disk);
        if state.lit().is_err() || state.refuses == Some(Refuse::Writing) {
            return ffi::SQLITE_IOERR_DELETE;
        }
        let done = delete_real(below(), name, 0);
        if done != ffi::SQLITE_OK {
            return done;
        }
        state.platter.unlink(&short);
        if state.count().is_err() {
            return ffi::SQLITE_IOERR_DELETE;
        }
        if sync_names != 0 {
            state.platter.sync_names();
        }
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once, and does not use it afterwards.
    unsafe {
        let this = file.cast::<File>();
        if !(*this).watched.is_null() {
            drop(Box::from_raw((*this).watched));
            (*this).watched = std::ptr::null_mut();
        }
        let real = real(file);
        (*(*real).pMethods).xClose.map_or(ffi::SQLITE_OK, |close| close(real))
    }
}

/// Functions that pass a call on to the layer below.
macro_rules! pass_on {
    ($($name:ident($($arg:ident: $kind:ty),*) is $method:ident;)+) => {$(
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $arg: $kind)*) -> c_int {
            // SAFETY: SQLite gives a file that `open` opened, and what the method asks for.
            unsafe {
                let real = real(file);
                (*(*real).pMethods).$method.map_or(ffi::SQLITE_NOTFOUND, |call| call(real $(, $arg)*))
            }
        }
    )+};
}

pass_on! {
    read_real(into: *mut c_void, length: c_int, at: i64) is xRead;
    write_real(from: *const c_void, length: c_int, at: i64) is xWrite;
    truncate_real(length: i64) is xTruncate;
    file_size(length: *mut i64) is xFileSize;
    lock_file(kind: c_int) is xLock;
    unlock_file(kind: c_int) is xUnlock;
    check_reserved_lock(held: *mut c_int) is xCheckReservedLock;
    file_control_real(what: c_int, with: *mut c_void) is xFileControl;
    sector_size() is xSectorSize;
    device_characteristics() is xDeviceCharacteristics;
    shm_map(page: c_int, size: c_int, extend: c_int, at: *mut *mut c_void) is xShmMap;
    shm_lock(offset: c_int, n: c_int, flags: c_int) is xShmLock;
    shm_unmap(delete: c_int) is xShmUnmap;
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: SQLite gives a file that `open` opened.
    unsafe {
        let real = real(file);
        if let Some(barrier) = (*(*real).pMethods).xShmBarrier {
            barrier(real);
        }
    }
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    into: *mut c_void,
    length: c_int,
    at: i64,
) -> c_int {
    // SAFETY: SQLite gives a file that `open` opened, and room for so many bytes.
    unsafe {
        if watched(file).is_some_and(|watched| state(watched).lit().is_err()) {
            return ffi::SQLITE_IOERR_READ;
        }
        read_real(file, into, length, at)
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    length: c_int,
    at: i64,
) -> c_int {
    // SAFETY: SQLite gives a file that `open` opened, and so many bytes.
    unsafe {
        let Some(watched) = watched(file) else { return write_real(file, from, length, at) };
        let mut state = state(watched);
        if state.lit().is_err() || state.refuses == Some(Refuse::Writing) {
            return ffi::SQLITE_IOERR_WRITE;
        }
        if state.refuses == Some(Refuse::Growing) {
            let mut now = 0;
            let known = file_size(file, &mut now);
            if known != ffi::SQLITE_OK || at + i64::from(length) > now {
                return ffi::SQLITE_FULL;
            }
        }
        let done = write_real(file, from, length, at);
        if done != ffi::SQLITE_OK {
            return done;
        }
        let bytes = std::slice::from_raw_parts(from.cast::<u8>(), length as usize);
        state.platter.write(watched.id, at as usize, bytes);
        state.count().map_or(ffi::SQLITE_IOERR_WRITE, |()| ffi::SQLITE_OK)
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: i64) -> c_int {
    // SAFETY: SQLite gives a file that `open` opened.
    unsafe {
        let Some(watched) = watched(file) else { return truncate_real(file, length) };
        let mut state = state(watched);
        if state.lit().is_err() || state.refuses == Some(Refuse::Writing) {
            return ffi::SQLITE_IOERR_TRUNCATE;
        }
        let done = truncate_real(file, length);
        if done != ffi::SQLITE_OK {
            return done;
        }
        state.platter.set_length(watched.id, length as usize);
        state.count().map_or(ffi::SQLITE_IOERR_TRUNCATE, |()| ffi::SQLITE_OK)
    }
}

/// The platter alone is told: the real disk need not wait.
unsafe extern "C" fn sync(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: SQLite gives a file that `open` opened.
    let Some(watched) = (unsafe { watched(file) }) else { return ffi::SQLITE_OK };
    let mut state = lock(&watched.disk);
    if state.lit().is_err() || state.count().is_err() {
        return ffi::SQLITE_IOERR_FSYNC;
    }
    state.platter.sync(watched.id);
    if std::mem::take(&mut watched.syncs_names) {
        state.platter.sync_names();
    }
    ffi::SQLITE_OK
}

/// Nothing that changes a file goes past the platter.
unsafe extern "C" fn file_control(
    file: *mut sqlite3_file,
    what: c_int,
    with: *mut c_void,
) -> c_int {
    match what {
        ffi::SQLITE_FCNTL_SIZE_HINT | ffi::SQLITE_FCNTL_CHUNK_SIZE => ffi::SQLITE_OK,
        ffi::SQLITE_FCNTL_MMAP_SIZE => ffi::SQLITE_NOTFOUND,
        // SAFETY: SQLite gives a file that `open` opened, and what the call asks for.
        _ => unsafe { file_control_real(file, what, with) },
    }
}
