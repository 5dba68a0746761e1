//! Who said what.
//!
//! In: the [`Story`]'s quotations. Out: [`SpeakerView`]s, each with its utterances in every telling; a word or two in one
//! report's sentence is none. It does not
//! decide who speaks: where the reports differ, the utterance stands under its own heading.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{Entity, Quotation, Story, Variant};

use super::legend::{Cite, Legend};
use super::words::{self, Piece};

/// What one person said.
#[derive(Clone, Debug)]
pub struct SpeakerView<'a> {
    /// The name, or what stands in its place.
    pub name: &'a str,
    /// Role and party, as the reports give them.
    pub note: String,
    /// The words, in order of support.
    pub utterances: Vec<UtteranceView<'a>>,
}

/// One utterance.
#[derive(Clone, Debug)]
pub struct UtteranceView<'a> {
    /// How its tellings differ, in words.
    pub differs: Vec<&'static str>,
    /// Its tellings; tellings in the same words are one.
    pub tellings: Vec<TellingView<'a>>,
}

/// One or more tellings in the same words.
#[derive(Clone, Debug)]
pub struct TellingView<'a> {
    /// The words, with those that other tellings have otherwise marked.
    pub pieces: Vec<Piece>,
    /// Whether they stand between quotation marks in the reports.
    pub literal: bool,
    /// "through Corval Press", "given to Orla Venn".
    pub note: String,
    /// Who has it.
    pub cites: Vec<Cite<'a>>,
}

const UNNAMED: &str = "Somebody who is not named";
const DISPUTED: &str = "Given to different speakers";

/// The speakers of `story`: those with a name in order of the support of their words, then the others.
pub fn of<'a>(story: &'a Story, legend: &Legend<'a>) -> Vec<SpeakerView<'a>> {
    let entities: BTreeMap<&str, &Entity> = story.entities.iter().map(|e| (e.id.as_str(), e)).collect();
    let mut speakers: Vec<SpeakerView> = Vec::new();
    for quotation in &story.quotations {
        let entity = quotation.speaker.as_deref().and_then(|id| entities.get(id)).copied();
        if says_little(quotation) {
            continue;
        }
        let name = name(quotation, entity);
        let utterance = utterance(quotation, &entities, legend);
        match speakers.iter_mut().find(|s| s.name == name) {
            Some(speaker) => speaker.utterances.push(utterance),
            None => speakers.push(SpeakerView {
                name,
                note: entity.map(who).unwrap_or_default(),
                utterances: vec![utterance],
            }),
        }
    }
    speakers.sort_by_key(|s| [DISPUTED, UNNAMED].iter().position(|n| *n == s.name).map_or(0, |i| i + 1));
    speakers
}

/// Whether a quotation is a word or two in one report's own sentence ("called it “regrettable”"): the sentence tells more.
fn says_little(quotation: &Quotation) -> bool {
    let few = |v: &Variant| v.kind == "mixed" && v.text.split_whitespace().count() <= FEW;
    let reports: BTreeSet<&str> = quotation.variants.iter().map(|v| v.evidence.report()).collect();
    reports.len() < 2 && quotation.variants.iter().all(few)
}

/// So many words are no quotation that stands by itself.
const FEW: usize = 2;

fn name<'a>(quotation: &'a Quotation, entity: Option<&'a Entity>) -> &'a str {
    let differ = quotation.differs.iter().any(|d| d == "speaker");
    match (entity, &quotation.speaker_name) {
        (Some(entity), _) => &entity.name,
        (None, _) if differ => DISPUTED,
        (None, Some(name)) => name,
        (None, None) => UNNAMED,
    }
}

/// The longest of its roles and its party, where the role does not name the party already.
fn who(entity: &Entity) -> String {
    let role = entity.roles.iter().map(|r| r.text.as_str()).max_by_key(|r| (r.len(), std::cmp::Reverse(*r)));
    let party = entity.party.as_ref().map(|p| p.name.as_str());
    let party = party.filter(|party| !role.is_some_and(|role| role.contains(party)));
    [role, party].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn utterance<'a>(
    quotation: &'a Quotation,
    entities: &BTreeMap<&str, &'a Entity>,
    legend: &Legend<'a>,
) -> UtteranceView<'a> {
    let speakers_differ = quotation.differs.iter().any(|d| d == "speaker");
    let mut tellings: Vec<(&Variant, TellingView)> = Vec::new();
    for variant in &quotation.variants {
        let cites = legend.cite([&variant.evidence]);
        let same = |v: &Variant| {
            (&v.text, &v.kind, &v.via, &v.speaker)
                == (&variant.text, &variant.kind, &variant.via, &variant.speaker)
        };
        match tellings.iter_mut().find(|(v, _)| same(v)) {
            Some((_, telling)) => telling.cites.extend(cites),
            None => tellings.push((variant, telling(variant, speakers_differ, entities, cites))),
        }
    }
    let texts: Vec<&str> = tellings.iter().map(|(v, _)| v.text.as_str()).collect();
    let marked = words::mark(&texts);
    UtteranceView {
        differs: quotation.differs.iter().filter_map(|d| differs(d)).collect(),
        tellings: tellings
            .into_iter()
            .zip(marked)
            .map(|((_, t), pieces)| TellingView { pieces, ..t })
            .collect(),
    }
}

