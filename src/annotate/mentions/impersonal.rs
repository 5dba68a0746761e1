//! Names that are no person's, though they may look like one.
//!
//! In: the words of a report, its titles, and where its names stand. Out: [`Impersonal`]: which of the names the report
//! treats as a body, a place or a people: what has a board, a parliament or a people of its own, what is "said it would
//! appeal" or followed by ", which". One sign that only persons give keeps a name out. It does not know the names.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::appositions::{is_also_a_body, noun_phrase};
use super::descriptions;
use super::evidence::{is_personal_noun, is_personal_verb};
use super::shape::is_legal_form;
use super::titles::{self, Title};
use super::words::{Word, singular};
use crate::annotate::lexicon::{self, Nominal};
use crate::annotate::{EntityKind, Pos, tagger};

/// What each name that is no person's names, by its words with a space between them.
#[derive(Debug, Default)]
pub(in crate::annotate) struct Impersonal {
    kinds: BTreeMap<String, EntityKind>,
}

/// Signs for one name.
#[derive(Clone, Copy, Default)]
struct Signs {
    person: bool,
    body: bool,
    place: bool,
    people: bool,
}

impl Impersonal {
    /// What the words around the names, and the names themselves, say.
    pub(in crate::annotate) fn of(words: &[Word], titles: &[Title], names: &[Range<usize>]) -> Self {
        let report = Report::new(words, titles);
        let mut signs: BTreeMap<String, (Range<usize>, Signs)> = BTreeMap::new();
        for name in names.iter().filter(|name| !name.is_empty()) {
            let entry = signs.entry(text(words, name)).or_insert((name.clone(), Signs::default()));
            report.look(name, &mut entry.1);
        }
        let mut kinds: BTreeMap<String, EntityKind> = BTreeMap::new();
        let mut surnames: BTreeSet<&str> = BTreeSet::new();
        for (form, (name, signs)) in signs.iter().filter(|(_, (name, _))| name.len() > 1) {
            match report.kind_of_several(name, *signs) {
                Some(kind) => _ = kinds.insert(form.clone(), kind),
                None => surnames.extend(words.get(name.end - 1).map(|w| w.text)),
            }
        }
        for (form, (_, signs)) in signs.iter().filter(|(_, (name, _))| name.len() == 1) {
            let kind = kind_of_one(*signs).filter(|_| !surnames.contains(form.as_str()));
            kinds.extend(kind.map(|kind| (form.clone(), kind)));
        }
        Impersonal { kinds }
    }

    /// The kind of the name `name`, where it is no person's.
    pub(in crate::annotate) fn kind(&self, name: &str) -> Option<EntityKind> {
        self.kinds.get(name).copied()
    }
}

/// The words of a name with a space between them.
pub(in crate::annotate) fn text(words: &[Word], name: &Range<usize>) -> String {
    let words = words.get(name.clone()).unwrap_or_default();
    words.iter().map(|w| w.text).collect::<Vec<_>>().join(" ")
}

fn kind_of_one(signs: Signs) -> Option<EntityKind> {
    match signs {
        Signs { person: true, .. } => None,
        Signs { people: true, .. } => Some(EntityKind::Group),
        Signs { place: true, .. } => Some(EntityKind::Place),
        Signs { body: true, .. } => Some(EntityKind::Organization),
        _ => None,
    }
}

/// The endings that make the name of a people of its country's.
const OF_PEOPLES: [&str; 6] = ["n", "an", "ian", "ese", "ish", "i"];

/// How many words of a sentence are looked at.
const LONGEST_SENTENCE: usize = 40;

/// How many words of a verb and its infinitive are looked at behind a name.
const LONGEST_VERB: usize = 8;

/// How many places of a word are looked at: a bound for a text that is one word over and over.
const PLACES: usize = 200;

/// What all names are looked at against.
struct Report<'w, 't> {
    words: &'w [Word<'t>],
    titles: &'w [Title],
    /// The capitalised words, and where they stand.
    capitals: BTreeMap<&'t str, Vec<usize>>,
}

