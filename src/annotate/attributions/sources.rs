//! Sources: the words for whom something is given to.
//!
//! In: words, a frame and a cue. Out: the range of the noun phrase. It does not know whom it names.

use std::ops::Range;

use super::super::Pos;
use super::cues::Cue;
use super::frames::Frame;
use super::phrases;
use super::words::Words;

/// How many words an apposition or a relative clause between a subject and its verb may have.
const ASIDE: usize = 40;

/// Words that stand between a subject and its cue without being either.
const BETWEEN: [&str; 34] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "himself",
    "herself",
    "themselves",
    "itself",
    "earlier",
    "later",
    "then",
    "now",
    "recently",
    "too",
    "however",
    "meanwhile",
    "instead",
    "once",
    "week",
    "month",
    "year",
    "night",
    "afternoon",
    "morning",
    "evening",
    "last",
    "this",
    "on",
    "late",
];

/// The subject that stands before `verb` (the first word of its group).
pub fn left(words: &Words, frame: &Frame, verb: usize) -> Option<Range<usize>> {
    let limit = frame.tokens.start;
    let mut end = verb;
    for _ in 0..4 {
        let last = end.checked_sub(1).filter(|l| *l >= limit && words.quote_of(*l).is_none())?;
        if words.is(last, &["who", "which", "that"]) && matches!(words.pos(last), Pos::WP | Pos::WDT) {
            let comma = last > limit && words.is(last - 1, &[","]);
            return phrases::before(words, last - usize::from(comma), limit);
        }
        if words.is(last, &[","]) {
            return aside(words, last, limit);
        }
        if words.is(last, &[")"]) || !skipped(words, last) {
            break;
        }
        end = last;
    }
    let found = phrases::before(words, end, limit).or_else(|| phrases::before(words, verb, limit))?;
    Some(with_name(words, found, limit))
}

/// "“…,” Anna Moe, the mayor said": the name that an office without its second comma stands beside.
fn with_name(words: &Words, office: Range<usize>, limit: usize) -> Range<usize> {
    let comma = office.start.checked_sub(1).filter(|i| *i > limit && words.is(*i, &[","]));
    let name = comma.filter(|_| !words.capital(office.start)).and_then(|i| phrases::before(words, i, limit));
    match name {
        Some(name) if words.capital(name.start) && words.quote_before(name.start).is_some() => {
            name.start..office.end
        }
        _ => office,
    }
}

fn skipped(words: &Words, i: usize) -> bool {
    matches!(words.pos(i), Pos::RB | Pos::RBR) || words.is(i, &BETWEEN)
}

/// The noun phrase before an apposition, a relative clause or an adverb that ends with the comma at `close`.
fn aside(words: &Words, close: usize, limit: usize) -> Option<Range<usize>> {
    let mut best = None;
    let mut open = close;
    for _ in 0..4 {
        open = (limit.max(open.saturating_sub(ASIDE))..open)
            .rev()
            .find(|j| words.is(*j, &[","]) && words.quote_of(*j).is_none())?;
        let inside = open + 1..close;
        let Some(noun) = phrases::before(words, open, limit) else { return best };
        let described = is_apposition(words, inside.clone());
        if !described && !is_aside(words, inside) {
            return best;
        }
        best = Some(noun.start..if described { close } else { open });
        let more = noun.start > limit
            && words.is(noun.start - 1, &[","])
            && noun.len() <= 3
            && !words.capital(noun.start);
        if !more {
            break;
        }
        open = noun.start.min(open);
    }
    best
}

/// Whether the words say what somebody is: a noun phrase without a verb of its own.
fn is_apposition(words: &Words, inside: Range<usize>) -> bool {
    let first = words.pos(inside.start);
    // "Anna Moe, the mayor, who had slept in a tent, said": the relative clause belongs to what she is.
    let relative = inside
        .clone()
        .skip(1)
        .find(|i| matches!(words.pos(*i), Pos::WP | Pos::WDT) && words.is(i - 1, &[","]));
    let inside = inside.start..relative.map_or(inside.end, |i| i - 1);
    let opens =
        first.is_noun() || first.is_adjective() || matches!(first, Pos::DT | Pos::PRPS | Pos::CD | Pos::RB);
    let adverb = inside.len() == 1 && first == Pos::RB;
    opens && !adverb && !inside.clone().any(|i| words.pos(i).is_finite() && !words.is(i, &["'s", "'"]))
}

/// Whether the words can stand between a subject and its verb.
fn is_aside(words: &Words, inside: Range<usize>) -> bool {
    let first = words.pos(inside.start);
    let relative = matches!(first, Pos::WP | Pos::WDT | Pos::WPS | Pos::WRB);
    relative || matches!(first, Pos::IN | Pos::TO | Pos::RB | Pos::VBG | Pos::VBN)
}

/// The noun phrase that follows an inverted cue ("said X, the minister,") or "according to".
pub fn right(words: &Words, frame: &Frame, start: usize) -> Option<Range<usize>> {
    let limit = frame.tokens.end;
    let mut end = phrases::end_with_attachments(words, start, limit)?;
    if words.pos(start) == Pos::PRP {
        return Some(start..end);
    }
    for _ in 0..3 {
        if !words.is(end, &[","]) || end + 1 >= limit {
            break;
        }
        let close =
            (end + 1..limit).take(ASIDE).find(|j| words.is(*j, &[",", ";"]) || words.quote_of(*j).is_some());
        let close = close.unwrap_or_else(|| trimmed(words, end + 1, limit));
        if close <= end + 1 || close - end > ASIDE || !is_apposition(words, end + 1..close) {
            break;
        }
        end = close;
    }
    Some(start..end)
}

