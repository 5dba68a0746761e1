//! What a title says: the office, whose it is, and whether it is still held.
//!
//! In: the words of a title. Out: its [`TitleParts`]. It does not know who holds the office.

use std::collections::BTreeSet;

use crate::annotate::Party;
use crate::annotate::lexicon::{self, Gender, Known, Office};
use crate::annotate::mentions::titles::known_at;
use crate::annotate::mentions::words::Word;
use crate::span::Span;

/// The parts of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TitleParts {
    /// The noun of office; forms of one office are one ("spokeswoman", "spokesman").
    pub noun: String,
    /// What sort of office.
    pub field: BTreeSet<String>,
    /// Whether it is said to be past.
    pub former: bool,
    /// Whether "a" or "an" stands before it.
    pub indefinite: bool,
    /// Whether something in it says whose office it is: "the", a country, a possessor.
    pub definite: bool,
    /// Whether "his", "her" or the like stands before it.
    pub owned: bool,
    /// For whom its holder speaks.
    pub party: Option<Party>,
    /// The gender that its noun says.
    pub gender: Option<Gender>,
}

impl TitleParts {
    /// The parts of the title `words`, whose noun of office is at `head`.
    pub fn of(words: &[Word], head: Span) -> Self {
        let noun_words: Vec<&Word> = words.iter().filter(|w| head.overlaps(w.span)).collect();
        let noun = noun_words.iter().map(|w| w.lower()).collect::<Vec<_>>().join(" ");
        let first = words.first().map(Word::lower).unwrap_or_default();
        let indefinite = matches!(first.as_str(), "a" | "an" | "another");
        let hit = party(words, head, &noun);
        let possessive = words.iter().any(|w| w.possessive);
        TitleParts {
            field: field(words, head),
            former: words.iter().any(|w| matches!(w.lower().as_str(), "former" | "ex" | "then" | "late")),
            indefinite,
            definite: !indefinite
                && (first == "the" || possessive || hit.is_some() || is_possessive_pronoun(&first)),
            owned: is_possessive_pronoun(&first),
            party: hit,
            gender: gender(&noun),
            noun: office(&noun),
        }
    }

    /// Whether a title with these parts can refer to the holder of the office `role`, apart from the party.
    pub fn fits(&self, role: &TitleParts) -> bool {
        let noun =
            self.noun == role.noun || self.noun.split(' ').next_back() == role.noun.split(' ').next_back();
        let noun = noun
            && (self.noun == role.noun || self.noun.split(' ').count() == 1 && is_short_form(&self.noun));
        noun && self.former == role.former && self.field.is_subset(&role.field)
    }

    /// Whether the noun says nothing without what it is of: "leader", "head".
    pub fn leads_something(&self) -> bool {
        matches!(self.noun.as_str(), "leader" | "head" | "chief" | "boss" | "deputy")
    }

    /// Whether "the Norwegian leader" can mean the holder of this office.
    pub fn leads(&self) -> bool {
        let leads = [
            "president",
            "prime minister",
            "premier",
            "chancellor",
            "king",
            "emir",
            "crown prince",
            "supreme leader",
            "leader",
        ];
        leads.contains(&self.noun.as_str()) && self.field.is_empty() && !self.former
    }
}

/// Nouns that shorten a longer noun of office: "the prince" a crown prince, "the secretary" no press secretary.
fn is_short_form(noun: &str) -> bool {
    matches!(noun, "prince" | "executive" | "spokes" | "adviser")
}

pub(super) fn is_possessive_pronoun(word: &str) -> bool {
    matches!(word, "his" | "her" | "their" | "its" | "our" | "my")
}

/// The words after a determiner.
pub(super) fn without_determiner(mut words: Vec<Word>) -> Vec<Word> {
    let first = words.first().map(Word::lower).unwrap_or_default();
    let determiner = matches!(first.as_str(), "the" | "a" | "an" | "this" | "that" | "another")
        || is_possessive_pronoun(&first);
    if words.len() > 1 && determiner {
        words.remove(0);
    }
    words
}

/// Whether a title begins with the genitive of a noun without a name: "the council’s negotiator".
pub(super) fn is_of_nominal(words: &[Word]) -> bool {
    let owner = words.iter().position(|w| w.possessive);
    owner.is_some_and(|owner| words.iter().take(owner + 1).all(|w| !w.capitalised() || w.lower() == "the"))
}

