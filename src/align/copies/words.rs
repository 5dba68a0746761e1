//! The words of a report as copies are sought in them.
//!
//! In: an [`Account`]. Out: its [`Word`]s outside regions, with what each can prove. It does not know any
//! other report.

use std::collections::HashSet;
use std::hash::Hasher;
use std::sync::LazyLock;

use fnv::FnvHasher;
use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;

use crate::align::Account;
use crate::report::RegionKind;
use crate::span::Span;

/// A word that may have been copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub span: Span,
    /// Of its form in lower case.
    pub form: u64,
    /// Stands between quotation marks: shared by all who heard it.
    pub quoted: bool,
    /// Stands in a sentence in which somebody speaks in person.
    pub personal: bool,
    /// Says what somebody is ("the study's lead author").
    pub role: bool,
    /// What it can prove.
    pub sort: Sort,
    /// The number of the stretch between regions that it stands in; no passage crosses a region.
    pub stretch: u32,
    /// The number of its sentence.
    pub sentence: usize,
}

/// What a shared word can prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Every report writes a name in the same way.
    Name,
    /// A word of a title or office, or one that carries a sentence without telling what happened (`formulas.txt`).
    Formula,
    /// It tells something.
    Telling,
}

/// The words of `account` outside regions, in order. Headings are words of the report.
pub(super) fn of(account: &Account) -> Vec<Word> {
    let report = &account.report;
    let text = report.text.as_str();
    let mut regions = report.regions.iter().filter(|r| r.kind != RegionKind::Heading).peekable();
    let mut stretch = 0;
    let mut words = Vec::new();
    for (start, written) in written_words(text) {
        let span = Span::new(start..start + written.len());
        while regions.next_if(|r| r.span.end <= span.start).is_some() {
            stretch += 1;
        }
        if regions.peek().is_none_or(|r| !r.span.overlaps(span)) {
            let sentence = account.layers.sentence_at(span.start).unwrap_or(0);
            words.push(Word { stretch, sentence, ..word(written, span) });
        }
    }
    mark_quoted(&mut words, account);
    mark_personal(&mut words);
    mark_roles(&mut words, account);
    words
}

/// The words of `text` (UAX 29), each with where it begins. No word goes over a space, so what stands between two is cut by itself:
/// nearly all of it is ASCII, which is cut faster.
fn written_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let places = text.split_inclusive([' ', '\n']).scan(0, |end, piece| {
        *end += piece.len();
        Some((*end - piece.len(), piece))
    });
    places.flat_map(|(from, piece)| piece.unicode_word_indices().map(move |(at, word)| (from + at, word)))
}

fn word(written: &str, span: Span) -> Word {
    let form = form(written);
    let sort = match written.starts_with(char::is_uppercase) {
        true => Sort::Name,
        false if FORMULAS.contains(&form) => Sort::Formula,
        false => Sort::Telling,
    };
    Word { span, form, quoted: false, personal: false, role: false, sort, stretch: 0, sentence: 0 }
}

/// The hash of a word in lower case, without points and the ending of possession.
fn form(written: &str) -> u64 {
    let possessed = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| written.strip_suffix(ending));
    let mut hasher = FnvHasher::default();
    for letter in possessed.unwrap_or(written).chars() {
        match letter {
            '.' => {}
            '’' => hasher.write_u8(b'\''),
            _ if letter.is_ascii() => hasher.write_u8(letter.to_ascii_lowercase() as u8),
            _ => letter.to_lowercase().for_each(|c| hasher.write_u32(u32::from(c))),
        }
    }
    hasher.finish()
}

static FORMULAS: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    let lines = include_str!("formulas.txt").lines().map(str::trim);
    lines.filter(|l| !l.is_empty() && !l.starts_with('#')).map(form).collect()
});

/// Marks what stands between quotation marks, is an embedded post or is set apart as somebody's words.
fn mark_quoted(words: &mut [Word], account: &Account) {
    let mut speech: Vec<Span> = account.layers.quotes.iter().map(|q| q.outer).collect();
    let text = account.report.text.as_str();
    speech.extend(posts(text));
    speech.extend(set_apart(text));
    mark(words, speech, |word| word.quoted = true);
}

/// Marks the words that say what somebody is: an introduction is the same in every report.
fn mark_roles(words: &mut [Word], account: &Account) {
    let roles = account.layers.entities.iter().flat_map(|e| e.roles.iter().copied()).collect();
    mark(words, roles, |word| word.role = true);
}

/// Marks the words that begin in one of `spans`. These may nest, so the one that ends last decides.
fn mark(words: &mut [Word], mut spans: Vec<Span>, as_one: impl Fn(&mut Word)) {
    spans.sort_unstable();
    let mut spans = spans.into_iter().peekable();
    let mut until = 0;
    for word in words {
        while let Some(span) = spans.next_if(|s| s.start <= word.span.start) {
            until = until.max(span.end);
        }
        if word.span.start < until {
            as_one(word);
        }
    }
}

/// The paragraphs that a line before them announces as what somebody said or wrote ("Verhaven wrote:"); a page shows them
/// without marks.
fn set_apart(text: &str) -> impl Iterator<Item = Span> {
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"\b(?:writes|wrote|tweeted|says|said|continued|added|explains|explained|argues|argued)(?: [^\n:]{0,25})?:[ \t]*\n+([^\n]+)",
        )
        .expect("a valid pattern")
    });
    ANNOUNCED.captures_iter(text).filter_map(|found| Some(Span::new(found.get(1)?.range())))
}