impl<'w, 't> Report<'w, 't> {
    fn new(words: &'w [Word<'t>], titles: &'w [Title]) -> Self {
        let mut capitals: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, word) in words.iter().enumerate().filter(|(_, w)| w.capitalised() && !w.furniture) {
            capitals.entry(word.text).or_default().push(at);
        }
        Report { words, titles, capitals }
    }

    fn look(&self, name: &Range<usize>, signs: &mut Signs) {
        let Some((first, last)) = self.words.get(name.start).zip(self.words.get(name.end - 1)) else {
            return;
        };
        signs.person |= lexicon::is_given_name(first.text)
            || lexicon::gender_of_honorific(first.text).is_some()
            || self.is_titled(name.start)
            || self.acts_like_a_person(name.end, last);
        signs.body |= self.is_described(name.start, first)
            || self.is_owned_in_shares(name.start, first)
            || self.acts_like_a_body(name.end, last)
            || self.acts_on_its_own(name.end, last)
            || self.says_of_itself(name, first);
        if last.possessive {
            signs.body |= self.owns(name.end, is_of_bodies);
            signs.place |= self.owns(name.end, is_of_states);
        }
        signs.place |= self.is_inside(name, first, last) || self.is_governed(name.start, first);
        if name.len() == 1 {
            signs.place |= self.has_people(first.text);
            signs.people |= self.is_people(name.start, first);
        }
    }

    /// What several words name: a body where they are ordinary words, or where the report treats it as one.
    fn kind_of_several(&self, name: &Range<usize>, signs: Signs) -> Option<EntityKind> {
        let words = self.words.get(name.clone())?;
        let last = words.last()?;
        if is_legal_form(last.text) {
            return Some(EntityKind::Organization);
        }
        let things = singular(last.text).is_some_and(|one| tagger::is_ordinary(&one));
        let alone = self.stands_alone(last);
        let ordinary = things || words.iter().all(|w| tagger::is_ordinary(w.text));
        match signs {
            Signs { person: true, .. } => None,
            Signs { body: true, .. } => Some(EntityKind::Organization),
            // "Hale Banks" is later only "Banks", "Salvik Foods" never only "Foods"; Talvik Nordane is two, joined.
            _ if (ordinary && !alone) || self.joins_two(words) => Some(EntityKind::Organization),
            _ => None,
        }
    }

    /// Whether the name is made of two that the report names side by side: "Talvik and Nordane".
    fn joins_two(&self, name: &[Word]) -> bool {
        let [first, second] = name else { return false };
        let places = self.capitals.get(first.text).map(Vec::as_slice).unwrap_or_default();
        places.iter().take(PLACES).any(|at| {
            let next = |i: usize| self.words.get(at + i).filter(|w| w.gap == " ").map(|w| w.text);
            next(1) == Some("and") && next(2) == Some(second.text)
        })
    }

    /// Whether a word of a longer name also is a name alone.
    fn stands_alone(&self, word: &Word) -> bool {
        let joined = |left: usize| {
            let pair = self.words.get(left).zip(self.words.get(left + 1));
            pair.is_some_and(|(left, right)| right.follows(left) && left.capitalised() && right.capitalised())
        };
        let apart = |at: &usize| {
            let plain = self.words.get(*at).is_some_and(|w| w.initial && tagger::is_ordinary(w.text));
            !plain && !joined(*at) && !at.checked_sub(1).is_some_and(joined)
        };
        self.capitals.get(word.text).is_some_and(|places| places.iter().take(PLACES).any(apart))
    }

    /// Whether the title of a person ends right before the name: "President Hale".
    fn is_titled(&self, start: usize) -> bool {
        let i = self.titles.partition_point(|t| t.noun.end <= start);
        let title = i.checked_sub(1).and_then(|i| self.titles.get(i)).filter(|t| t.noun.end == start);
        let noun = title.and_then(|t| self.words.get(t.noun.end - 1)).zip(self.words.get(start));
        noun.is_some_and(|(noun, name)| name.follows(noun) && !is_also_a_body(&noun.lower()))
    }

    fn acts_like_a_person(&self, end: usize, last: &Word) -> bool {
        let Some(next) = self.words.get(end) else { return false };
        let age =
            next.gap == ", " && next.text.len() <= 3 && next.text.starts_with(|c: char| c.is_ascii_digit());
        let verb = next.gap == " " && !last.possessive && is_personal_verb(&next.lower());
        age || verb
            || matches!(next.text, "himself" | "herself")
            || (matches!(next.gap, " " | ", ") && next.text == "who")
            || (last.possessive && self.owns(end, is_personal_noun))
    }

    /// "Orvik, which", "Orvik said it would appeal", "Orvik, a supermarket chain,", "Orvik shares".
    fn acts_like_a_body(&self, end: usize, last: &Word) -> bool {
        let Some(next) = self.words.get(end).filter(|_| !last.possessive) else { return false };
        if next.gap == ", " {
            return next.text == "which" || self.is_called_a_body(end);
        }
        let text = |i: usize| self.words.get(i).filter(|w| w.gap == " ").map(Word::lower).unwrap_or_default();
        let that = usize::from(text(end + 1) == "that");
        let subject = text(end + 1 + that);
        let told = next.gap == " " && titles::is_telling(next.text);
        told && (subject == "its"
            || subject == "it" && refers_back(&text(end + 2 + that), &text(end + 3 + that)))
            || (next.gap == " " && matches!(next.text, "shares" | "shareholders" | "itself"))
    }

    /// "Orvik will close its mills", "Orvik employs 900 people", "Orvik is based in Bergen": what somebody would say of a person with
    /// "his", or not at all.
    fn acts_on_its_own(&self, end: usize, last: &Word) -> bool {
        let words = || self.words.iter().skip(end).take(LONGEST_VERB).take_while(|w| w.gap == " ");
        let Some(first) = words().next().filter(|_| !last.possessive) else { return false };
        let acts = |w: &&Word| w.pos.is_some_and(|p| p.is_verb() || matches!(p, Pos::MD | Pos::RB | Pos::TO));
        let own = || words().find(|w| !acts(w)).is_some_and(|w| w.text == "its");
        let texts: Vec<&str> = words().take(3).map(|w| w.text).collect();
        let based = matches!(texts[..], ["is" | "was", "based" | "headquartered", "in"]);
        first.pos.is_some_and(Pos::is_finite) && own() || based || first.text == "employs"
    }

    /// "a stake in Orvik", "shares of Orvik".
    fn is_owned_in_shares(&self, start: usize, first: &Word) -> bool {
        let before = |back: usize| start.checked_sub(back).and_then(|i| self.words.get(i));
        let of = before(1).filter(|of| matches!(of.text, "in" | "of") && first.follows(of));
        let noun = before(2).zip(of).filter(|(noun, of)| of.follows(noun)).map(|(noun, _)| noun.lower());
        noun.is_some_and(|noun| matches!(noun.as_str(), "shares" | "stake" | "shareholders" | "stock"))
    }

    /// "Orvik rejected the bid, it said": a name that opens a sentence which ends in what "it" said.
    fn says_of_itself(&self, name: &Range<usize>, first: &Word) -> bool {
        let verb = self.words.get(name.end).filter(|next| next.gap == " ");
        if !first.initial || !verb.is_some_and(|verb| verb.pos.is_none_or(Pos::is_finite)) {
            return false;
        }
        let rest = self.words.iter().skip(name.end).take(LONGEST_SENTENCE);
        let sentence = rest.take_while(|w| !w.initial).collect::<Vec<_>>();
        let said =
            |pair: &[&Word]| pair[0].text == "it" && pair[0].gap == ", " && titles::is_telling(pair[1].text);
        sentence.windows(2).any(said)
    }

    /// Whether a body's noun stands in apposition after the comma at `at`.
    fn is_called_a_body(&self, at: usize) -> bool {
        let opens = self.words.get(at).is_some_and(|w| matches!(w.text, "a" | "an" | "the" | "its"));
        let phrase = noun_phrase(self.words, at).filter(|_| opens).and_then(<[Word]>::last);
        phrase.is_some_and(|noun| is_body(&noun.lower()))
    }

    /// "lender Orvik", "the group Orvik".
    fn is_described(&self, start: usize, first: &Word) -> bool {
        let before = start.checked_sub(1).and_then(|i| self.words.get(i)).filter(|b| first.follows(b));
        before.map(Word::lower).is_some_and(|noun| noun != "rival" && noun != "parent" && is_body(&noun))
    }

    /// Whether the noun of the phrase after a possessive at `start` is one that `wanted` knows.
    fn owns(&self, start: usize, wanted: fn(&str) -> bool) -> bool {
        for i in start..start + 4 {
            let Some(word) = self.words.get(i) else { return false };
            if i > start && self.words.get(i - 1).is_some_and(|before| !word.follows(before)) {
                return false;
            }
            let lower = word.lower();
            let goes_on = self
                .words
                .get(i + 1)
                .is_some_and(|next| next.follows(word) && next.pos.is_some_and(Pos::is_noun));
            let pair = self.words.get(i + 1).filter(|next| next.follows(word));
            let pair = pair.is_some_and(|next| wanted(&format!("{lower} {}", next.lower())));
            if pair || wanted(&lower) && !goes_on {
                return true;
            }
            if !lexicon::is_title_modifier(&lower) && !word.pos.is_some_and(|pos| pos.is_adjective()) {
                return false;
            }
        }
        false
    }

    /// "in Orvik": whether the name says where.
    fn is_inside(&self, name: &Range<usize>, first: &Word, last: &Word) -> bool {
        if self.is_owned_in_shares(name.start, first) {
            return false;
        }
        let before = name.start.checked_sub(1).and_then(|i| self.words.get(i)).filter(|b| first.follows(b));
        let next = self.words.get(name.end).filter(|next| next.follows(last));
        let goes_on =
            next.is_some_and(|n| n.capitalised() || n.text == "and" || n.pos.is_some_and(|p| p.is_noun()));
        before.is_some_and(|b| b.text == "in") && !last.possessive && !goes_on
    }

    /// "the government of Orvik": whether the name says whose something is that only a state has.
    fn is_governed(&self, start: usize, first: &Word) -> bool {
        let before = |back: usize| start.checked_sub(back).and_then(|i| self.words.get(i));
        let of = before(1).filter(|of| of.text == "of" && first.follows(of));
        let noun = before(2).zip(of).filter(|(noun, of)| of.follows(noun)).map(|(noun, _)| noun.lower());
        noun.is_some_and(|noun| matches!(noun.as_str(), "government" | "capital" | "parliament" | "republic"))
    }

    /// Whether the report names its people: "Orvik" beside "Orvikian".
    fn has_people(&self, name: &str) -> bool {
        name.chars().count() > 3
            && OF_PEOPLES.iter().any(|end| self.capitals.contains_key(format!("{name}{end}").as_str()))
    }

    /// Whether the name is of a people: that of a place in the report, or one that says whose a noun is ("the Orvikian
    /// army", "Orvikian Defence Minister").
    fn is_people(&self, at: usize, word: &Word) -> bool {
        let stem = |end: &&str| word.text.strip_suffix(*end).filter(|stem| stem.chars().count() > 3);
        let mut stems = OF_PEOPLES.iter().filter_map(stem).peekable();
        if stems.peek().is_none() || word.possessive {
            return false;
        }
        let place = stems.any(|stem| self.capitals.contains_key(stem) && !lexicon::is_given_name(stem));
        place || self.is_adjective_of_title(at)
    }

    /// Whether the word opens a title without being a possessor: "Orvikian" in "the Orvikian defence minister".
    fn is_adjective_of_title(&self, at: usize) -> bool {
        let i = self.titles.partition_point(|t| t.noun.end <= at);
        let title = self.titles.get(i).filter(|t| (t.words.start..t.noun.start).contains(&at));
        let noun = title.and_then(|t| self.words.get(t.noun.end - 1)).map(Word::lower);
        noun.is_some_and(|noun| is_of_state(&noun))
    }
}

