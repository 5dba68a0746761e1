//! A network's attributions and the rules' as one list.
//!
//! In: both, and the layers under them. Out: attributions in order. The rules keep the last word where they are exact:
//! where quotations end, and which of them a verb of saying governs. It does not know how the network came to its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotate::attributions::is_saying;
use crate::annotate::{Annotations, Attribution, AttributionKind, Pos};
use crate::span::Span;

/// What the network found with what the rules know exactly: where quotations end, and those that only they see.
pub fn reconciled(layers: &Annotations, text: &str, found: Vec<Attribution>) -> Vec<Attribution> {
    let rules = Rules::new(layers, text);
    let mut out = found;
    out.retain(|found| {
        !rules.of_cue(found).any(|rule| is_exact(layers, rule)) && !is_foreign(layers, text, found)
    });
    for found in &mut out {
        let same = |rule: &&Attribution| {
            rule.kind == AttributionKind::Direct && share(&rule.content, &found.content)
        };
        if let Some(rule) = rules.of_cue(found).find(same) {
            found.content.clone_from(&rule.content);
            found.kind = rule.kind;
        }
    }
    for found in &mut out {
        take_nearer_subject(&rules, found);
        trim_source(layers, text, found);
    }
    complete(&rules, &mut out);
    for found in out.iter_mut().filter(|found| found.source.is_empty()) {
        take_agent(layers, text, found);
        take_subject(layers, text, found);
    }
    let held = Held::of(layers, out.iter().flat_map(|found| &found.content));
    let cues = Held::of(layers, out.iter().flat_map(|found| &found.cue));
    let sources = Held::of(layers, out.iter().flat_map(|found| &found.source));
    let by_cue = by_cue(layers, &out);
    // "Moe told reporters …, according to an agency": that the agency has it does not make the words its own.
    let passed_on = |rule: &Attribution| sources.holds(layers, &rule.via) && !cues.holds(layers, &rule.cue);
    for rule in &layers.attributions {
        // What stands between marks under a verb of saying is somebody's words, however unsure the network is.
        let quoted = match rule.kind {
            AttributionKind::Direct => true,
            AttributionKind::Mixed => rules.says(rule),
            AttributionKind::Indirect => false,
        };
        let free = !held.holds(layers, &rule.content);
        // "“…,” Moe told the panel, according to a transcript": what is passed on with who said it is his.
        let nested =
            || rules.says(rule) && out.iter().any(|found| passes_on(text, found) && holds_all(found, rule));
        if !(is_exact(layers, rule) || quoted && (free || passed_on(rule) || nested())) {
            continue;
        }
        // "…, said Moe, the mayor. “…”": the rules name less of who says both.
        let told =
            rule.cue.iter().flat_map(|span| layers.tokens_in(*span)).find_map(|word| by_cue.get(&word));
        match told.map(|at| &mut out[*at]).filter(|found| free && share(&found.source, &rule.source)) {
            Some(found) => add_content(found, &rule.content, rule.kind),
            None => out.push(rule.clone()),
        }
    }
    out.sort_by_key(Attribution::start);
    without_foretold(layers, text, joined(out))
}

/// Leaves out what stands in another sentence than the cue and the rest of the source (a caption above the line), and ends
/// a source before a comma behind which its clause goes on with a verb: "according to the maker, Halden, is recalling".
fn trim_source(layers: &Annotations, text: &str, found: &mut Attribution) {
    let told = found.cue.first().and_then(|cue| layers.sentence_at(cue.start));
    let beside = |span: &Span| layers.sentence_at(span.end.saturating_sub(1)) == told;
    if found.source.iter().any(beside) {
        found.source.retain(beside);
    }
    keep_nearest(layers, found);
    finish_clause(layers, text, found);
    let Some(last) = found.source.last_mut() else { return };
    let sentence = layers.sentence_at(last.end.saturating_sub(1)).map(|i| layers.sentences[i].span.start);
    last.start = sentence.map_or(last.start, |start| last.start.max(start));
    let tokens = layers.tokens_in(*last);
    let pos = |i: usize| layers.tokens[i].pos;
    let is_comma = |i: usize| layers.tokens[i].span.of(text) == ",";
    let goes_on = |i: &usize| {
        is_comma(*i) && tokens.contains(&(i + 1)) && (pos(i + 1).is_finite() || pos(i + 1) == Pos::VB)
    };
    let cut = tokens.clone().skip(1).find(goes_on);
    if let Some(cut) = cut.filter(|cut| (tokens.start..*cut).any(|i| pos(i).is_noun())) {
        last.end = layers.tokens[cut - 1].span.end;
    }
}

