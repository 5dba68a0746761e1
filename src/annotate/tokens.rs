//! Words and marks.
//!
//! In: a report's text. Out: its tokens in the manner of the Penn Treebank, except that a hyphenated word is
//! one token; all are tagged as nouns until `tagger` has run. It does not know sentences: whether the stop
//! after "U.S." also ends one, `sentences` decides.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Pos, Token};
use crate::report::Report;
use crate::span::Span;

/// When the stop after an abbreviation belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name follows ("Mr.", "Gen."): never ends a sentence.
    Title,
    /// Goes on in mid-sentence ("v.", "e.g."): never ends one.
    Inner,
    /// May also end a sentence ("Inc.", "a.m.").
    Any,
    /// An abbreviation only where a number follows ("No. 10", "Mar. 3").
    Number,
}

static ABBREVIATIONS: LazyLock<BTreeMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let lines = include_str!("lexicons/abbreviations.txt").lines();
    let entries = lines.filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' '));
    let kind = |name: &str| match name.trim() {
        "title" => Abbreviation::Title,
        "inner" => Abbreviation::Inner,
        "number" => Abbreviation::Number,
        _ => Abbreviation::Any,
    };
    entries.map(|(word, name)| (word, kind(name))).collect()
});

/// The endings of a host name, so that "example.com" stays whole and "end.The" does not.
const DOMAINS: &str = " com org net gov edu co uk eu us ru ua de fr ca au io info tv fm ai mil int news js ";

/// Words that lose their first letters to an apostrophe.
const ELISIONS: &str = " em til tis twas twere cause bout n round ere cos ";

/// What sort of abbreviation `word` (without its last stop) is, if it is one that the lexicon holds.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    ABBREVIATIONS.get(word).copied()
}

/// Whether `c` is an apostrophe, or may stand for one.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ' | '´')
}

/// Whether an apostrophe before `rest` stands for missing letters ("'90s", "'em"): it opens nothing.
pub(super) fn elides(rest: &str) -> bool {
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if digits == 2 {
        return !rest[2..].starts_with(|c: char| c.is_alphanumeric() && c != 's');
    }
    let word: String = rest.chars().take(6).take_while(|c| c.is_alphabetic()).collect();
    !word.is_empty() && contains_word(ELISIONS, &word.to_lowercase())
}

/// The tokens of `report`.
pub fn find(report: &Report) -> Vec<Token> {
    let text = report.text.as_str();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut push = |start: usize, end: usize| {
        tokens.push(Token { span: Span::new(start..end), pos: Pos::default() });
    };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if is_blank(c) {
            at += c.len_utf8();
            continue;
        }
        let end = at + token_length(text, at, c);
        if c.is_alphanumeric() || is_apostrophe(c) {
            split_word(text, at, end, &mut push);
        } else {
            push(at, end);
        }
        at = end;
    }
    tokens
}

/// White space, and what is as invisible: control characters, zero-width marks.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn token_length(text: &str, at: usize, c: char) -> usize {
    let rest = &text[at..];
    if rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.") {
        return address_length(rest);
    }
    let next = rest[c.len_utf8()..].chars().next().unwrap_or(' ');
    match c {
        _ if c.is_alphanumeric() => word_length(text, at),
        '@' | '#' if next.is_alphanumeric() => 1 + word_length(text, at + 1),
        _ if is_apostrophe(c) && next == c => 2 * c.len_utf8(),
        // "U.S.’s", "“Title”’s": the possessive of what ends in a mark.
        _ if is_apostrophe(c) && next == 's' && is_possessive(&rest[c.len_utf8()..]) => c.len_utf8() + 1,
        _ if is_apostrophe(c) && next.is_alphanumeric() && elides(&rest[c.len_utf8()..]) => {
            c.len_utf8() + word_length(text, at + c.len_utf8())
        }
        '.' | '-' | '_' | '*' | '=' | '~' | '!' | '?' | '#' | '+' => {
            rest.bytes().take_while(|b| *b == c as u8).count()
        }
        _ => {
            c.len_utf8()
                + rest[c.len_utf8()..].chars().take_while(|c| is_mark(*c)).map(char::len_utf8).sum::<usize>()
        }
    }
}

/// Whether the "s" at the head of `rest` is all of the word.
fn is_possessive(rest: &str) -> bool {
    !rest.chars().nth(1).is_some_and(char::is_alphanumeric)
}

/// A combining mark, or what joins an emoji.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20d0}'..='\u{20ff}')
}