fn telling<'a>(
    variant: &'a Variant,
    speakers_differ: bool,
    entities: &BTreeMap<&str, &'a Entity>,
    cites: Vec<Cite<'a>>,
) -> TellingView<'a> {
    let speaker = variant.speaker.as_deref().and_then(|id| entities.get(id)).map(|e| e.name.as_str());
    let given = speakers_differ.then(|| format!("given to {}", speaker.unwrap_or("nobody by name")));
    let via = variant.via.as_deref().map(way);
    let indirect = (variant.kind == "indirect").then(|| "not in quotation marks".to_owned());
    let notes: Vec<String> = [given, via, indirect].into_iter().flatten().collect();
    TellingView { pieces: Vec::new(), literal: variant.kind == "direct", note: notes.join(" · "), cites }
}

/// Texts and talks that words stand in, occasions at which and channels on which they are said, by their last word.
const FORMS: &[&str] = &[
    "conference call",
    "call",
    "statement",
    "statements",
    "letter",
    "interview",
    "speech",
    "address",
    "memo",
    "email",
    "tweet",
    "tweets",
    "post",
    "posts",
    "message",
    "note",
    "report",
    "filing",
    "document",
    "documents",
    "column",
    "book",
    "broadcast",
    "video",
    "affidavit",
    "testimony",
    "remarks",
    "communique",
    "declaration",
];
const OCCASIONS: &[&str] = &[
    "conference",
    "briefing",
    "meeting",
    "hearing",
    "rally",
    "summit",
    "event",
    "session",
    "ceremony",
    "inquiry",
];
const CHANNELS: &[&str] = &[
    "radio",
    "television",
    "TV",
    "Twitter",
    "X",
    "Facebook",
    "Instagram",
    "Telegram",
    "Truth Social",
    "air",
    "camera",
];

/// "through Globe Wire, in an interview": the links of a chain, the first and those that are no name with the preposition
/// that they take.
fn way(via: &str) -> String {
    let link = |(n, link): (usize, &str)| {
        let ends = |words: &[&str]| words.iter().any(|w| link == *w || link.ends_with(&format!(" {w}")));
        let preposition = match () {
            () if ends(FORMS) => "in",
            () if ends(OCCASIONS) => "at",
            () if ends(CHANNELS) => "on",
            () if ends(&["cheers", "applause", "laughter", "boos"]) => "to",
            () if n == 0 => "through",
            // What only goes on: "through Face of the Week, a talk show".
            () => return link.to_owned(),
        };
        format!("{preposition} {link}")
    };
    via.split(", ").enumerate().map(link).collect::<Vec<_>>().join(", ")
}

fn differs(label: &str) -> Option<&'static str> {
    match label {
        "wording" => Some("the wording differs"),
        "speaker" => Some("the speaker differs"),
        "truncated" => Some("some tellings are shorter"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    #[test]
    fn each_link_of_a_chain_has_its_preposition() {
        assert_eq!(way("Globe Wire, an interview"), "through Globe Wire, in an interview");
        assert_eq!(way("Tarn Today, a talk show"), "through Tarn Today, a talk show");
        assert_eq!(way("a news conference"), "at a news conference");
        assert_eq!(way("state radio"), "on state radio");
    }

    fn speakers(story: &Story, legend: &Legend) -> Vec<(String, usize)> {
        let count = |s: &SpeakerView| (s.name.to_owned(), s.utterances.len());
        of(story, legend).iter().map(count).collect()
    }

    #[test]
    fn words_whose_speaker_differs_stand_apart() {
        let sample = sample::sample();
        let legend = Legend::new(&sample.reading);
        let story = &sample.reading.stories[0];
        let names: Vec<String> = speakers(story, &legend).into_iter().map(|s| s.0).collect();
        assert_eq!(names, ["Ilse Maren", "Tomas Brekke", DISPUTED, UNNAMED]);
        let views = of(story, &legend);
        let notes: Vec<&str> = views[2].utterances[0].tellings.iter().map(|t| t.note.as_str()).collect();
        assert_eq!(notes, ["given to Ilse Maren", "given to Tomas Brekke"]);
    }

    #[test]
    fn tellings_in_the_same_words_are_one() {
        let sample = sample::sample();
        let legend = Legend::new(&sample.reading);
        let views = of(&sample.reading.stories[0], &legend);
        let first = &views[0].utterances[0];
        assert_eq!(first.tellings.len(), 2);
        assert_eq!(first.tellings[0].cites.len(), 2);
        assert!(first.tellings[0].pieces.iter().any(|p| p.differs && p.text == "every"));
        assert_eq!(views[0].note, "Velmark’s water minister");
    }

    #[test]
    fn a_word_in_a_sentence_of_one_report_is_no_entry() {
        let mut sample = sample::sample();
        let quotation = &mut sample.reading.stories[0].quotations[0];
        assert!(!says_little(quotation));
        for variant in &mut quotation.variants {
            (variant.kind, variant.text) = ("mixed".to_owned(), "not bad".to_owned());
        }
        assert!(!says_little(quotation), "two reports quote it");
        quotation.variants.truncate(1);
        assert!(says_little(quotation));
    }
}
