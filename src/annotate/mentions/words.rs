//! The words of a report, as the search for names needs them.
//!
//! In: a text, and the layers below. Out: its [`Word`]s with what stands between them. "U.S." is one word, a
//! possessive ’s is outside, and each half of a compound with a hyphen is a word of its own, because
//! "Nato-led" names Nato. It does not know what the words mean.

use crate::annotate::{Annotations, Pos};
use crate::report::{RegionKind, Report};
use crate::span::Span;

/// A word and its surroundings.
#[derive(Clone, Debug)]
pub(in crate::annotate) struct Word<'t> {
    /// Its letters, with the stops of an abbreviation, without a possessive ’s.
    pub text: &'t str,
    /// Where it is.
    pub span: Span,
    /// What stands between it and the word before it.
    pub gap: &'t str,
    /// Whether a possessive ’s follows it.
    pub possessive: bool,
    /// Whether a full stop, a question or an exclamation mark follows it.
    pub stopped: bool,
    /// Whether it stands where every word is capitalised: at the head of a sentence, a line, a quotation.
    pub initial: bool,
    /// Whether it lies in a part of the page that speaks of nobody in the story.
    pub furniture: bool,
    /// Its part of speech, where a tagger has run.
    pub pos: Option<Pos>,
}

impl Word<'_> {
    /// Whether it begins with a capital.
    pub fn capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether all of its letters (at least two) are capitals.
    pub fn acronym(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase)
    }

    /// Whether nothing but a space or a hyphen parts it from the word before, which has no ’s.
    pub fn follows(&self, before: &Word) -> bool {
        !before.possessive && self.touches(before)
    }

    /// Whether nothing but a space, a hyphen or ’s parts it from the word before.
    pub fn touches(&self, before: &Word) -> bool {
        let gap = self.gap.trim_start_matches(['’', '\'', 's', 'S']);
        matches!(gap, " " | "-" | "‑" | "\u{a0}" | "  ") || (gap == ". " && abbreviates(before.text))
    }

    /// Whether a hyphen joins it to the word before.
    pub fn hyphenated(&self) -> bool {
        matches!(self.gap, "-" | "‑")
    }

    /// In lower case.
    pub fn lower(&self) -> String {
        self.text.to_lowercase()
    }
}

/// Whether a full stop after `word` ends no sentence.
fn abbreviates(word: &str) -> bool {
    use crate::annotate::lexicon::{gender_of_honorific, is_rank};
    let other = ["St", "Jr", "Sr", "Inc", "Corp", "Co", "Ltd", "Mt", "Ft", "Maj", "Brig", "No"];
    gender_of_honorific(word).is_some() || is_rank(word) || other.contains(&word)
}

/// The words of `text`; nothing is known of sentences.
pub(in crate::annotate) fn scan(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let mut gap_start = 0;
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        let end = word_end(text, start);
        let possessive = possessive_end(text, start, end);
        let gap = text.get(gap_start..start).unwrap_or_default();
        let initial = words.last().is_none_or(|before| opens(gap, before.text));
        words.push(Word {
            text: text.get(start..end).unwrap_or_default(),
            span: Span::new(start..end),
            gap,
            possessive: possessive.is_some(),
            stopped: text.get(end..).is_some_and(|rest| rest.starts_with(['.', '!', '?'])),
            initial,
            furniture: false,
            pos: None,
        });
        gap_start = end;
        at = possessive.unwrap_or(end);
    }
    words
}

/// The words of `report` with all that `layers` say of them.
pub(in crate::annotate) fn of_report<'t>(report: &'t Report, layers: &Annotations) -> Vec<Word<'t>> {
    let mut words = scan(report.text.as_str());
    let tagged = layers.tokens.iter().any(|t| !matches!(t.pos, Pos::NN | Pos::Punct));
    let (mut token, mut sentence) = (0, 0);
    for i in 0..words.len() {
        let before = i.checked_sub(1).and_then(|b| words.get(b)).map_or(0, |w| w.span.end);
        let Some(word) = words.get_mut(i) else { break };
        while layers.tokens.get(token).is_some_and(|t| t.span.end <= word.span.start) {
            token += 1;
        }
        let overlapping = layers.tokens.get(token).filter(|t| t.span.overlaps(word.span));
        word.pos = overlapping.filter(|_| tagged).map(|t| t.pos);
        while layers.sentences.get(sentence).is_some_and(|s| s.span.end <= word.span.start) {
            sentence += 1;
        }
        if let Some(sentence) = layers.sentences.get(sentence) {
            let heads = (before..=word.span.start).contains(&sentence.span.start);
            word.initial = heads || (word.gap.contains(OPENERS) && !closes_quote(layers, before, word));
        }
        word.furniture = report.region_at(word.span).is_some_and(is_furniture);
    }
    words
}

/// What a plural in "s" is the plural of, by its ending: "Dairies" of "Dairy".
pub(super) fn singular(word: &str) -> Option<String> {
    let of_y = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    of_y.or_else(|| word.strip_suffix('s').map(str::to_owned))
}