/// "it" in "Orvik said it would appeal" is Orvik; in "it would take time" it is nothing.
fn refers_back(verb: &str, next: &str) -> bool {
    matches!(verb, "would" | "will" | "had" | "has" | "plans" | "planned" | "expects" | "expected")
        && !matches!(
            next,
            "be" | "been"
                | "take"
                | "taken"
                | "not"
                | "never"
                | "happen"
                | "happened"
                | "come"
                | "become"
                | "seem"
                | "appear"
                | "rain"
                | "rained"
                | "snow"
                | "mean"
                | "meant"
                | "help"
                | "make"
                | "made"
                | ""
        )
}

/// Nouns for a body.
fn is_body(noun: &str) -> bool {
    lexicon::nominal(noun) == Some(Nominal::Body)
        || descriptions::is_firm(noun)
        || matches!(noun, "chain" | "giant" | "manufacturer" | "business" | "outlet" | "station")
}

/// Offices that only a state has.
fn is_of_state(noun: &str) -> bool {
    matches!(
        noun,
        "president"
            | "minister"
            | "premier"
            | "ambassador"
            | "chancellor"
            | "king"
            | "queen"
            | "general"
            | "colonel"
            | "admiral"
            | "embassy"
            | "parliament"
            | "foreign minister"
            | "prime minister"
            | "secretary"
            | "envoy"
    )
}

