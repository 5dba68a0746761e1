//! What looks like a quantity and is none.
//!
//! In: the pieces of a sentence and the place of a number. Out: whether it is an age, a score, an ordinal, a part of
//! a name, a pronoun. It does not know dates: `times` has found those before.

use super::super::numbers::{Pieces, small};

/// Whether the number at `at` is no quantity.
pub fn is_no_quantity(pieces: &Pieces, at: (usize, usize), hedged: bool) -> bool {
    let (start, end) = at;
    is_joined(pieces, start, end)
        || is_score(pieces, start, end)
        || is_named(pieces, at, hedged)
        || is_pronoun(pieces, start, end)
        || is_definite(pieces, start, end, hedged)
}

/// "F-16", "4x4", "16th", "9/11", "1:30", "555-1234", "two-state", "two-thirds".
fn is_joined(pieces: &Pieces, start: usize, end: usize) -> bool {
    let before = start > 0 && pieces.glued(start) && !super::unit::is_magnitude(pieces, start);
    let opened = pieces.before(start, 1);
    let joined_before =
        before && (pieces.letters(start - 1) || matches!(opened, "-" | "/" | ":" | "." | "#" | "–"));
    let after = pieces.get(end).filter(|p| p.glued).map_or("", |p| p.lower);
    let units = super::unit::unit_at(pieces, end, pieces.digits(end.saturating_sub(1))).is_some();
    let numbered = pieces.digits(end.saturating_sub(1));
    let joined_after = match after {
        "-" | "–" | "—" | "‑" | "‐" => {
            pieces.hyphen(end)
                && !units
                && !(numbered && pieces.is(end + 1, &["strong"]))
                && super::noun::points_at(pieces, end).is_none()
        }
        "/" | ":" => pieces.digits(end + 1),
        "" => false,
        _ => pieces.letters(end) && !units,
    };
    // A list's "1." at the head of a sentence.
    let listed = start == 0 && numbered && after == "." && end == 1;
    joined_before || joined_after || listed
}

/// "52-48", "beat them 3-2", "a vote of 60 to 40".
fn is_score(pieces: &Pieces, start: usize, end: usize) -> bool {
    const CONTESTS: [&str; 12] = [
        "vote", "votes", "voted", "win", "won", "beat", "lost", "score", "victory", "defeat", "lead", "draw",
    ];
    let range = (start + 1..end).any(|j| pieces.hyphen(j) || pieces.is(j, &["to"]));
    range && (1..6).any(|back| CONTESTS.contains(&pieces.before(start, back)))
}

/// "Boeing 737", "Article 5", "Flight 20", "No. 2", "number two", "phase one".
fn is_named(pieces: &Pieces, (start, end): (usize, usize), hedged: bool) -> bool {
    const NUMBERED: [&str; 22] = [
        "no",
        "number",
        "article",
        "section",
        "chapter",
        "page",
        "phase",
        "stage",
        "round",
        "level",
        "group",
        "type",
        "title",
        "flight",
        "route",
        "highway",
        "channel",
        "resolution",
        "grade",
        "category",
        "tier",
        "version",
    ];
    let before = pieces.before(start, 1);
    let number = before == "." && pieces.before(start, 2) == "no" && pieces.glued(start - 1);
    // After a capital inside of a sentence digits name a thing: a jet, a law, a telephone.
    let capital = start > 1 && pieces.capital(start - 1) && pieces.digits(start) && !is_day(before);
    // "fined the firm 300,000 euros": a sum, and no number of a thing has its thousands apart.
    let measured = super::unit::unit_at(pieces, end, true).is_some() || pieces.lower(start).contains(',');
    let counts = measured
        || (start..start + 4)
            .any(|j| pieces.is(j, &["people", "civilians", "soldiers", "%", "percent", "per"]));
    !hedged && (NUMBERED.contains(&before) || number || (capital && !counts))
}

fn is_day(word: &str) -> bool {
    super::super::times::words::weekday(word).is_some() || super::super::times::words::month(word).is_some()
}

/// "one of the", "no one", "one another", "this one", "one day".
fn is_pronoun(pieces: &Pieces, start: usize, end: usize) -> bool {
    const BEFORE: [&str; 14] = [
        "no", "any", "every", "each", "this", "that", "which", "the", "some", "another", "only", "day",
        "square", "s",
    ];
    let one = pieces.is(start, &["one"]) && end == start + 1;
    one && (BEFORE.contains(&pieces.before(start, 1))
        || pieces.is(
            end,
            &[
                "of", "another", "day", "thing", "way", "side", "hand", "reason", "point", "time", "can",
                "that", "sort", "kind", "form",
            ],
        ))
}