/// Of a source in pieces before its cue, leaves out those behind which a clause of their own goes on: "Economists now expect
/// a cut after data showed that …".
fn keep_nearest(layers: &Annotations, found: &mut Attribution) {
    let (Some(last), Some(cue)) = (found.source.last().copied(), found.cue.first()) else { return };
    let acts = |piece: &Span| {
        let between = layers.tokens_in(*piece).end..layers.tokens_in(last).start;
        let acts = |i: usize| layers.tokens[i].pos.is_finite() || layers.tokens[i].pos == Pos::VB;
        between.into_iter().any(acts)
    };
    let mut words = layers.tokens_in(*cue).map(|i| layers.tokens[i].pos);
    let verb = words.find(|pos| pos.is_verb() || matches!(pos, Pos::MD | Pos::TO));
    let named = layers.tokens_in(last).any(|i| {
        let pos = layers.tokens[i].pos;
        pos.is_noun() || matches!(pos, Pos::PRP | Pos::WP | Pos::WDT | Pos::DT | Pos::CD)
    });
    if named && verb.is_some_and(Pos::is_finite) && last.end <= cue.start {
        found.source.retain(|piece| *piece == last || !acts(piece));
    }
}

/// "A diplomat, who asked not to be named because the talks are secret, said": a source does not end within its relative clause.
fn finish_clause(layers: &Annotations, text: &str, found: &mut Attribution) {
    let (Some(last), Some(cue)) = (found.source.last_mut(), found.cue.first()) else { return };
    let source = layers.tokens_in(*last);
    let word = |i: usize| layers.tokens[i].span.of(text);
    let Some(comma) = layers.tokens_in(*cue).start.checked_sub(1).filter(|i| word(*i) == ",") else { return };
    let rest = source.end..comma.max(source.end);
    let relative = source.clone().skip(1).any(|i| layers.tokens[i].pos == Pos::WP && word(i - 1) == ",");
    let goes_on =
        rest.clone().any(|i| layers.tokens[i].pos.is_finite()) && !rest.clone().any(|i| word(i) == ",");
    if relative && goes_on && rest.len() <= LONGEST_REST {
        last.end = layers.tokens[comma - 1].span.end;
    }
}

/// How many words of a relative clause may be lacking.
const LONGEST_REST: usize = 12;

/// "Hale showed no emotion as a judge told him: “…”": whom the rules find as the subject of a verb of saying, where a
/// conjunction parts that clause from the one whose subject the network takes.
fn take_nearer_subject(rules: &Rules, found: &mut Attribution) {
    let (layers, text) = (rules.layers, rules.text);
    let (Some(far), Some(cue)) = (found.source.last().copied(), found.cue.first().copied()) else { return };
    let is_parted = |near: Span| {
        let between = layers.tokens_in(far).end..layers.tokens_in(near).start;
        let conjunction = between
            .clone()
            .next_back()
            .is_some_and(|i| PARTING.contains(&layers.tokens[i].span.of(text).to_lowercase().as_str()));
        let acts = |mut tokens: std::ops::Range<usize>| tokens.any(|i| layers.tokens[i].pos.is_finite());
        let told = layers.tokens_in(near).end..layers.tokens_in(cue).start;
        far.end <= near.start && near.end <= cue.start && conjunction && acts(between) && !acts(told)
    };
    let mut said = rules.of_cue(found).filter(|rule| rules.says(rule) && rule.source.len() == 1);
    if let Some(rule) = said.find(|rule| is_parted(rule.source[0])) {
        found.source.clone_from(&rule.source);
    }
}

/// Conjunctions that open a clause with a subject of its own.
const PARTING: [&str; 10] =
    ["as", "when", "while", "after", "before", "because", "since", "although", "though", "until"];

/// Which attribution has a word in its cue.
fn by_cue(layers: &Annotations, attributions: &[Attribution]) -> BTreeMap<usize, usize> {
    let words =
        |found: &Attribution| found.cue.iter().flat_map(|span| layers.tokens_in(*span)).collect::<Vec<_>>();
    attributions
        .iter()
        .enumerate()
        .flat_map(|(at, found)| words(found).into_iter().map(move |word| (word, at)))
        .collect()
}

