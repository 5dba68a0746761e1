//! What `rashomon text` costs for an archive of pages: pages a second and peak memory, for one archive and for one of four times
//! its size, plain and compressed record by record. Memory is constant where the two sizes need the same.
//!
//! The pages are those of `../shared/data/html/fundus` where they lie there, else an invented one; each is put into the archive
//! again and again under other addresses.

mod peak;

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use flate2::{Compression, write::GzEncoder};

/// Pages in the smaller archive.
const PAGES: usize = 400;

/// How many times larger the other is.
const TIMES: usize = 4;

const INVENTED: &str = "<!doctype html><html lang=en><head><title>Gates open</title></head><body><article><h1>Gates open</h1>\
    <p>The gates of the Lumbe dam were opened on Tuesday after two dry months, the water ministry said in a statement.</p>\
    <p>“By Monday we had given up,” said Ilse Maren, who leads the council of Lumbe and had asked for the water.</p>\
    </article></body></html>";

fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("archive");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let pages = pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/html/fundus"));
    println!("{:<24}{:>8}{:>10}{:>10}{:>14}", "", "pages", "size", "pages/s", "peak memory");
    for name in ["plain.warc", "members.warc.gz"] {
        for count in [PAGES, PAGES * TIMES] {
            let path = folder.join(name);
            write(&path, &pages, count).expect("an archive");
            let size = fs::metadata(&path).expect("an archive").len();
            let (took, peak) = peak::run([Path::new("text"), &path], None);
            let rate = count as f64 / took.as_secs_f64();
            println!("{name:<24}{count:>8}{:>6} MiB{rate:>10.1}{:>10} MiB", size >> 20, peak >> 10);
        }
    }
    let _ = fs::remove_dir_all(&folder);
}

/// The pages under `folder`, in the order of their paths.
fn pages(folder: &Path) -> Vec<Vec<u8>> {
    let (mut open, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.retain(|path| path.to_string_lossy().ends_with(".html.gz"));
    files.sort();
    let pages: Vec<Vec<u8>> = files.iter().filter_map(|path| unpacked(path).ok()).collect();
    if pages.is_empty() { vec![INVENTED.as_bytes().to_vec()] } else { pages }
}

fn unpacked(path: &Path) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    MultiGzDecoder::new(File::open(path)?).read_to_end(&mut page)?;
    Ok(page)
}

/// Writes an archive of `count` records.
fn write(path: &Path, pages: &[Vec<u8>], count: usize) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let compressed = path.extension().is_some_and(|extension| extension == "gz");
    for (number, page) in pages.iter().cycle().take(count).enumerate() {
        if compressed {
            let mut member = GzEncoder::new(&mut out, Compression::fast());
            record(&mut member, number, page)?;
            member.finish()?;
        } else {
            record(&mut out, number, page)?;
        }
    }
    out.flush()
}

fn record(out: &mut impl Write, number: usize, page: &[u8]) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    write!(
        out,
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{head}",
        head.len() + page.len()
    )?;
    out.write_all(page)?;
    out.write_all(b"\r\n\r\n")
}