/// One name for the forms of one office.
fn office(noun: &str) -> String {
    match noun {
        "spokesman" | "spokeswoman" | "spokesperson" => "spokes",
        "advisor" => "adviser",
        "chairman" | "chairwoman" | "chairperson" => "chair",
        "congressman" | "congresswoman" | "rep" => "representative",
        "sen" => "senator",
        "gen" => "general",
        "gov" => "governor",
        "ceo" | "chief executive officer" => "chief executive",
        "premier" => "prime minister",
        noun => noun,
    }
    .to_owned()
}

fn gender(noun: &str) -> Option<Gender> {
    match noun {
        "spokesman" | "chairman" | "congressman" | "king" | "prince" | "crown prince" | "emperor"
        | "sultan" | "emir" | "pope" | "businessman" | "actor" => Some(Gender::Male),
        "spokeswoman" | "chairwoman" | "congresswoman" | "queen" | "princess" | "empress" | "first lady"
        | "businesswoman" | "actress" => Some(Gender::Female),
        _ => None,
    }
}

/// The words of a title that say which minister, which adviser: not whose, nor since when.
fn field(words: &[Word], head: Span) -> BTreeSet<String> {
    let mut field = BTreeSet::new();
    let mut i = 0;
    while let Some(word) = words.get(i) {
        if let Some((range, _)) = known_at(words, i) {
            i = range.end;
            continue;
        }
        i += 1;
        let lower = word.lower();
        let general = matches!(
            lower.as_str(),
            "the"
                | "a"
                | "an"
                | "of"
                | "for"
                | "to"
                | "at"
                | "former"
                | "ex"
                | "then"
                | "late"
                | "current"
                | "new"
                | "acting"
                | "senior"
                | "top"
                | "chief"
                | "s"
                | "old"
                | "year"
                | "longtime"
                | "de"
                | "facto"
                | "outgoing"
                | "incoming"
                | "newly"
                | "elected"
                | "embattled"
                | "main"
                | "lead"
        );
        let named = word.possessive || word.capitalised() && !lexicon::is_title_modifier(&lower);
        if !general
            && !named
            && !head.overlaps(word.span)
            && !is_possessive_pronoun(&lower)
            && !lower.starts_with(char::is_numeric)
        {
            field.insert(if lower == "defense" { "defence".to_owned() } else { lower });
        }
    }
    field
}

/// For whom the holder of a title speaks.
fn party(words: &[Word], head: Span, noun: &str) -> Option<Party> {
    let end = words.iter().position(|w| w.span.start >= head.end).unwrap_or(words.len());
    // An envoy to a place does not speak for it.
    let targets = matches!(
        noun,
        "ambassador"
            | "envoy"
            | "representative"
            | "commissioner"
            | "correspondent"
            | "negotiator"
            | "counterpart"
    );
    let limit = if targets { end } else { words.len() };
    let speaks = speaks_for_country(noun);
    let mut first = None;
    let mut i = 0;
    while i < limit {
        let Some((range, known)) = known_at(words, i) else {
            i += 1;
            continue;
        };
        i = range.end;
        let name = match known {
            Known::Country(name) | Known::Demonym(name) if speaks => name,
            Known::Seat { country, institution: true } => country,
            // A chamber of parliament has members of every side.
            Known::Organization { name, .. } if is_chamber(name) => continue,
            Known::Organization { name, country } => country.unwrap_or(name),
            Known::Group(Some(name)) => name,
            _ => continue,
        };
        let Some(evidence) = words.get(range.start).zip(words.get(range.end - 1)) else { continue };
        let party = Party { name: name.to_owned(), evidence: evidence.0.span.cover(evidence.1.span) };
        if matches!(known, Known::Group(_)) {
            return Some(party);
        }
        first = first.or(Some(party));
    }
    first
}

pub(super) fn is_chamber(name: &str) -> bool {
    matches!(
        name,
        "Senate"
            | "Congress"
            | "House of Representatives"
            | "House of Commons"
            | "House of Lords"
            | "Supreme Court"
    )
}

/// Whether the holder of the office speaks for the country that the title names: a minister does, a judge or a
/// coach does not.
fn speaks_for_country(noun: &str) -> bool {
    let not = [
        "judge",
        "justice",
        "chief justice",
        "coach",
        "captain",
        "manager",
        "owner",
        "founder",
        "co founder",
        "editor",
        "principal",
        "dean",
        "sheriff",
        "mayor",
        "prosecutor",
        "major",
        "boss",
    ];
    match lexicon::office(noun) {
        Some(Office::Occupation) => matches!(noun, "official"),
        _ => !not.contains(&noun),
    }
}