/// The rules' attributions, by the words of their cues.
struct Rules<'a> {
    layers: &'a Annotations,
    text: &'a str,
    by_word: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Rules<'a> {
    fn new(layers: &'a Annotations, text: &'a str) -> Self {
        let mut by_word: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, rule) in layers.attributions.iter().enumerate() {
            for word in rule.cue.iter().flat_map(|span| layers.tokens_in(*span)) {
                by_word.entry(word).or_default().push(index);
            }
        }
        Rules { layers, text, by_word }
    }

    /// Those that share a word of the cue with `found`, in order.
    fn of_cue(&self, found: &Attribution) -> impl Iterator<Item = &'a Attribution> + use<'a> {
        let words = found.cue.iter().flat_map(|span| self.layers.tokens_in(*span));
        let rules: BTreeSet<usize> =
            words.filter_map(|word| self.by_word.get(&word)).flatten().copied().collect();
        let all = &self.layers.attributions;
        rules.into_iter().map(move |index| &all[index])
    }

    /// Whether a verb of saying attributes.
    fn says(&self, rule: &Attribution) -> bool {
        let words = rule.cue.iter().flat_map(|span| self.layers.tokens_in(*span));
        words.map(|i| self.layers.tokens[i].span).any(|span| is_saying(&span.of(self.text).to_lowercase()))
    }
}

/// Which words some spans hold.
struct Held(Vec<bool>);

impl Held {
    fn of<'s>(layers: &Annotations, spans: impl Iterator<Item = &'s Span>) -> Self {
        let mut held = vec![false; layers.tokens.len()];
        spans.for_each(|span| held[layers.tokens_in(*span)].fill(true));
        Held(held)
    }

    fn holds(&self, layers: &Annotations, spans: &[Span]) -> bool {
        spans.iter().any(|span| self.0[layers.tokens_in(*span)].contains(&true))
    }
}

/// How many letters a sentence must have for its language to be told: below it, names alone turn the guess.
const MIN_LETTERS: usize = 80;

/// Whether the sentence of its cue is in another language, a post in Spanish, say, within an English report: a network reads
/// attributions into it all the same.
fn is_foreign(layers: &Annotations, text: &str, found: &Attribution) -> bool {
    let Some(sentence) = found.cue.first().and_then(|cue| layers.sentence_at(cue.start)) else {
        return false;
    };
    let sentence = layers.sentences[sentence].span.of(text);
    let letters = sentence.chars().filter(|c| c.is_alphabetic()).take(MIN_LETTERS).count();
    letters == MIN_LETTERS && whichlang::detect_language(sentence) != whichlang::Lang::Eng
}

/// One attribution for one cue: "…, Moe said. “…”" says both what stands before the cue and what is quoted after it.
fn joined(attributions: Vec<Attribution>) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::with_capacity(attributions.len());
    for attribution in attributions {
        let same = |other: &&mut Attribution| {
            !other.cue.is_empty() && other.cue == attribution.cue && other.source == attribution.source
        };
        match out.iter_mut().rev().take(NEAR).find(same) {
            Some(other) => add_content(other, &attribution.content, attribution.kind),
            None => out.push(attribution),
        }
    }
    out
}

/// Leaves out what somebody is only said to be going to say: "Orvik will answer “blow by blow”, the minister said" quotes
/// the minister.
fn without_foretold(layers: &Annotations, text: &str, attributions: Vec<Attribution>) -> Vec<Attribution> {
    let told = |at: usize| {
        let found = &attributions[at];
        let near = at.saturating_sub(NEAR)..(at + NEAR).min(attributions.len());
        let quotes = found.content.iter().any(|span| !layers.quotes_in(*span).is_empty());
        let within = |outer: &Attribution| {
            let holds = |span: &Span| outer.content.iter().any(|content| content.contains(*span));
            found.cue.iter().chain(&found.source).all(holds)
        };
        quotes && is_foretold(text, found) && attributions[near].iter().any(within)
    };
    let kept: Vec<bool> = (0..attributions.len()).map(|at| !told(at)).collect();
    attributions.into_iter().zip(kept).filter_map(|(found, kept)| kept.then_some(found)).collect()
}

/// Whether the cue is in the future: "will answer".
fn is_foretold(text: &str, found: &Attribution) -> bool {
    let first = found.cue.first().and_then(|cue| cue.of(text).split_whitespace().next());
    first.is_some_and(|word| {
        matches!(word, "will" | "would" | "shall" | "must" | "could" | "should" | "may" | "might")
    })
}

