//! Which data a figure was measured on.
//!
//! In: a file or folder. Out: a hash of its names and bytes, so that a floor is only held to the data that it was
//! set on. It does not know what the data mean.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// SHA-256 over the files of `path` in order of their names: each one's name, length and bytes.
pub fn sha256(path: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for file in files(path)? {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        hash.update(format!("{name}\0{}\0", bytes.len()));
        hash.update(&bytes);
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

/// All files below `path`, or `path` itself, in order.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
        found.extend(files(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bytes_count() {
        let folder = std::env::temp_dir().join(format!("rashomon-corpus-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).expect("a folder");
        fs::write(folder.join("inner/a.txt"), "one").expect("a file");
        let first = sha256(&folder).expect("a hash");
        fs::write(folder.join("inner/a.txt"), "two").expect("a file");
        let second = sha256(&folder).expect("a hash");
        fs::rename(folder.join("inner/a.txt"), folder.join("inner/b.txt")).expect("a file");
        let third = sha256(&folder).expect("a hash");
        fs::remove_dir_all(&folder).expect("the folder goes");
        assert!(first.len() == 64 && first != second && second != third);
    }
}
