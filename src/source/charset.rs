//! The bytes of a page or of an XML file to a string.
//!
//! In: the bytes and what the server said of them. Out: the string, and how it was decoded where that is worth
//! saying. It does not know what the tags mean: it looks for `charset=` or `encoding=` near the head, as the standards let a
//! reader do.

use encoding_rs::{Encoding, UTF_8};

use super::decode::{Decoded, decode, decode_as, decode_utf8};

/// How far into a page its charset may stand; the standard says 1,024 bytes, pages put scripts before it.
const PRESCAN_BYTES: usize = 4096;

/// Decodes a page: by its mark of byte order, as UTF-8 where it is that, as the server says, as the page says, by
/// detection, in this order.
pub(super) fn decode_page(bytes: &[u8], content_type: Option<&str>) -> Result<Decoded, String> {
    decode_declared(bytes, content_type, b"charset=")
}

/// Decodes an XML file, in the same order.
pub(super) fn decode_xml(bytes: &[u8], content_type: Option<&str>) -> Result<Decoded, String> {
    decode_declared(bytes, content_type, b"encoding=")
}

fn decode_declared(bytes: &[u8], content_type: Option<&str>, key: &[u8]) -> Result<Decoded, String> {
    let marked = Encoding::for_bom(bytes).is_some();
    if marked || bytes.is_ascii() {
        return decode(bytes);
    }
    if let Ok(string) = std::str::from_utf8(bytes) {
        return decode_utf8(string);
    }
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let said = content_type
        .and_then(|said| named_after(b"charset=", said.as_bytes()))
        .or_else(|| named_after(key, head))
        .filter(|encoding| *encoding != UTF_8 && !bytes.contains(&0));
    match said {
        Some(encoding) => Ok(decode_as(encoding, bytes)),
        None => decode(bytes),
    }
}

/// The encoding that stands after the first `key` in `bytes`.
fn named_after(key: &[u8], bytes: &[u8]) -> Option<&'static Encoding> {
    let at = bytes.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))?;
    let rest = &bytes[at + key.len()..];
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_.:".contains(b))).unwrap_or(rest.len());
    Encoding::for_label(&rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], content_type: Option<&str>) -> (String, Option<String>) {
        let decoded = decode_page(bytes, content_type).expect("text");
        (decoded.string, decoded.remark)
    }

    #[test]
    fn the_server_beats_the_page_and_the_page_a_guess() {
        let page = b"<meta charset='iso-8859-2'><p>\xa3\xf3d\xbc";
        assert_eq!(decoded(page, None).0, "<meta charset='iso-8859-2'><p>Łódź");
        let (string, remark) = decoded(b"<p>\xc3\xee\xf0\xee\xe4", Some("text/html; charset=windows-1251"));
        assert_eq!((string.as_str(), remark.as_deref()), ("<p>Город", Some("decoded as windows-1251")));
    }

    #[test]
    fn what_is_utf_8_is_utf_8_whatever_is_said() {
        let (string, remark) = decoded("<p>“Łódź” é".as_bytes(), Some("text/html; charset=ISO-8859-1"));
        assert_eq!((string.as_str(), remark), ("<p>“Łódź” é", None));
        let long = format!("<meta charset=utf-8><p>{}Łódź", "“It rained” all day in the valley. ".repeat(8));
        let cut = &long.as_bytes()[..long.len() - 1];
        assert!(decoded(cut, None).1.is_some_and(|remark| remark.contains("damaged UTF-8")));
    }

    #[test]
    fn an_encoding_that_nobody_knows_is_guessed() {
        let (string, _) = decoded(b"<meta charset=\"x-none\"><p>The caf\xe9 owner said no.", None);
        assert!(string.ends_with("<p>The café owner said no."));
    }
}