fn address_length(rest: &str) -> usize {
    let end = rest
        .find(|c: char| is_blank(c) || matches!(c, '<' | '>' | '"' | '“' | '”' | '’'))
        .unwrap_or(rest.len());
    let trimmed = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
    trimmed.len().max(1)
}

/// The length of the word that starts at `at`, with the stop that belongs to it.
fn word_length(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let mut end = 0;
    loop {
        let word =
            rest[end..].find(|c: char| !(c.is_alphanumeric() || is_mark(c))).unwrap_or(rest.len() - end);
        end += word;
        match joint_length(rest, end) {
            0 => break,
            joint => end += joint,
        }
    }
    end + usize::from(takes_stop(text, at, at + end))
}

/// The length of what joins the letters before `end` to those after it into one word, or 0.
fn joint_length(rest: &str, end: usize) -> usize {
    let mut ahead = rest[end..].chars();
    let (Some(joint), Some(next)) = (ahead.next(), ahead.next()) else { return 0 };
    let before = rest[..end].chars().next_back().unwrap_or(' ');
    let digits = before.is_ascii_digit() && next.is_ascii_digit();
    let after = &rest[end + joint.len_utf8()..];
    let joins = match joint {
        '-' | '\u{2010}' | '\u{2011}' | '&' | '_' | '·' => next.is_alphanumeric(),
        '@' => next.is_alphanumeric() && after.bytes().take(40).any(|b| b == b'.'),
        '.' if next == '-' => {
            let hyphenated = after[1..].starts_with(char::is_alphanumeric);
            return if hyphenated && is_dotted(&rest[..end]) { 2 } else { 0 };
        }
        '.' => digits || joins_stop(&rest[..end], after),
        ',' => digits && is_thousands(after),
        '/' => digits || is_rate(&rest[..end], after),
        ':' => digits,
        _ if is_apostrophe(joint) => next.is_alphanumeric(),
        _ => false,
    };
    if joins { joint.len_utf8() } else { 0 }
}

/// "km/h", "m/s", "mg/l": a unit for a unit.
fn is_rate(before: &str, after: &str) -> bool {
    let per = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    matches!(before, "km" | "m" | "mi" | "kg" | "g" | "mg" | "l" | "L" | "kWh" | "Mbit" | "Gbit")
        && matches!(per, "h" | "s" | "l" | "L" | "m" | "d" | "kg" | "km" | "ha" | "min")
}

/// Whether three digits follow a comma, or two and another comma ("1,00,000").
fn is_thousands(after: &str) -> bool {
    let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
    digits == 3 || (digits == 2 && after[2..].starts_with(','))
}

/// Whether a stop between letters stands within an abbreviation or a host name.
fn joins_stop(before: &str, after: &str) -> bool {
    let last = before.rsplit(['.', '-']).next().unwrap_or(before);
    let next: String = after.chars().take(8).take_while(|c| c.is_alphanumeric()).collect();
    if last.chars().all(char::is_alphabetic) && last.chars().count() == 1 {
        let one = next.chars().count() == 1;
        return one || next.chars().next().is_some_and(char::is_lowercase) || before.contains('.');
    }
    (last == "Ph" && next == "D") || contains_word(DOMAINS, &next)
}

/// Letters with stops between them: "U.S", "a.m", "Ph.D".
fn is_dotted(word: &str) -> bool {
    let mut parts = word.split('.');
    word.len() <= 16
        && word.contains('.')
        && parts.all(|p| (1..=2).contains(&p.len()) && p.chars().all(char::is_alphabetic))
}

/// Whether the stop at `end` belongs to the word `text[at..end]`.
fn takes_stop(text: &str, at: usize, end: usize) -> bool {
    let (word, rest) = (&text[at..end], &text[end..]);
    if !rest.starts_with('.') || rest.starts_with("..") || word.len() > 16 {
        return false;
    }
    let last = word.rsplit('-').next().unwrap_or(word);
    if is_dotted(last) {
        return true;
    }
    let mut ahead = rest[1..].chars().skip_while(|c| *c == ' ');
    let next = ahead.next();
    match abbreviation(last) {
        Some(Abbreviation::Number) => next.is_some_and(|c| c.is_ascii_digit()),
        Some(_) => true,
        None => is_initial(text, at, last, &rest[1..]),
    }
}

/// Whether `letter` is the initial of a name: one capital between words that look like names.
fn is_initial(text: &str, at: usize, letter: &str, after: &str) -> bool {
    let mut letters = letter.chars();
    let one_capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    if !one_capital {
        return false;
    }
    let next: String =
        after.trim_start_matches(' ').chars().take(16).take_while(|c| c.is_alphanumeric()).collect();
    if !next.starts_with(char::is_uppercase) || super::sentences::starts_sentence(&next) {
        return false;
    }
    // "J. Smith" at the head of a line, "Ann J. Smith", "J. R. Smith"; not "than I. Smith".
    letter != "I" || follows_capital(&text[..at])
}

