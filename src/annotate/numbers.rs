//! Numbers in words and digits, shared by `times` and `quantities`.
//!
//! In: a stretch of text. Out: its [`Pieces`] and the [`Number`] that begins at one of them. It does not know
//! what is counted, nor whether a number is a year, an age or part of a name.

use crate::span::Span;

/// A run of letters, a number in digits, or one mark.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'t> {
    /// Where it is.
    pub span: Span,
    /// As it is written.
    pub word: &'t str,
    /// In lower case.
    pub lower: &'t str,
    /// Whether no white space stands before it.
    pub glued: bool,
}

/// The pieces of one sentence. Positions outside of it read as the empty word.
#[derive(Clone, Debug)]
pub struct Pieces<'t>(Vec<Piece<'t>>);

impl<'t> Pieces<'t> {
    /// Cuts `text`, whose copy in ASCII lower case is `lower`, at `span`.
    pub fn cut(text: &'t str, lower: &'t str, span: Span) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut at, end) = (span.start as usize, span.end as usize);
        while let Some(first) = text[at..end].chars().next() {
            let len = piece_len(&text[at..end], first);
            if !first.is_whitespace() {
                let glued = pieces.last().is_some_and(|p| p.span.end as usize == at);
                let (word, lower) = (&text[at..at + len], &lower[at..at + len]);
                pieces.push(Piece { span: Span::new(at..at + len), word, lower, glued });
            }
            at += len;
        }
        Pieces(pieces)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The piece at `i`.
    pub fn get(&self, i: usize) -> Option<&Piece<'t>> {
        self.0.get(i)
    }

    /// The piece at `i` in lower case.
    pub fn lower(&self, i: usize) -> &'t str {
        self.0.get(i).map_or("", |p| p.lower)
    }

    /// The piece `back` positions before `i`, in lower case.
    pub fn before(&self, i: usize, back: usize) -> &'t str {
        i.checked_sub(back).map_or("", |j| self.lower(j))
    }

    /// Whether the piece at `i` is one of `words`.
    pub fn is(&self, i: usize, words: &[&str]) -> bool {
        self.0.get(i).is_some_and(|p| words.contains(&p.lower))
    }

    /// Whether no white space stands before the piece at `i`.
    pub fn glued(&self, i: usize) -> bool {
        self.0.get(i).is_some_and(|p| p.glued)
    }

    /// Whether the piece at `i` begins with a capital.
    pub fn capital(&self, i: usize) -> bool {
        self.0.get(i).is_some_and(|p| p.word.starts_with(char::is_uppercase))
    }

    /// Whether the piece at `i` is made of letters.
    pub fn letters(&self, i: usize) -> bool {
        self.0.get(i).is_some_and(|p| p.word.starts_with(char::is_alphabetic))
    }

    /// Whether the piece at `i` is a number in digits.
    pub fn digits(&self, i: usize) -> bool {
        self.0.get(i).is_some_and(|p| p.word.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The whole number of at most `most` digits, without separators, at `i`.
    pub fn plain(&self, i: usize, most: usize) -> Option<i16> {
        let word = self.0.get(i)?.word;
        (word.len() <= most && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok())?
    }

    /// Whether a hyphen or dash stands at `i`, with no white space on either side.
    pub fn hyphen(&self, i: usize) -> bool {
        self.is(i, &["-", "‐", "‑", "–", "—"]) && self.glued(i) && self.glued(i + 1)
    }

    /// The text from the piece at `start` up to the one before `end`.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        Some(self.0.get(start)?.span.cover(self.0.get(end.checked_sub(1)?)?.span))
    }
}

fn piece_len(rest: &str, first: char) -> usize {
    if first.is_ascii_digit() {
        digits_len(rest.as_bytes())
    } else if first.is_alphabetic() {
        rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
    } else {
        first.len_utf8()
    }
}

/// The length of "1,234,567.89" at the head of `bytes`.
fn digits_len(bytes: &[u8]) -> usize {
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut len = run(0);
    while len <= 15 && bytes.get(len) == Some(&b',') && run(len + 1) == 3 {
        len += 4;
    }
    match bytes.get(len) == Some(&b'.') && run(len + 1) > 0 {
        true => len + 1 + run(len + 1),
        false => len,
    }
}