/// How many attributions may stand between two parts of one.
const NEAR: usize = 8;

fn add_content(to: &mut Attribution, content: &[Span], kind: AttributionKind) {
    to.content.extend_from_slice(content);
    to.content.sort_unstable();
    to.kind = if to.kind == kind { kind } else { AttributionKind::Mixed };
}

/// Whether the cue only says through whom words came: "according to a transcript".
fn passes_on(text: &str, found: &Attribution) -> bool {
    found.cue.first().is_some_and(|cue| cue.of(text).to_lowercase().starts_with("according"))
}

/// Whether the content of `outer` holds who says `inner`, and what.
fn holds_all(outer: &Attribution, inner: &Attribution) -> bool {
    let holds = |span: &Span| outer.content.iter().any(|content| content.contains(*span));
    let parts = inner.source.iter().chain(&inner.cue).chain(&inner.content);
    !inner.source.is_empty() && parts.into_iter().all(holds)
}

/// Whether a mark and not a word attributes a quotation (“…” — Ann Hale): there the rules are exact.
fn is_exact(layers: &Annotations, rule: &Attribution) -> bool {
    let marks =
        |span: &Span| layers.tokens[layers.tokens_in(*span)].iter().all(|token| token.pos == Pos::Punct);
    rule.kind == AttributionKind::Direct && !rule.cue.is_empty() && rule.cue.iter().all(marks)
}

fn share(left: &[Span], right: &[Span]) -> bool {
    left.iter().any(|span| right.iter().any(|other| other.overlaps(*span)))
}

/// Gives a content the quotations that its verb of saying governs by the rules, and a quotation the clause before that verb,
/// where nobody has them.
fn complete(rules: &Rules, out: &mut [Attribution]) {
    let layers = rules.layers;
    let held = Held::of(layers, out.iter().flat_map(|found| &found.content));
    let free = |rule: &Attribution| {
        let quotes = rule.content.iter().flat_map(|span| layers.quotes_in(*span));
        quotes.filter(|quote| quote.closed && !quote.nested).any(|quote| !held.holds(layers, &[quote.outer]))
    };
    for found in out {
        let said: Vec<&Attribution> = rules.of_cue(found).filter(|rule| rules.says(rule)).collect();
        let indirect = |rule: &&&Attribution| {
            rule.kind == AttributionKind::Indirect && !held.holds(layers, &rule.content)
        };
        if let Some(rule) = said.iter().find(indirect).filter(|_| found.kind == AttributionKind::Direct) {
            add_content(found, &rule.content, rule.kind);
        }
        let quoted = |rule: &&&Attribution| rule.kind != AttributionKind::Indirect && free(rule);
        if let Some(rule) = said.iter().find(quoted) {
            found.content.clone_from(&rule.content);
            found.kind = rule.kind;
            if found.source.is_empty() {
                found.source.clone_from(&rule.source);
            }
        }
    }
}

/// "described as “heroic” by the fire brigade": the agent of a passive is its source, and no part of its content.
fn take_agent(layers: &Annotations, text: &str, found: &mut Attribution) {
    let passive =
        found.cue.iter().flat_map(|cue| layers.tokens_in(*cue)).any(|i| layers.tokens[i].pos == Pos::VBN);
    let Some(last) = found.content.last_mut().filter(|_| passive) else { return };
    let Some(quote) = layers.quotes_in(*last).iter().rev().find(|quote| quote.closed) else { return };
    let by = layers.tokens_in(quote.outer).end;
    let is_by = layers.tokens.get(by).is_some_and(|token| token.span.of(text) == "by");
    let Some(phrase) = layers.noun_phrase_starting_at(by + 1).filter(|_| is_by) else { return };
    // Where the content goes on behind the agent with more than what describes it, "by" belongs to what was said.
    let agent = phrase.start..phrase.end.max(layers.tokens_in(*last).end);
    let ends = |i: usize| layers.tokens[i].pos.is_verb() || layers.tokens[i].pos == Pos::Punct;
    if !(phrase.end..agent.end).any(ends) {
        last.end = last.end.min(quote.outer.end);
        found.source = Vec::from([layers.tokens[agent.start].span.cover(layers.tokens[agent.end - 1].span)]);
    }
}