/// The longest post, with its links, that a page embeds without quotation marks.
const POST: usize = 400;

/// Posts of social media embedded as plain text: paragraphs that end in "— Name (@handle) date".
fn posts(text: &str) -> Vec<Span> {
    static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[—–-] ?[^\n(]{1,60}\(@\w{1,30}\)(?: [A-Z][a-z]+\.? \d{1,2}, \d{4})?")
            .expect("a valid pattern")
    });
    let mut from = 0;
    let mut found = Vec::new();
    for signature in SIGNED.find_iter(text) {
        let start = post_start(&text[from..signature.start()]) + from;
        from = signature.end();
        found.push(Span::new(start..from));
    }
    found
}

/// Where the post begins that ends with `before`: at its paragraph, or at one before it that bears a mark of posts, as long
/// as all of them fit in one.
fn post_start(before: &str) -> usize {
    let mut start = before.trim_end().rfind('\n').map_or(0, |n| n + 1);
    while let Some(paragraph) = before[..start].trim_end().rsplit('\n').next().filter(|p| !p.is_empty()) {
        // The paragraph is a part of `before`, so that the distance of their beginnings is its place.
        let from = before[..start].trim_end().len() - paragraph.len();
        if before.len() - from > POST || !bears_marks(paragraph) {
            break;
        }
        start = from;
    }
    start
}

/// Whether `paragraph` looks like a part of a post: a list, a thread, links, tags.
fn bears_marks(paragraph: &str) -> bool {
    let opens = ["-", "—", "–", "•", "...", "…", "x "].iter().any(|mark| paragraph.starts_with(mark));
    let closes = ["...", "…"].iter().any(|mark| paragraph.trim_end().ends_with(mark));
    opens || closes || paragraph.contains("://") || paragraph.contains(['#', '@'])
}

/// Words of one who speaks of himself or to others. Reports have them in what somebody said, even where a page shows that
/// without marks.
const PERSONAL: [&str; 12] =
    ["i", "i'm", "i've", "i'd", "i'll", "my", "me", "we", "we're", "we've", "you", "your"];

/// Marks the sentences in which somebody speaks in person, outside quotation marks.
fn mark_personal(words: &mut [Word]) {
    static FORMS: LazyLock<HashSet<u64>> = LazyLock::new(|| PERSONAL.iter().map(|f| form(f)).collect());
    for sentence in words.chunk_by_mut(|a, b| (a.stretch, a.sentence) == (b.stretch, b.sentence)) {
        if sentence.iter().any(|w| !w.quoted && FORMS.contains(&w.form)) {
            sentence.iter_mut().for_each(|w| w.personal = true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::account;
    use super::*;
    use crate::annotate::{Entity, EntityKind};
    use crate::report::Region;

    #[test]
    fn words_in_regions_are_left_out_and_part_the_rest() {
        let mut given = account("a", "The ferry sank. Read more here. Divers came.");
        given.report.regions = vec![Region { kind: RegionKind::Related, span: Span::new(16..31) }];
        let found = of(&given);
        let written: Vec<&str> = found.iter().map(|w| given.report.slice(w.span)).collect();
        assert_eq!(written, ["The", "ferry", "sank", "Divers", "came"]);
        assert_ne!(found[2].stretch, found[3].stretch);
    }

    #[test]
    fn names_and_offices_tell_nothing() {
        let given = account("a", "the prime minister Ilse Verhaven resigned");
        let telling: Vec<bool> = of(&given).iter().map(|w| w.sort == Sort::Telling).collect();
        assert_eq!(telling, [false, false, false, false, false, true]);
    }

    #[test]
    fn words_that_say_what_somebody_is_are_marked() {
        let mut given = account("a", "Ilse Verhaven, head of the harbour office, left.");
        given.layers.entities.push(Entity {
            name: "Ilse Verhaven".to_owned(),
            kind: EntityKind::Person,
            roles: vec![Span::new(15..41)],
            party: None,
            mentions: Vec::new(),
        });
        let roles: Vec<&str> =
            of(&given).iter().filter(|w| w.role).map(|w| given.report.slice(w.span)).collect();
        assert_eq!(roles, ["head", "of", "the", "harbour", "office"]);
    }

    #[test]
    fn words_between_marks_are_quoted() {
        let given = account("a", "He said “the ferry is lost” and left.");
        let quoted: Vec<bool> = of(&given).iter().map(|w| w.quoted).collect();
        assert_eq!(quoted, [false, false, true, true, true, true, false, false]);
    }

    #[test]
    fn an_embedded_post_is_quoted_and_the_paragraph_before_it_is_not() {
        let own = "The harbour office had closed early that day, and nobody answered calls from relatives. "
            .repeat(5);
        let given = account(
            "a",
            &format!("{own}\n\nWe are safe! — Ilse Verhaven (@iverhaven) March 4, 2031\n\nShe left."),
        );
        let quoted: Vec<&str> =
            of(&given).iter().filter(|w| w.quoted).map(|w| given.report.slice(w.span)).collect();
        assert_eq!(quoted, ["We", "are", "safe", "Ilse", "Verhaven", "iverhaven", "March", "4", "2031"]);
    }
}
