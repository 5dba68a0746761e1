//! Lemmas.
//!
//! In: a word and its tag. Out: its dictionary form in lower case, by a list of irregular verbs and by rules for
//! endings. It does not know the sentence: "found" as a verb is always a form of "find".

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::Pos;

/// The longest word whose endings are looked up, in bytes; what is longer is no word.
const LONGEST: usize = 48;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::parse(include_str!("lexicons/lemma_rules.txt")));
static IRREGULAR: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("lexicons/irregular_verbs.txt").lines().filter(|l| !l.starts_with('#'));
    let entries = lines.filter_map(|l| l.split_once(' '));
    entries.flat_map(|(verb, forms)| forms.split(' ').map(move |form| (form, verb))).collect()
});

/// Endings and what they become.
type Endings = HashMap<&'static str, &'static str>;

/// The rules for each sort of inflection.
#[derive(Default)]
struct Rules {
    noun: Endings,
    verb_s: Endings,
    stem: Endings,
}

impl Rules {
    fn parse(text: &'static str) -> Self {
        let mut rules = Rules::default();
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
            } else if let Some((ending, lemma)) = line.split_once(' ') {
                let endings = match section {
                    "[noun]" => &mut rules.noun,
                    "[verb-s]" => &mut rules.verb_s,
                    _ => &mut rules.stem,
                };
                endings.insert(ending, lemma.trim_start_matches('-'));
            }
        }
        rules
    }
}

/// The lemma of `word`, in lower case: `("countries", NNS)` → "country".
pub fn lemma(word: &str, pos: Pos) -> Cow<'_, str> {
    let lower = lowercase(word);
    if lower.len() > LONGEST {
        return lower;
    }
    let lemma = match pos {
        Pos::NNS | Pos::NNPS => last_part(&lower, |w| apply(&RULES.noun, w)),
        Pos::VBD | Pos::VBN | Pos::VBG | Pos::VBZ | Pos::VBP | Pos::VB | Pos::MD => {
            last_part(&lower, |w| verb(w, pos))
        }
        Pos::JJR | Pos::RBR => comparative(&lower, "er"),
        Pos::JJS | Pos::RBS => comparative(&lower, "est"),
        Pos::RB if lower == "n't" => Some("not".to_owned()),
        Pos::DT if lower == "an" => Some("a".to_owned()),
        _ => None,
    };
    lemma.map_or(lower, Cow::Owned)
}

/// `word` in lower case with straight apostrophes, borrowed where it is so already.
fn lowercase(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase().replace('’', "'"))
    }
}

/// Applies `change` to what follows the last hyphen: "mid-countries" → "mid-country".
fn last_part(word: &str, change: impl Fn(&str) -> Option<String>) -> Option<String> {
    match word.rsplit_once('-') {
        Some((head, last)) if !last.is_empty() => change(last).map(|last| format!("{head}-{last}")),
        _ => change(word),
    }
}

/// `word` with its longest known ending changed.
fn apply(endings: &Endings, word: &str) -> Option<String> {
    let whole = format!("^{word}");
    if let Some(lemma) = endings.get(whole.as_str()) {
        return Some((*lemma).to_owned());
    }
    let starts = word.char_indices().map(|(i, _)| i);
    starts.into_iter().find_map(|i| endings.get(&word[i..]).map(|lemma| format!("{}{lemma}", &word[..i])))
}

fn verb(word: &str, pos: Pos) -> Option<String> {
    match (word, pos) {
        ("'s", _) => return Some("be".to_owned()),
        ("'d", Pos::MD) => return Some("would".to_owned()),
        (_, Pos::VB | Pos::VBP) if !matches!(word, "am" | "are" | "'m" | "'re" | "'ve" | "ai") => {
            return None;
        }
        _ => {}
    }
    if let Some(verb) = IRREGULAR.get(word) {
        return Some((*verb).to_owned());
    }
    match pos {
        Pos::VBZ => apply(&RULES.verb_s, word),
        Pos::VBG => word.strip_suffix("ing").filter(|s| has_vowel(s)).map(stem),
        Pos::VBD | Pos::VBN => past(word),
        _ => None,
    }
}

fn past(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ied") {
        let short = stem.len() == 1 || matches!(stem, "unt" | "bel");
        return Some(format!("{stem}{}", if short { "ie" } else { "y" }));
    }
    if let Some(stem) = word.strip_suffix("eed").filter(|s| has_vowel(s) || s.len() > 1) {
        return Some(format!("{stem}ee"));
    }
    word.strip_suffix("ed").filter(|s| has_vowel(s)).map(stem)
}

