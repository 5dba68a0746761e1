//! Bytes to a string.
//!
//! In: the bytes of a text file. Out: [`Decoded`], or why they are not text. UTF-8 stays as it is, byte for
//! byte; what is not UTF-8 is decoded by detection and says so. It does not know what the words mean.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// The share of control characters above which bytes are not text. Text has none; a terminal's log with
/// colours stays below it, a picture or an archive lies above one in ten.
const MAX_CONTROL_SHARE: f64 = 0.02;

/// How many bytes the encoding is guessed from; more do not change the guess.
const GUESS_BYTES: usize = 1 << 18;

/// A decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text.
    pub string: String,
    /// How it was decoded, where it was not UTF-8.
    pub remark: Option<String>,
}

/// Decodes `bytes`, or says why they are not text.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return text(decode_as(encoding, &bytes[mark..]));
    }
    match std::str::from_utf8(bytes) {
        Ok(string) => decode_utf8(string),
        Err(_) if bytes.contains(&0) => Err(NUL.to_owned()),
        Err(_) if is_damaged_utf8(bytes) => text(repair(bytes)),
        Err(_) => text(decode_as(guess(bytes), bytes)),
    }
}

/// Why bytes with a NUL are none.
const NUL: &str = "it has NUL bytes: it is not text";

/// Takes what is UTF-8, unless it is no text.
pub(super) fn decode_utf8(string: &str) -> Result<Decoded, String> {
    if string.as_bytes().contains(&0) {
        return Err(NUL.to_owned());
    }
    text(Decoded { string: string.to_owned(), remark: None })
}

/// `decoded`, unless it is full of control characters.
fn text(decoded: Decoded) -> Result<Decoded, String> {
    let controls = controls(&decoded.string);
    if controls == 0 {
        return Ok(decoded);
    }
    let all = decoded.string.chars().count();
    if controls as f64 > all as f64 * MAX_CONTROL_SHARE {
        return Err(format!("{controls} of its {all} characters are control characters: it is not text"));
    }
    Ok(decoded)
}

/// How many control characters stand in `string` that are no white space. It looks at bytes, many at a time: a page has a million.
fn controls(string: &str) -> usize {
    let bytes = string.as_bytes();
    let is_low = |b: u8| (b < 9) | (b.wrapping_sub(14) < 18) | (b == 127);
    let low = |some: &[u8]| usize::from(some.iter().map(|b| u8::from(is_low(*b))).sum::<u8>());
    // U+0080 to U+009F: 0xC2 begins no other character with such a second byte.
    let is_high = |(a, b): (&u8, &u8)| u8::from((*a == 0xc2) & (*b < 0xa0));
    let high = |(a, b): (&[u8], &[u8])| usize::from(a.iter().zip(b).map(is_high).sum::<u8>());
    let next = bytes.get(1..).unwrap_or_default();
    bytes.chunks(255).map(low).sum::<usize>()
        + bytes.chunks(255).zip(next.chunks(255)).map(high).sum::<usize>()
}

pub(super) fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (string, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut remark = format!("decoded as {}", encoding.name().to_ascii_lowercase());
    if damaged {
        remark.push_str("; what was malformed is shown as \u{fffd}");
    }
    Decoded { string: string.into_owned(), remark: Some(remark) }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(GUESS_BYTES)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether `bytes` are UTF-8 but for a few: a text that was cut, or joined from two. In another
/// encoding, hardly any bytes above ASCII form a valid sequence of UTF-8.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > 4 * broken
}

fn repair(bytes: &[u8]) -> Decoded {
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let remark = format!("damaged UTF-8: {broken} malformed sequence(s) are shown as \u{fffd}");
    Decoded { string: String::from_utf8_lossy(bytes).into_owned(), remark: Some(remark) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_detected_and_said() {
        let bytes = b"The caf\xe9 owner said \x93it is a na\xefve plan\x94 for M\xfcnster.";
        let decoded = decode(bytes).expect("text");
        assert_eq!(decoded.string, "The café owner said “it is a naïve plan” for Münster.");
        assert_eq!(decoded.remark.as_deref(), Some("decoded as windows-1252"));
    }

    #[test]
    fn utf_16_is_decoded_by_its_mark() {
        for big in [false, true] {
            let units = "\u{feff}The dam held – “so far”.".encode_utf16();
            let bytes: Vec<u8> =
                units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
            let decoded = decode(&bytes).expect("text");
            assert_eq!(decoded.string, "The dam held – “so far”.");
            assert_eq!(
                decoded.remark.as_deref(),
                Some(if big { "decoded as utf-16be" } else { "decoded as utf-16le" })
            );
        }
    }

    #[test]
    fn a_cut_utf_8_text_stays_utf_8() {
        let whole = "“Yes,” she said – “no”, he said – “perhaps”, they said – “é”".as_bytes();
        let decoded = decode(&whole[..whole.len() - 1]).expect("text");
        assert!(decoded.string.starts_with("“Yes,” she said"));
        assert!(decoded.string.ends_with('\u{fffd}'));
        assert!(decoded.remark.is_some_and(|r| r.contains("damaged UTF-8")));
    }

    #[test]
    fn control_characters_are_counted_and_white_space_is_none() {
        assert_eq!(controls("a\t\n\r\u{b}\u{c}\u{a0}é\u{7}\u{1f}\u{7f}\u{80}\u{9f}"), 5);
    }

    #[test]
    fn binary_is_not_text() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\x00\x00").is_err());
        assert!(decode(&[1, 2, 3, 4, 5, 6, 0x7f, 0x7f]).is_err());
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
        assert!(decode(&noise).is_err());
    }
}
