//! One fsync for all writes that wait (group commit).
//!
//! The engine takes one write at a time, and would press each onto the disk before it takes the next: a disk that does a thousand of those a second ends everything else at that. Here
//! it leaves its log to the operating system, and whoever has written waits until the log was pressed *after* that; one pressing does for all who wait by then.
//!
//! Nobody is told what is not on disk. A write is answered, and rings, once it is pressed; a read, and a refusal, once every write is that it may have seen. A process that dies
//! loses nothing that the operating system has; after a power cut the file holds every write that was pressed, and of the others those before one that it lost
//! (SQLite's WAL, `synchronous=NORMAL`).
//!
//! A pressing that failed is the last: Linux tells of bytes that it could not write once, takes them for written from then on, and the next pressing succeeds without them. Whoever
//! asks after that is told that the disk failed, and nothing is written any more; a restart reads what the disk has.

use std::{
    collections::BTreeSet,
    fs::{File, OpenOptions},
    io,
    path::Path,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use dynoxide::DynoxideError;

/// What presses the log onto the disk.
type Sync = Box<dyn Fn() -> io::Result<()> + Send + std::marker::Sync>;

/// Told to everybody after that.
const BROKEN: &str = "the disk has failed, and what was written last may be lost: look at the disk, then start again";

/// Presses a database's log onto the disk, for all who wait.
pub(super) struct Press {
    /// None of a database in memory.
    sync: Option<Sync>,
    state: Mutex<State>,
    turned: Condvar,
}

#[derive(Default)]
struct State {
    /// Writes that were begun, by number.
    begun: u64,
    /// Those of them that the engine has not ended.
    open: BTreeSet<u64>,
    /// How many it has ended.
    ended: u64,
    /// How many of those are on disk.
    pressed: u64,
    /// Whether somebody presses.
    is_pressing: bool,
    /// Whether a pressing failed: nobody knows what is on disk, and no later one can tell.
    is_broken: bool,
}

impl State {
    /// # Errors
    /// A pressing has failed.
    fn whole(&self) -> Result<(), DynoxideError> {
        if self.is_broken { Err(DynoxideError::InternalServerError(BROKEN.to_owned())) } else { Ok(()) }
    }
}

impl Press {
    /// Of a database in memory: nothing is pressed.
    pub(super) fn none() -> Self {
        Self::with(None)
    }

    /// Of the database `file`, whose log lies beside it; that both are in their folder is pressed here, once.
    ///
    /// # Errors
    /// The log cannot be opened, or the folder not be pressed.
    pub(super) fn of(file: &Path) -> io::Result<Self> {
        let mut log = file.as_os_str().to_owned();
        log.push("-wal");
        let log: File = OpenOptions::new().append(true).create(true).open(log)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(Self::with(Some(Box::new(move || log.sync_data()))))
    }

    fn with(sync: Option<Sync>) -> Self {
        Self { sync, state: Mutex::default(), turned: Condvar::new() }
    }

    /// Does `write` and returns once it is on disk, or once every write is that its refusal may speak of.
    ///
    /// # Errors
    /// As `write`; or the disk failed: whether it is written is not known. Where it failed before, nothing is written.
    pub(super) fn written<T>(&self, write: impl FnOnce() -> Result<T, DynoxideError>) -> Result<T, DynoxideError> {
        let Some(sync) = &self.sync else { return write() };
        let ticket = {
            let mut state = self.state();
            state.whole()?;
            state.begun += 1;
            let ticket = state.begun;
            state.open.insert(ticket);
            ticket
        };
        let done = Open { press: self, ticket };
        let outcome = write();
        drop(done);
        match outcome {
            Ok(response) => {
                let upto = self.state().ended;
                self.pressed(sync, upto)?;
                Ok(response)
            }
            Err(refusal) => {
                self.seen()?;
                Err(refusal)
            }
        }
    }

    /// Returns once every write is on disk that a read which has just ended may have seen.
    ///
    /// # Errors
    /// The disk failed, now or before.
    pub(super) fn seen(&self) -> Result<(), DynoxideError> {
        let Some(sync) = &self.sync else { return Ok(()) };
        let upto = {
            let mut state = self.state();
            let last = state.begun;
            while !state.is_broken && state.open.first().is_some_and(|open| *open <= last) {
                state = self.turned.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            state.whole()?;
            state.ended
        };
        self.pressed(sync, upto)
    }

    /// Returns once the first `upto` writes that ended are on disk: by somebody else's pressing that began after the last of them, or by one's own.
    fn pressed(&self, sync: &Sync, upto: u64) -> Result<(), DynoxideError> {
        let mut state = self.state();
        while state.pressed < upto {
            state.whole()?;
            if state.is_pressing {
                state = self.turned.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.is_pressing = true;
            let covers = state.ended;
            drop(state);
            let pressed = sync();
            state = self.state();
            state.is_pressing = false;
            match pressed {
                Ok(()) => state.pressed = covers,
                Err(error) => {
                    state.is_broken = true;
                    tracing::error!(alarm = "disk-failed", %error, "the log of the tables cannot be pressed onto the disk");
                }
            }
            self.turned.notify_all();
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A write that the engine is at; it ends when this is dropped, also by a panic.
struct Open<'a> {
    press: &'a Press,
    ticket: u64,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let mut state = self.press.state();
        state.open.remove(&self.ticket);
        state.ended += 1;
        self.press.turned.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicBool, AtomicU64, Ordering},
        },
        thread,
        time::Duration,
    };

    use super::*;

    /// A log that counts what is written to it and remembers how much of it the last pressing found.
    #[derive(Default)]
    struct Log {
        written: AtomicU64,
        on_disk: AtomicU64,
        pressings: AtomicU64,
        fails: AtomicBool,
    }

    fn press(log: &Arc<Log>) -> Press {
        let log = Arc::clone(log);
        Press::with(Some(Box::new(move || {
            let found = log.written.load(Ordering::SeqCst);
            thread::sleep(Duration::from_millis(2));
            if log.fails.load(Ordering::SeqCst) {
                return Err(io::Error::other("no space"));
            }
            log.on_disk.fetch_max(found, Ordering::SeqCst);
            log.pressings.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })))
    }

    fn write(log: &Log) -> Result<u64, DynoxideError> {
        Ok(log.written.fetch_add(1, Ordering::SeqCst) + 1)
    }

    #[test]
    fn every_write_is_on_disk_when_it_is_answered_and_one_pressing_does_for_many() {
        let log = Arc::<Log>::default();
        let press = press(&log);
        thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let place = press.written(|| write(&log)).unwrap();
                        assert!(log.on_disk.load(Ordering::SeqCst) >= place);
                    }
                });
            }
        });
        let pressings = log.pressings.load(Ordering::SeqCst);
        assert!(pressings < 160, "{pressings} pressings of 320 writes");
    }

    #[test]
    fn a_read_or_a_refusal_tells_nothing_that_is_not_on_disk() {
        let log = Arc::<Log>::default();
        let press = press(&log);
        thread::scope(|scope| {
            scope.spawn(|| {
                press.written(|| {
                    let place = write(&log);
                    // The engine has it, and its writer has not come back yet.
                    thread::sleep(Duration::from_millis(20));
                    place
                })
            });
            for refused in [false, true] {
                while log.written.load(Ordering::SeqCst) == 0 {
                    thread::yield_now();
                }
                let seen = log.written.load(Ordering::SeqCst);
                if refused {
                    let refusal = DynoxideError::ValidationException(String::new());
                    press.written(|| Err::<(), _>(refusal)).unwrap_err();
                } else {
                    press.seen().unwrap();
                }
                assert!(log.on_disk.load(Ordering::SeqCst) >= seen);
            }
        });
    }

    /// The kernel tells once that it could not write, and takes the bytes for written.
    #[test]
    fn after_a_pressing_has_failed_no_later_one_is_believed() {
        let log = Arc::<Log>::default();
        let press = press(&log);
        press.written(|| write(&log)).unwrap();
        log.fails.store(true, Ordering::SeqCst);
        press.written(|| write(&log)).unwrap_err();
        log.fails.store(false, Ordering::SeqCst);
        press.seen().unwrap_err();
        press.written(|| write(&log)).unwrap_err();
        let refused = press.written(|| Err::<(), _>(DynoxideError::ValidationException(String::new())));
        assert!(matches!(refused, Err(DynoxideError::InternalServerError(reason)) if reason == BROKEN));
        assert_eq!(log.written.load(Ordering::SeqCst), 2, "what comes after is not even written");
        assert_eq!((log.on_disk.load(Ordering::SeqCst), log.pressings.load(Ordering::SeqCst)), (1, 1));
    }

    #[test]
    fn whoever_waits_for_a_pressing_that_fails_is_told() {
        let log = Arc::<Log>::default();
        let press = press(&log);
        log.fails.store(true, Ordering::SeqCst);
        thread::scope(|scope| {
            let waiting: Vec<_> = (0..8).map(|_| scope.spawn(|| press.written(|| write(&log)).is_err())).collect();
            let reading: Vec<_> = (0..8).map(|_| scope.spawn(|| press.seen())).collect();
            assert!(waiting.into_iter().all(|waiting| waiting.join().unwrap()), "no write is answered");
            // A read that came before the first write has seen nothing.
            reading.into_iter().for_each(|reading| drop(reading.join().unwrap()));
        });
        press.seen().unwrap_err();
        assert_eq!(log.on_disk.load(Ordering::SeqCst), 0);
    }

    #[test]
    fn a_write_that_panics_keeps_nobody_waiting() {
        let log = Arc::<Log>::default();
        let press = press(&log);
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            press.written(|| -> Result<(), DynoxideError> { panic!("the engine fell over") })
        }));
        assert!(broken.is_err());
        press.seen().unwrap();
    }
}