/// A number as it was said, without hedge and unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The smallest that it can mean.
    pub low: f64,
    /// The largest that it can mean; above `low` only for vague words ("several").
    pub high: f64,
    /// Whether `high` itself is excluded.
    pub high_open: bool,
    /// The position after it.
    pub end: usize,
}

impl Number {
    fn exact(value: f64, end: usize) -> Self {
        Number { low: value, high: value, high_open: false, end }
    }

    /// Whether it is a vague word.
    pub fn is_vague(self) -> bool {
        self.low < self.high
    }

    fn times(self, factor: f64, end: usize) -> Self {
        Number { low: self.low * factor, high: self.high * factor, end, ..self }
    }
}

/// The number that begins at `i`: "four", "176", "2.5 million", "four-and-a-half", "two dozen",
/// "several", "tens of thousands". "a" and "an" count only before a scale word ("a hundred").
pub fn number_at(pieces: &Pieces, i: usize) -> Option<Number> {
    let number = vague(pieces, i).or_else(|| scaled(pieces, i))?;
    Some(skip_of(pieces, i, number))
}

/// "dozens of", "a couple of": the "of" belongs to the number when it is vague and said in the plural.
fn skip_of(pieces: &Pieces, start: usize, number: Number) -> Number {
    let last = pieces.before(number.end, 1);
    let counts = last.ends_with('s') && last != "several" || matches!(last, "couple" | "handful");
    let of = number.is_vague() && counts && number.end > start && pieces.is(number.end, &["of"]);
    Number { end: number.end + usize::from(of), ..number }
}

/// What vague words allow. The plural of a scale starts at two of it and ends where the next scale's plural
/// starts ("hundreds": 200 to under 2,000); "dozens" end where one would say "hundreds" with ease.
fn vague(pieces: &Pieces, i: usize) -> Option<Number> {
    let between = |low: f64, high: f64, end| Number { low, high, high_open: false, end };
    let plural = |scale: f64, end| Number { high_open: true, ..between(2.0 * scale, 20.0 * scale, end) };
    let of = |j: usize| pieces.is(j, &["of"]);
    Some(match pieces.lower(i) {
        "several" => between(3.0, 9.0, i + 1),
        "dozens" => between(24.0, 120.0, i + 1),
        "scores" if of(i + 1) => between(40.0, 200.0, i + 1),
        "tens" if of(i + 1) => plural(10.0 * plural_scale(pieces.lower(i + 2))?, i + 3),
        "hundreds" if of(i + 1) && plural_scale(pieces.lower(i + 2)).is_some() => {
            let scale = 100.0 * plural_scale(pieces.lower(i + 2))?;
            Number { high: 10.0 * scale, ..plural(scale, i + 3) }
        }
        "a" if pieces.is(i + 1, &["couple"]) && scale(pieces.lower(i + 2)).is_some() => {
            let scale = scale(pieces.lower(i + 2))?;
            between(2.0 * scale, 3.0 * scale, i + 3)
        }
        "a" if pieces.is(i + 1, &["couple"]) => between(2.0, 3.0, i + 2),
        "a" if pieces.is(i + 1, &["few"]) => between(3.0, 6.0, i + 2),
        "a" if pieces.is(i + 1, &["handful"]) => between(3.0, 6.0, i + 2),
        word => plural(plural_scale(word)?, i + 1),
    })
}

fn plural_scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundreds" => 100.0,
        "thousands" => 1e3,
        "millions" => 1e6,
        "billions" => 1e9,
        _ => return None,
    })
}

/// The factor of a scale word.
pub fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