/// The end of `start..limit` without the marks that close a sentence.
pub fn trimmed(words: &Words, start: usize, limit: usize) -> usize {
    let mut end = limit;
    while end > start && !words.is_word(end - 1) && words.quote_of(end - 1).is_none() {
        end -= 1;
    }
    end
}

/// Words after which a subject is that of a clause within the clause.
const WITHIN: [&str; 24] = [
    "that", "after", "before", "as", "while", "when", "if", "because", "since", "whether", "who", "which",
    "where", "how", "what", "why", "until", "unless", "although", "though", "than", "whose", "whom", "so",
];

/// The subject of the clause that `cue` depends on, where it has none of its own: "…, saying", "and added",
/// "wants to call". What lies in `contents` is another's clause.
pub fn inherited(words: &Words, frame: &Frame, cue: &Cue, contents: &[Range<usize>]) -> Option<Range<usize>> {
    let participle =
        |verb: usize| words.pos(verb) == Pos::VBN && !words.pos(verb.saturating_sub(1)).is_verb();
    main_subject(words, frame, cue, contents, |verb| words.pos(verb).is_finite())
        .or_else(|| main_subject(words, frame, cue, contents, participle))
}

fn main_subject(
    words: &Words,
    frame: &Frame,
    cue: &Cue,
    contents: &[Range<usize>],
    is_main: impl Fn(usize) -> bool,
) -> Option<Range<usize>> {
    let limit = frame.tokens.start.max(cue.tokens.start.saturating_sub(60));
    let mut within = None;
    for verb in (limit..cue.tokens.start).rev() {
        let told = contents.iter().any(|c| c.contains(&verb) && !c.contains(&cue.head));
        if told || words.quote_of(verb).is_some() || !is_main(verb) {
            continue;
        }
        let Some(subject) = left(words, frame, verb) else { continue };
        let relative = verb > frame.tokens.start && words.is(verb - 1, &["who", "which", "that"]);
        let opened = subject.start > frame.tokens.start
            && (words.is(subject.start - 1, &WITHIN)
                || matches!(words.pos(subject.start - 1), Pos::IN | Pos::TO));
        if !relative && !opened {
            return Some(subject);
        }
        within = within.or(Some(subject));
    }
    within
}

/// The subject that follows "After saying …,".
pub fn following(words: &Words, frame: &Frame, cue: &Cue) -> Option<Range<usize>> {
    let limit = frame.tokens.end.min(cue.tokens.end + 60);
    let verbs = (cue.tokens.end..limit).filter(|i| words.quote_of(*i).is_none() && words.pos(*i).is_finite());
    let subjects = verbs.filter_map(|v| left(words, frame, v));
    subjects.into_iter().find(|s| s.start > cue.tokens.end && words.is(s.start - 1, &[","]))
}

/// The holder of a noun cue: "X's claim", "his belief".
pub fn holder(words: &Words, frame: &Frame, noun: usize) -> Option<Range<usize>> {
    let limit = frame.tokens.start;
    let from = limit.max(noun.saturating_sub(4));
    let i = (from..noun).rev().find(|i| words.pos(*i) == Pos::PRPS || is_possessive(words, *i))?;
    if words.pos(i) == Pos::PRPS {
        return Some(i..i + 1);
    }
    let bare = words.pos(i) == Pos::POS || words.is(i, &["'s", "'"]);
    let end = if bare { i } else { i + 1 };
    phrases::before(words, end, limit)
}

fn is_possessive(words: &Words, i: usize) -> bool {
    words.pos(i) == Pos::POS || words.word(i).ends_with("'s") || words.word(i).ends_with("s'")
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn appositions_belong_to_the_source() {
        let text = "Anna Moe, the mayor of Harbourton, said the bridge was safe.";
        assert_eq!(told(text), ["Anna Moe, the mayor of Harbourton | said | the bridge was safe"]);
        let text = "“The bridge is safe,” said Anna Moe, the mayor of Harbourton.";
        assert_eq!(told(text), ["Anna Moe, the mayor of Harbourton | said | “The bridge is safe,”"]);
    }

    #[test]
    fn an_office_without_its_second_comma() {
        let text = "“The bridge is safe,” Anna Moe, the mayor said, “but the road is not.”";
        let found = ["Anna Moe, the mayor | said | “The bridge is safe,” / “but the road is not.”"];
        assert_eq!(told(text), found);
        let text = "After the storm, the mayor said the bridge was safe.";
        assert_eq!(told(text), ["the mayor | said | the bridge was safe"]);
    }

    #[test]
    fn a_day_is_no_part_of_a_source() {
        assert_eq!(told("On Monday Dunn said the bridge was safe."), ["Dunn | said | the bridge was safe"]);
    }

    #[test]
    fn a_participle_takes_the_subject_of_its_sentence() {
        let text = "The ministry closed the bridge after the storm began, saying it was no longer safe.";
        assert_eq!(
            told(text).last().map(String::as_str),
            Some("The ministry | saying | it was no longer safe")
        );
    }

    #[test]
    fn who_leads_to_the_noun_before_it() {
        let text = "Officials met Moe, who said that the bridge was safe.";
        assert!(told(text).contains(&"Moe | said | that the bridge was safe".to_owned()));
    }
}