/// Whether the last word of `before` starts with a capital, as far as a look back of 32 characters can tell.
fn follows_capital(before: &str) -> bool {
    let mut back = before.chars().rev().take(32).skip_while(|c| *c == ' ').take_while(|c| *c != ' ');
    back.by_ref().last().is_some_and(char::is_uppercase)
}

/// Whether `list`, words between spaces, holds `word`.
pub(super) fn contains_word(list: &str, word: &str) -> bool {
    list.split(' ').any(|entry| !entry.is_empty() && entry == word)
}

/// Splits "don't" into "do" and "n't", "Anna's" into "Anna" and "'s", "cannot" into "can" and "not".
fn split_word(text: &str, start: usize, end: usize, push: &mut impl FnMut(usize, usize)) {
    let mut cuts = Vec::new();
    let mut until = end;
    while let Some(tail) = contraction_length(&text[start..until]).filter(|_| cuts.len() < 3) {
        until -= tail;
        cuts.push(until);
    }
    let mut from = start;
    for cut in cuts.into_iter().rev() {
        push(from, cut);
        from = cut;
    }
    push(from, end);
}

/// The length of the contraction or possessive at the end of `word`.
fn contraction_length(word: &str) -> Option<usize> {
    if word.eq_ignore_ascii_case("cannot") {
        return Some(3);
    }
    let (at, mark) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let tail = &word[at + mark.len_utf8()..];
    let is = |ending: &str| tail.eq_ignore_ascii_case(ending);
    if at > 1 && is("t") && word[..at].ends_with(['n', 'N']) {
        return Some(word.len() - at + 1);
    }
    let contracted = ["s", "re", "ve", "ll", "d", "m"].iter().any(|ending| is(ending));
    (at > 0 && contracted).then_some(word.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing::report;

    fn words(text: &str) -> String {
        let report = report(text);
        let tokens = find(&report);
        tokens.iter().map(|t| report.slice(t.span)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn hyphens_join_and_dashes_part() {
        assert_eq!(
            words("a non-binding, four-and-a-half-hour plan"),
            "a|non-binding|,|four-and-a-half-hour|plan"
        );
        assert_eq!(words("the plan—his plan – or - no--yes"), "the|plan|—|his|plan|–|or|-|no|--|yes");
        assert_eq!(words("U.S.-led talks"), "U.S.-led|talks");
    }

    #[test]
    fn contractions_and_possessives_are_parted() {
        assert_eq!(words("I don't think she'll"), "I|do|n't|think|she|'ll");
        assert_eq!(words("Norway’s US’ O'Hara can’t cannot"), "Norway|’s|US|’|O'Hara|ca|n’t|can|not");
        assert_eq!(words("Tell 'em of the '90s"), "Tell|'em|of|the|'90s");
    }

    #[test]
    fn numbers_money_and_times() {
        assert_eq!(words("$1,200.5 or €6bn, 12% at 14:05."), "$|1,200.5|or|€|6bn|,|12|%|at|14:05|.");
        assert_eq!(words("in 1999, 200 of 3/4"), "in|1999|,|200|of|3/4");
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        assert_eq!(
            words("Mr. J. Moe of the U.S. met Feb. 3 at 9 a.m."),
            "Mr.|J.|Moe|of|the|U.S.|met|Feb.|3|at|9|a.m."
        );
        assert_eq!(
            words("She chose plan B. The others said no. No. 7 won."),
            "She|chose|plan|B|.|The|others|said|no|.|No.|7|won|."
        );
        assert_eq!(words("It ended.The rest"), "It|ended|.|The|rest");
    }

    #[test]
    fn marks_stand_alone() {
        assert_eq!(words("“Wait… what?” she said ('ah')..."), "“|Wait|…|what|?|”|she|said|(|'|ah|'|)|...");
        assert_eq!(words("``So it is,'' he said"), "``|So|it|is|,|''|he|said");
        assert_eq!(
            words("See https://example.org/a?b=c. Ask @ann, a@b.org"),
            "See|https://example.org/a?b=c|.|Ask|@ann|,|a@b.org"
        );
    }

    #[test]
    fn hostile_input_ends() {
        for piece in ["'", "’s", ".", "a.", "-a", "1,", "@a", "é\u{301}", "\u{200d}", "A. "] {
            let text = piece.repeat(20_000);
            let tokens = find(&report(&text));
            assert!(tokens.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        }
    }
}