/// "The mayor knew, two people familiar with the matter said": what stands between the last comma and a verb of saying is
/// its subject, and no part of its content.
fn take_subject(layers: &Annotations, text: &str, found: &mut Attribution) {
    let (Some(last), Some(cue)) = (found.content.last_mut(), found.cue.first()) else { return };
    let (content, cue) = (layers.tokens_in(*last), layers.tokens_in(*cue));
    let says = cue.clone().any(|i| is_saying(&layers.tokens[i].span.of(text).to_lowercase()));
    let word = |i: usize| layers.tokens[i].span.of(text);
    let comma = content.clone().rev().find(|i| matches!(word(*i), "," | "”"));
    let Some(comma) =
        comma.filter(|i| says && word(*i) == "," && content.end == cue.start && *i > content.start)
    else {
        return;
    };
    let pos = |i: usize| layers.tokens[i].pos;
    let subject = comma + 1..content.end;
    let nominal = subject.clone().any(|i| pos(i).is_noun()) && !subject.clone().any(|i| pos(i).is_finite());
    if nominal && (content.start..comma).any(|i| pos(i).is_finite()) {
        last.end = layers.tokens[comma - 1].span.end;
        found.source =
            Vec::from([layers.tokens[subject.start].span.cover(layers.tokens[subject.end - 1].span)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::Annotator;
    use crate::annotate::neural::accurate;
    use crate::annotate::testing::report;

    fn told(text: &str) -> Vec<String> {
        let report = report(text);
        let of = |spans: &[crate::span::Span]| {
            spans.iter().map(|span| report.slice(*span)).collect::<Vec<_>>().join(" / ")
        };
        let found = accurate().annotate(&report).attributions;
        found.iter().map(|a| format!("{} | {} | {}", of(&a.source), of(&a.cue), of(&a.content))).collect()
    }

    #[test]
    fn a_sentence_in_another_language_attributes_nothing() {
        let found = told(
            "The mayor wrote a post.\n\nHe pedido a la Oficina de Obras que revise el contrato de los puentes del norte, de la costa y del puerto viejo.",
        );
        assert!(!found.iter().any(|line| line.contains("Oficina")), "{found:?}");
    }

    #[test]
    fn who_is_quoted_through_an_agency_has_his_words() {
        let found = told(
            "Abel Norr, the president's adviser, told reporters the delegations held “a very frank conversation about all rivers”, according to the Narda news agency.",
        );
        let own = |line: &String| line.starts_with("Abel Norr") && line.ends_with("about all rivers”");
        assert_eq!(found.iter().filter(|line| own(line)).count(), 1, "{found:?}");
    }

    #[test]
    fn the_subject_of_a_verb_of_saying_is_no_part_of_what_is_said() {
        let found = told("The mayor had taken the money, two people familiar with the matter said.");
        let content = |line: &String| line.ends_with("| said | The mayor had taken the money");
        assert!(found.iter().any(content), "{found:?}");
    }

    #[test]
    fn the_nearer_subject_speaks() {
        let found = told(
            "Tom Orvel, 61, stared at the floor as a judge in Varn, Norland, told him: “You took what was not yours.”",
        );
        let quoted: Vec<_> = found.iter().filter(|line| line.contains("not yours")).collect();
        assert!(matches!(quoted[..], [line] if line.starts_with("a judge in Varn")), "{found:?}");
    }

    #[test]
    fn a_source_is_no_clause() {
        let found = told(
            "Traders at Halvern Bank now expect a cut on June 4 after figures on Tuesday showed that prices fell in May.",
        );
        assert!(found.iter().all(|line| !line.starts_with("Traders at Halvern Bank /")), "{found:?}");
    }

    #[test]
    fn what_is_only_foretold_is_said_by_the_one_who_foretells() {
        let found = told(
            "Ostravia will answer Norland's steel tariffs “product by product and dollar by dollar”, Trade Minister Elena Brandt said on Thursday.",
        );
        let quoted: Vec<_> = found.iter().filter(|line| line.contains("product by product")).collect();
        assert!(
            matches!(quoted[..], [line] if line.starts_with("Trade Minister Elena Brandt | ")),
            "{found:?}"
        );
    }

    #[test]
    fn the_agent_of_a_passive_is_its_source() {
        let found =
            told("Their work, described as “heroic” by the Lowland Department of Fire, ended the blaze.");
        let heroic: Vec<_> = found.iter().filter(|line| line.contains("“heroic”")).collect();
        assert!(
            matches!(heroic[..], [line] if line.starts_with("the Lowland Department of Fire | ") && line.ends_with("“heroic”")),
            "{found:?}"
        );
    }
}