/// What only a state has: an army or a minister may also be said to be its president's.
fn is_of_states(noun: &str) -> bool {
    matches!(
        noun,
        "president"
            | "parliament"
            | "capital"
            | "airspace"
            | "embassy"
            | "ambassador"
            | "coast"
            | "territory"
            | "population"
            | "citizens"
            | "exports"
    )
}

/// What only a firm has.
fn is_of_bodies(noun: &str) -> bool {
    matches!(
        noun,
        "shares"
            | "board"
            | "shareholders"
            | "customers"
            | "headquarters"
            | "subsidiary"
            | "factory"
            | "factories"
            | "profits"
            | "revenue"
            | "chairman"
            | "stores"
            | "chief executive"
            | "managing director"
            | "finance director"
    )
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    fn kind(text: &str, name: &str) -> Option<EntityKind> {
        let words = scan(text);
        let length = name.split(' ').count();
        let at =
            (0..words.len()).filter(|i| self::text(&words, &(*i..(*i + length).min(words.len()))) == name);
        let names: Vec<Range<usize>> = at.map(|i| i..i + length).collect();
        Impersonal::of(&words, &titles::find(&words), &names).kind(name)
    }

    #[test]
    fn ordinary_words_name_a_body() {
        for name in ["Norvik Dairies", "Fair Table", "Mild Blue", "Salvik Foods", "Orvik SA"] {
            let text = format!("{name} shut the plant.");
            assert_eq!(kind(&text, name), Some(EntityKind::Organization), "{name}");
        }
        assert_eq!(kind("Ilvane Dorrec shut the plant.", "Ilvane Dorrec"), None);
        assert_eq!(kind("Ann Day shut the plant.", "Ann Day"), None);
        assert_eq!(kind("President Ilvo Waters left.", "Ilvo Waters"), None);
        let joined = "Talvik and Nordane left. They form Talvik Nordane.";
        assert_eq!(kind(joined, "Talvik Nordane"), Some(EntityKind::Organization));
        let called = "Hunter Orvel left. Later Orvel slept, and so did Hunter.";
        assert_eq!(kind(called, "Hunter Orvel"), None);
    }

    #[test]
    fn what_says_it_would_appeal_is_a_body() {
        for text in [
            "Then Orvel said it would appeal the fine.",
            "Then Orvel said that its staff had left.",
            "The plant is run by Orvel, which makes cheese.",
            "Orvel, a supermarket chain, left.",
            "Orvel’s board met.",
            "Orvel rejected the bid, it said on Monday.",
            "Orvel is based in Norvik.",
            "He holds a stake in Orvel.",
            "It was Tom Bell, Orvel’s managing director.",
            "He runs lender Orvel now.",
        ] {
            assert_eq!(kind(text, "Orvel"), Some(EntityKind::Organization), "{text}");
        }
        for text in [
            "Then Orvel said it would be late.",
            "Then Orvel said it would take time. Mr Orvel left.",
            "Orvel’s wife left. Orvel said its time had come.",
        ] {
            assert_eq!(kind(text, "Orvel"), None, "{text}");
        }
    }

    #[test]
    fn a_country_has_a_people_and_a_parliament() {
        assert_eq!(kind("Orvelia left. Orvelian troops stayed.", "Orvelia"), Some(EntityKind::Place));
        assert_eq!(kind("Orvelia’s parliament met.", "Orvelia"), Some(EntityKind::Place));
        assert_eq!(kind("It rained in Orvel, he said.", "Orvel"), Some(EntityKind::Place));
        assert_eq!(kind("The government of Orvel left.", "Orvel"), Some(EntityKind::Place));
        assert_eq!(kind("Orvelia left. Orvelian troops stayed.", "Orvelian"), Some(EntityKind::Group));
        assert_eq!(kind("So Dargani Defence Minister Ann Hale left.", "Dargani"), Some(EntityKind::Group));
        assert_eq!(kind("So Martin Hale left. Mart Hale stayed.", "Martin"), None);
    }
}