/// The verb of which `stem` is left without "-ed" or "-ing": "plann" → "plan", "mak" → "make".
fn stem(stem: &str) -> String {
    apply(&RULES.stem, stem).unwrap_or_else(|| stem.to_owned())
}

fn has_vowel(stem: &str) -> bool {
    stem.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn comparative(word: &str, ending: &str) -> Option<String> {
    match word {
        "more" | "most" | "less" | "least" => return None,
        "better" | "best" => return Some("good".to_owned()),
        "worse" | "worst" => return Some("bad".to_owned()),
        "further" | "farther" | "furthest" | "farthest" => return Some("far".to_owned()),
        _ => {}
    }
    let rest = word.strip_suffix(ending).filter(|s| s.len() > 2)?;
    Some(rest.strip_suffix('i').map_or_else(|| stem(rest), |stem| format!("{stem}y")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pos: Pos, pairs: &[(&str, &str)]) {
        for (word, expected) in pairs {
            assert_eq!(lemma(word, pos), *expected, "{word}");
        }
    }

    #[test]
    fn verbs() {
        check(
            Pos::VBD,
            &[
                ("said", "say"),
                ("planned", "plan"),
                ("agreed", "agree"),
                ("Carried", "carry"),
                ("died", "die"),
            ],
        );
        check(
            Pos::VBD,
            &[
                ("called", "call"),
                ("cancelled", "cancel"),
                ("visited", "visit"),
                ("needed", "need"),
                ("annulled", "annul"),
            ],
        );
        check(
            Pos::VBN,
            &[("created", "create"), ("treated", "treat"), ("decided", "decide"), ("opened", "open")],
        );
        check(
            Pos::VBN,
            &[("been", "be"), ("changed", "change"), ("prolonged", "prolong"), ("focused", "focus")],
        );
        check(
            Pos::VBG,
            &[("making", "make"), ("agreeing", "agree"), ("seeing", "see"), ("bringing", "bring")],
        );
        check(Pos::VBG, &[("dying", "die"), ("referring", "refer"), ("begging", "beg"), ("adding", "add")]);
        check(
            Pos::VBZ,
            &[("goes", "go"), ("tries", "try"), ("watches", "watch"), ("’s", "be"), ("uses", "use")],
        );
        check(Pos::VB, &[("found", "found"), ("bring", "bring")]);
        check(Pos::MD, &[("wo", "will"), ("’d", "would"), ("could", "could")]);
    }

    #[test]
    fn nouns() {
        check(Pos::NNS, &[("countries", "country"), ("wives", "wife"), ("spokeswomen", "spokeswoman")]);
        check(Pos::NNS, &[("buses", "bus"), ("houses", "house"), ("cases", "case"), ("crises", "crisis")]);
        check(
            Pos::NNS,
            &[("cease-fires", "cease-fire"), ("heroes", "hero"), ("shoes", "shoe"), ("churches", "church")],
        );
        check(Pos::NN, &[("Crisis", "crisis"), ("news", "news")]);
    }

    #[test]
    fn comparatives() {
        check(
            Pos::JJR,
            &[("larger", "large"), ("bigger", "big"), ("earlier", "early"), ("stronger", "strong")],
        );
        check(Pos::JJS, &[("best", "good"), ("highest", "high"), ("latest", "late")]);
    }

    #[test]
    fn a_word_that_is_its_lemma_is_borrowed() {
        assert!(matches!(lemma("deal", Pos::NN), Cow::Borrowed("deal")));
    }

    /// The share of verbs and nouns of EWT dev with the right lemma, where the data is there.
    #[test]
    fn verbs_and_nouns_of_a_treebank() {
        let Ok(dev) = std::fs::read_to_string("../shared/data/ud_ewt/en_ewt-ud-dev.conllu") else { return };
        let (mut right, mut all) = (0, 0);
        for fields in dev.lines().map(|l| l.split('\t').collect::<Vec<_>>()).filter(|f| f.len() == 10) {
            let tags = crate::annotate::tagger::model::TAGS;
            let pos = tags
                .into_iter()
                .find(|t| format!("{t:?}") == fields[4])
                .filter(|t| t.is_verb() || t.is_noun());
            let Some(pos) = pos.filter(|_| fields[2] != "_" && !fields[0].contains('-')) else { continue };
            all += 1;
            let given = lemma(fields[1], pos);
            right += usize::from(given == fields[2].to_lowercase());
            if std::env::var("SHOW").is_ok() && given != fields[2].to_lowercase() {
                println!("{} {:?} {} not {}", fields[1], pos, given, fields[2]);
            }
        }
        println!("{right} of {all}");
        assert!(right * 100 >= all * 97, "{right} of {all}");
    }
}
