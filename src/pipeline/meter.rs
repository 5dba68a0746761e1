//! How far a run through its inputs is.
//!
//! In: how large the inputs are, and what was read of them. Out: both, for who asks. It does not know who shows it, nor how long
//! anything takes.

use std::cell::Cell;
use std::io::{self, Read};

/// Bytes that were read, and bytes that are to be read as far as is known.
#[derive(Debug, Default)]
pub struct Meter {
    read: Cell<u64>,
    all: Cell<u64>,
    endless: Cell<bool>,
}

impl Meter {
    /// What a page of the web counts for, in bytes: about what a page of news has.
    pub(super) const PAGE_BYTES: u64 = 100 << 10;

    /// How many bytes were read.
    pub fn read(&self) -> u64 {
        self.read.get()
    }

    /// How many there are, read or not; `None` where nobody can tell: the standard input.
    pub fn all(&self) -> Option<u64> {
        (!self.endless.get() && self.all.get() > 0).then(|| self.all.get().max(self.read.get()))
    }

    /// So many bytes more are to be read; without a number, nobody can tell.
    pub(super) fn expect(&self, bytes: Option<u64>) {
        match bytes {
            Some(bytes) => self.all.set(self.all.get().saturating_add(bytes)),
            None => self.endless.set(true),
        }
    }

    /// So many pages more are to be got.
    pub(super) fn expect_pages(&self, pages: usize) {
        self.expect(Some(Self::PAGE_BYTES.saturating_mul(pages as u64)));
    }

    /// A page was got, or could not be had.
    pub(super) fn page(&self) {
        self.advance(Self::PAGE_BYTES);
    }

    /// All bytes up to the `until`th were read or passed over.
    pub(super) fn reach(&self, until: u64) {
        self.read.set(self.read.get().max(until));
    }

    fn advance(&self, bytes: u64) {
        self.read.set(self.read.get().saturating_add(bytes));
    }

    /// `input`, of which what is read is counted.
    pub(super) fn count<R: Read>(&self, input: R) -> Counted<'_, R> {
        Counted { input, meter: self }
    }
}

/// An input of which what is read is counted.
pub(super) struct Counted<'m, R> {
    input: R,
    meter: &'m Meter,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.meter.advance(count as u64);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_counted_and_what_is_passed_over_too() {
        let meter = Meter::default();
        assert_eq!(meter.all(), None);
        meter.expect(Some(10));
        meter.expect(Some(20));
        io::copy(&mut meter.count(&[0u8; 7][..]), &mut io::sink()).expect("bytes");
        assert_eq!((meter.read(), meter.all()), (7, Some(30)));
        meter.reach(10);
        meter.reach(4);
        assert_eq!(meter.read(), 10);
        meter.expect(None);
        assert_eq!(meter.all(), None, "nobody knows how long the standard input is");
    }
}