fn scaled(pieces: &Pieces, i: usize) -> Option<Number> {
    if pieces.digits(i) {
        let (value, end) = (digits_value(pieces.get(i)?.word)?, i + 1);
        return Some(with_scale(pieces, half(pieces, Number::exact(value, end))));
    }
    if pieces.is(i, &["half"]) && pieces.is(i + 1, &["a", "an"]) && scale(pieces.lower(i + 2)).is_some() {
        return Some(Number::exact(0.5 * scale(pieces.lower(i + 2))?, i + 3));
    }
    if pieces.is(i, &["a", "an"]) {
        let dozen = usize::from(pieces.is(i + 1, &["half"]));
        let factor = scale(pieces.lower(i + 1 + dozen))? / (1 + dozen) as f64;
        return Some(Number::exact(factor, i + 2 + dozen));
    }
    in_words(pieces, i).map(|n| with_scale(pieces, half(pieces, n)))
}

fn digits_value(word: &str) -> Option<f64> {
    word.replace(',', "").parse().ok().filter(|v: &f64| v.is_finite())
}

/// "four-and-a-half", "2 and a half", "4½".
fn half(pieces: &Pieces, number: Number) -> Number {
    let i = number.end;
    let fraction = match pieces.lower(i) {
        "½" => return Number { low: number.low + 0.5, high: number.high + 0.5, end: i + 1, ..number },
        "¼" => return Number { low: number.low + 0.25, high: number.high + 0.25, end: i + 1, ..number },
        "¾" => return Number { low: number.low + 0.75, high: number.high + 0.75, end: i + 1, ..number },
        _ => [i, i + usize::from(pieces.hyphen(i))].into_iter().find_map(|j| fraction(pieces, j)),
    };
    fraction.map_or(number, |(f, end)| Number { low: number.low + f, high: number.high + f, end, ..number })
}

fn fraction(pieces: &Pieces, i: usize) -> Option<(f64, usize)> {
    let step = |j: usize| j + usize::from(pieces.hyphen(j));
    let a = step(pieces.is(i, &["and"]).then_some(i + 1)?);
    let word = step(pieces.is(a, &["a", "one"]).then_some(a + 1)?);
    match pieces.lower(word) {
        "half" => Some((0.5, word + 1)),
        "quarter" => Some((0.25, word + 1)),
        _ => None,
    }
}

/// Applies the scale words after a number: "2.5 million", "300-million".
fn with_scale(pieces: &Pieces, number: Number) -> Number {
    let mut number = number;
    // "two hundred thousand million" is the longest that anybody says.
    for _ in 0..3 {
        let at = number.end + usize::from(pieces.hyphen(number.end));
        match scale(pieces.lower(at)) {
            Some(factor) => number = number.times(factor, at + 1),
            None => break,
        }
    }
    number
}

/// How many pieces a number in words can have: "nine hundred and ninety-nine thousand nine hundred and …".
const LONGEST: usize = 20;

/// "twenty-five", "one hundred and twenty", "three thousand two hundred".
fn in_words(pieces: &Pieces, i: usize) -> Option<Number> {
    let (mut total, mut group, mut last, mut at) = (0.0, 0.0, f64::INFINITY, i);
    let mut seen = false;
    while let Some((value, next)) = small_at(pieces, at, seen).filter(|_| at < i + LONGEST) {
        match value {
            100.0 if seen && group > 0.0 && group < 100.0 => group *= 100.0,
            v if v >= 1e3 && seen && group > 0.0 => {
                total += group * v;
                group = 0.0;
            }
            v if v < 100.0 && fits(group, last, v) => group += v,
            _ => break,
        }
        (seen, last, at) = (true, value, next);
    }
    seen.then(|| Number::exact(total + group, at))
}

/// Whether `value` may follow: "twenty" + "five", "hundred" + "twelve", but not "six" + "seven".
fn fits(group: f64, last: f64, value: f64) -> bool {
    group == 0.0 || last >= 100.0 || (last >= 20.0 && value < 10.0)
}

/// One number word at `i`, over a hyphen or an "and" where a number has begun.
fn small_at(pieces: &Pieces, i: usize, begun: bool) -> Option<(f64, usize)> {
    let mut at = i;
    if begun && pieces.hyphen(at) {
        at += 1;
    }
    // "one hundred and twenty", but not "six and seven".
    if begun && pieces.is(at, &["and"]) && scale(pieces.before(at, 1)).is_some() {
        at += 1 + usize::from(pieces.hyphen(at + 1));
    }
    let scaled = scale(pieces.lower(at)).filter(|f| begun && *f != 12.0);
    scaled.or_else(|| small(pieces.lower(at))).map(|v| (v, at + 1))
}