/// "the two sides", "his three children": a small number that only says again how many there are.
fn is_definite(pieces: &Pieces, start: usize, end: usize, hedged: bool) -> bool {
    const DEFINITE: [&str; 14] = [
        "the", "these", "those", "their", "his", "her", "its", "our", "all", "both", "other", "my", "your",
        "s",
    ];
    let word = small(pieces.lower(start)).is_some_and(|n| n <= 12.0) && end == start + 1;
    let timed = super::unit::unit_at(pieces, end, false).is_some();
    word && !hedged && !timed && DEFINITE.contains(&pieces.before(start, 1))
}

/// "49-year-old", "six years old".
pub fn is_age(pieces: &Pieces, end: usize, unit: &str) -> bool {
    let time = matches!(unit, "year" | "month" | "day");
    time && (pieces.is(end, &["old", "olds"]) || (pieces.hyphen(end) && pieces.is(end + 1, &["old", "olds"])))
}

/// "under two laws", "below three flags": where nothing is measured, the word is a place.
pub fn is_preposition(pieces: &Pieces, start: usize, unit: &str) -> bool {
    const MEASURES: [&str; 9] =
        ["hour", "day", "month", "year", "percent", "kilometre", "mile", "metre", "USD"];
    pieces.is(start, &["under", "below"])
        && !MEASURES.contains(&unit)
        && !(start..start + 3).any(|j| pieces.digits(j))
}

/// Whether the words before a number say that it counts people, though no noun follows: "killed 14", "wounding two",
/// "the death toll rose to 23".
pub fn counts_alone(pieces: &Pieces, start: usize) -> bool {
    const VERBS: [&str; 16] = [
        "killed",
        "killing",
        "kill",
        "kills",
        "injured",
        "injuring",
        "wounded",
        "wounding",
        "arrested",
        "arresting",
        "detained",
        "detaining",
        "rescued",
        "evacuated",
        "hospitalized",
        "hurt",
    ];
    VERBS.contains(&pieces.before(start, 1)) || is_toll(pieces, start)
}

/// How many pieces may stand between "toll" and its number ("the death toll from the crash near the town rose to 23").
const TOLL_REACH: usize = 20;

/// How many pieces may stand between a verb and the toll behind it ("bringing the confirmed death toll to").
const VERB_REACH: usize = 4;

/// "the death toll stood at 203", "a toll of 12", "the number of people killed rose to 23".
fn is_toll(pieces: &Pieces, start: usize) -> bool {
    const LEADS: [&str; 4] = ["to", "at", "past", "above"];
    const STATES: [&str; 9] =
        ["is", "was", "reached", "reaches", "passed", "hit", "topped", "exceeded", "surpassed"];
    const RISES: [&str; 33] = [
        "rose",
        "risen",
        "rises",
        "rising",
        "climbed",
        "climbs",
        "climbing",
        "jumped",
        "jumps",
        "grew",
        "grown",
        "increased",
        "soared",
        "surged",
        "stood",
        "stands",
        "standing",
        "raised",
        "raising",
        "put",
        "puts",
        "revised",
        "mounted",
        "fell",
        "lowered",
        "took",
        "taking",
        "takes",
        "brought",
        "bringing",
        "brings",
        "pushed",
        "pushing",
    ];
    const PARTS: [&str; 5] = [",", ";", "and", "but", "while"];
    // "is now 431".
    let start = start - usize::from(matches!(pieces.before(start, 1), "now" | "already" | "currently"));
    let last = pieces.before(start, 1);
    let back = |words: &[&str]| (1..TOLL_REACH).find(|back| words.contains(&pieces.before(start, *back)));
    if last == "of" {
        return pieces.before(start, 2) == "toll";
    }
    let verb = if STATES.contains(&last) { Some(1) } else { back(&RISES).filter(|_| LEADS.contains(&last)) };
    let (Some(verb), Some(toll)) = (verb, back(&["toll"]).or_else(|| counted_dead(pieces, start))) else {
        return false;
    };
    let parted = (1..toll).any(|back| PARTS.contains(&pieces.before(start, back)));
    verb <= toll + VERB_REACH && !parted
}

/// How far before `start` "the number of people killed" begins.
fn counted_dead(pieces: &Pieces, start: usize) -> Option<usize> {
    const FATES: [&str; 9] =
        ["killed", "dead", "deaths", "died", "injured", "wounded", "missing", "fatalities", "victims"];
    let number =
        |back: &usize| pieces.before(start, *back) == "number" && pieces.before(start, back - 1) == "of";
    let fated = |back: usize| (1..7).any(|on| back > on && FATES.contains(&pieces.before(start, back - on)));
    (2..TOLL_REACH).find(number).filter(|back| fated(*back))
}