/// Whether the straight mark before `word` closes a quotation and opens nothing: “"We left," Orvik said”.
fn closes_quote(layers: &Annotations, before: u32, word: &Word) -> bool {
    let after = layers.quotes.partition_point(|q| q.outer.start < word.span.start);
    let near = layers.quotes.get(after.saturating_sub(4)..after).unwrap_or_default();
    let closes = near.iter().any(|q| q.outer.end > before && q.outer.end <= word.span.start);
    let opens = near.iter().any(|q| q.outer.start >= before);
    closes && !opens && !word.gap.contains(['\n', ':', '(', '[', '!', '?'])
}

/// Captions, headlines and datelines speak of the story; the rest of the furniture does not.
fn is_furniture(kind: RegionKind) -> bool {
    use RegionKind::*;
    !matches!(kind, Title | Heading | Caption | Dateline)
}

const OPENERS: [char; 11] = ['\n', '“', '"', '‘', ':', '•', '[', '(', '«', '!', '?'];

fn opens(gap: &str, before: &str) -> bool {
    gap.contains(OPENERS)
        || gap.contains('…')
        || (gap.contains(". ") && !(gap == ". " && abbreviates(before)))
}

fn next_start(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.find(char::is_alphanumeric).map(|i| from + i)
}

/// The end of the word that starts at `start`.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text.get(start..).unwrap_or_default().char_indices().peekable();
    let mut before = ' ';
    // Whether all so far is single capitals with stops ("U.S"): only then does a stop belong to the word.
    let mut stops = true;
    while let Some((i, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let inner = match c {
            '\'' | '’' | 'ʼ' => {
                let rest = text.get(start + i..).unwrap_or_default();
                before.is_alphabetic() && after.is_some_and(char::is_alphabetic) && ending_s(rest).is_none()
            }
            '.' => stops && before.is_uppercase(),
            '&' => before.is_uppercase() && after.is_some_and(char::is_uppercase),
            c => c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c),
        };
        if !inner {
            break;
        }
        stops = stops && (c == '.' || (c.is_uppercase() && !before.is_alphanumeric()));
        before = c;
        end = start + i + c.len_utf8();
    }
    // The stop after a lone capital belongs to it only as an initial before a name.
    let word = text.get(start..end).unwrap_or_default();
    if word.len() > 1 && word.ends_with('.') && word.chars().count() == 2 {
        let rest = text.get(end..).unwrap_or_default().trim_start_matches(' ');
        if !rest.chars().next().is_some_and(char::is_uppercase) {
            return end - 1;
        }
    }
    end
}

/// The length of a possessive ’s at the head of `rest`.
fn ending_s(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let mark = chars.next().filter(|c| matches!(c, '\'' | '’' | 'ʼ'))?;
    let letter = chars.next().filter(|c| matches!(c, 's' | 'S'))?;
    (!chars.next().is_some_and(char::is_alphanumeric)).then_some(mark.len_utf8() + letter.len_utf8())
}

/// Where the possessive mark after the word `[start, end)` ends, if there is one.
fn possessive_end(text: &str, start: usize, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    if let Some(length) = ending_s(rest) {
        return Some(end + length);
    }
    let plural = text.get(start..end)?.ends_with(['s', 'S']);
    let mut chars = rest.chars();
    let mark = chars.next().filter(|c| plural && matches!(c, '\'' | '’'))?;
    let follows = chars.next() == Some(' ') && chars.next().is_some_and(char::is_alphabetic);
    follows.then_some(end + mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        scan(text).iter().map(|w| w.text).collect()
    }

    #[test]
    fn abbreviations_names_and_possessives() {
        assert_eq!(
            texts("U.S. envoy J. D. O’Hara’s visit"),
            ["U.S.", "envoy", "J.", "D.", "O’Hara", "visit"]
        );
        assert_eq!(
            texts("Plan B. It failed; AT&T’s didn’t"),
            ["Plan", "B.", "It", "failed", "AT&T", "didn’t"]
        );
        assert_eq!(texts("Nato-led"), ["Nato", "led"]);
        assert_eq!(texts("the states’ rights"), ["the", "states", "rights"]);
    }

    #[test]
    fn gaps_say_what_stands_between() {
        let words = scan("Mr. Hale’s aide, Ann");
        assert!(words[1].follows(&words[0]) && !words[1].initial);
        assert!(words[1].possessive && !words[2].follows(&words[1]) && words[2].touches(&words[1]));
        assert!(!words[3].touches(&words[2]));
    }

    #[test]
    fn odd_texts_are_read_to_their_end() {
        for text in ["", "’", "’s", "a’", "É.", "ſ’ſ", "A.’s", "🙂’s", "e\u{301}", "9’9"] {
            let words = scan(text);
            assert!(words.iter().all(|w| !w.text.is_empty()), "{text}");
        }
    }
}
