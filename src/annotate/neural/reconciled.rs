//! A network's attributions and the rules' as one list.
//!
//! In: both, and the layers under them. Out: attributions in order. The rules keep the last word where they are exact:
//! where quotations end, and which of them a verb of saying governs. It does not know how the network came to its own.

use crate::annotate::attributions::is_saying;
use crate::annotate::{Annotations, Attribution, AttributionKind, Pos, Quote};
use crate::span::Span;

/// What the network found with what the rules know exactly: where quotations end, and those that only they see.
pub fn reconciled(layers: &Annotations, text: &str, found: Vec<Attribution>) -> Vec<Attribution> {
    let rules = &layers.attributions;
    let (exact, direct): (Vec<&Attribution>, Vec<&Attribution>) = rules
        .iter()
        .filter(|rule| rule.kind == AttributionKind::Direct)
        .partition(|rule| is_exact(layers, rule));
    let mut out = found;
    out.retain(|found| !exact.iter().any(|rule| share(&rule.cue, &found.cue)));
    for found in &mut out {
        let same =
            |rule: &&&Attribution| share(&rule.cue, &found.cue) && share(&rule.content, &found.content);
        if let Some(rule) = direct.iter().find(same) {
            found.content.clone_from(&rule.content);
            found.kind = rule.kind;
        }
    }
    complete(layers, text, rules, &mut out);
    out.iter_mut().filter(|found| found.source.is_empty()).for_each(|found| take_agent(layers, text, found));
    let unseen = |rule: &&Attribution| !out.iter().any(|found| share(&found.content, &rule.content));
    // What stands between marks under a verb of saying is somebody's words, however unsure the network is.
    let mixed = rules.iter().filter(|rule| rule.kind == AttributionKind::Mixed && says(layers, text, rule));
    let unseen: Vec<Attribution> = direct.into_iter().chain(mixed).filter(unseen).cloned().collect();
    out.extend(exact.into_iter().cloned());
    out.extend(unseen);
    out.sort_by_key(Attribution::start);
    joined(out)
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

/// How many attributions may stand between two parts of one.
const NEAR: usize = 8;

fn add_content(to: &mut Attribution, content: &[Span], kind: AttributionKind) {
    to.content.extend_from_slice(content);
    to.content.sort_unstable();
    to.kind = if to.kind == kind { kind } else { AttributionKind::Mixed };
}

/// Whether a mark and not a word attributes a quotation (“…” — Ann Hale): there the rules are exact.
fn is_exact(layers: &Annotations, rule: &Attribution) -> bool {
    let marks =
        |span: &Span| layers.tokens[layers.tokens_in(*span)].iter().all(|token| token.pos == Pos::Punct);
    rule.kind == AttributionKind::Direct && !rule.cue.is_empty() && rule.cue.iter().all(marks)
}

fn says(layers: &Annotations, text: &str, rule: &Attribution) -> bool {
    let mut words = rule.cue.iter().flat_map(|span| layers.tokens_in(*span)).map(|i| layers.tokens[i].span);
    words.any(|span| is_saying(&span.of(text).to_lowercase()))
}

fn share(left: &[Span], right: &[Span]) -> bool {
    left.iter().any(|span| right.iter().any(|other| other.overlaps(*span)))
}

/// Gives a content the quotations that its verb of saying governs by the rules, and a quotation the clause before that verb,
/// where nobody has them.
fn complete(layers: &Annotations, text: &str, rules: &[Attribution], out: &mut [Attribution]) {
    let quotes = || layers.quotes.iter().filter(|quote| quote.closed && !quote.nested);
    let taken = |spans: &[Span]| out.iter().any(|found| share(&found.content, spans));
    let free: Vec<&Quote> = quotes().filter(|quote| !taken(&[quote.outer])).collect();
    let said = |rule: &&Attribution| {
        rule.kind == AttributionKind::Indirect && says(layers, text, rule) && !taken(&rule.content)
    };
    let said: Vec<&Attribution> = rules.iter().filter(said).collect();
    for found in out {
        let quoted = found.kind == AttributionKind::Direct;
        if let Some(rule) = said.iter().find(|rule| quoted && share(&rule.cue, &found.cue)) {
            add_content(found, &rule.content, rule.kind);
        }
        let governs = |rule: &&Attribution| {
            rule.kind != AttributionKind::Indirect
                && share(&rule.cue, &found.cue)
                && says(layers, text, rule)
                && free.iter().any(|quote| share(&rule.content, &[quote.outer]))
        };
        if let Some(rule) = rules.iter().find(governs) {
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
    let Some(quote) = layers.quotes.iter().rev().find(|quote| quote.closed && last.overlaps(quote.outer))
    else {
        return;
    };
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