/// The value of a number word below one hundred.
pub fn small(word: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let ones = WORDS.iter().position(|w| *w == word).map(|n| n as f64);
    ones.or_else(|| TENS.iter().position(|w| *w == word).map(|n| (n as f64 + 2.0) * 10.0))
}

/// The value of an ordinal: "third", "21st" as two pieces, "tenth". Up to thirty-first in words.
pub fn ordinal_at(pieces: &Pieces, i: usize) -> Option<(i16, usize)> {
    if let Some(value) = pieces.plain(i, 3) {
        let suffix = pieces.glued(i + 1) && pieces.is(i + 1, &["st", "nd", "rd", "th"]);
        return suffix.then_some((value, i + 2));
    }
    ordinal(pieces.lower(i)).map(|n| (n, i + 1))
}

/// The value of an ordinal in one word, in lower case, up to the twelfth.
pub fn ordinal(word: &str) -> Option<i16> {
    const WORDS: [&str; 13] = [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    WORDS.iter().position(|w| *w == word).map(|n| n as i16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(f64, f64, String)> {
        let lower = text.to_ascii_lowercase();
        let pieces = Pieces::cut(text, &lower, Span::new(0..text.len()));
        let number = number_at(&pieces, 0)?;
        Some((number.low, number.high, pieces.span(0, number.end)?.of(text).to_owned()))
    }

    #[test]
    fn reads_words_and_digits() {
        for (text, low, high, words) in [
            ("four hours", 4.0, 4.0, "four"),
            ("1,250 homes", 1250.0, 1250.0, "1,250"),
            ("2.5 million litres", 2.5e6, 2.5e6, "2.5 million"),
            ("four-and-a-half hours", 4.5, 4.5, "four-and-a-half"),
            ("two and a half years", 2.5, 2.5, "two and a half"),
            ("4½ hours", 4.5, 4.5, "4½"),
            ("twenty-five", 25.0, 25.0, "twenty-five"),
            ("one hundred and twenty boats", 120.0, 120.0, "one hundred and twenty"),
            ("three thousand two hundred", 3200.0, 3200.0, "three thousand two hundred"),
            ("a hundred", 100.0, 100.0, "a hundred"),
            ("half a million", 5e5, 5e5, "half a million"),
            ("a half dozen", 6.0, 6.0, "a half dozen"),
            ("two dozen", 24.0, 24.0, "two dozen"),
            ("dozens of boats", 24.0, 120.0, "dozens of"),
            ("hundreds of people", 200.0, 2000.0, "hundreds of"),
            ("tens of thousands of", 2e4, 2e5, "tens of thousands of"),
            ("hundreds of thousands", 2e5, 1e6, "hundreds of thousands"),
            ("several", 3.0, 9.0, "several"),
            ("a couple of", 2.0, 3.0, "a couple of"),
            ("a couple dozen", 24.0, 36.0, "a couple dozen"),
            ("six seven", 6.0, 6.0, "six"),
            ("300 billion", 3e11, 3e11, "300 billion"),
        ] {
            assert_eq!(read(text), Some((low, high, words.to_owned())), "{text}");
        }
        for text in ["a boat", "of", "tense", "half"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn pieces_keep_their_place() {
        let text = "İn “F-16s”, 10.5% ’s";
        let lower = text.to_ascii_lowercase();
        let pieces = Pieces::cut(text, &lower, Span::new(0..text.len()));
        let words: Vec<&str> =
            (0..pieces.len()).filter_map(|i| pieces.get(i)).map(|p| p.span.of(text)).collect();
        assert_eq!(words, ["İn", "“", "F", "-", "16", "s", "”", ",", "10.5", "%", "’", "s"]);
        assert!(pieces.hyphen(3) && !pieces.glued(8));
    }
}
