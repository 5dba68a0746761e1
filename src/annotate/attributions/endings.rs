//! What cannot belong to a content or a source, and what a source lacks.
//!
//! In: the attributions of a report, whoever found them. Out: contents that end where a clause begins which the cue cannot
//! govern, and sources with the noun that their relative clause describes. It does not know who speaks.

use crate::annotate::{Annotations, Attribution, AttributionKind, Pos, lemma};
use crate::report::Report;
use crate::span::Span;

/// Ends contents before what their cue cannot govern, and completes sources.
pub fn trim(report: &Report, layers: &mut Annotations) {
    let mut attributions = std::mem::take(&mut layers.attributions);
    for found in &mut attributions {
        out_of_relative(report, layers, found);
        with_name(report, layers, found);
        if let Some(source) = found.source.last_mut() {
            source.end = undangled(report, layers, *source);
        }
    }
    attributions.retain(|found| !is_on_condition(report, layers, found));
    attributions.retain_mut(|found| {
        found.content.retain(|content| is_governed(report, layers, &found.cue, found.kind, *content));
        !found.content.is_empty()
    });
    for found in attributions.iter_mut().filter(|found| found.kind != AttributionKind::Direct) {
        let Some(content) = found.content.last_mut() else { continue };
        let end = after_infinitive(report, layers, *content)
            .or_else(|| before_shares(report, layers, *content))
            .or_else(|| before_own_act(report, layers, *content));
        content.end = end.unwrap_or(content.end);
    }
    // One that lost its first words begins later.
    attributions.sort_by_key(Attribution::start);
    layers.attributions = attributions;
}

/// Whether what seems to be said is what comes of it: "If the court agreed, the club would lose its licence", "If he says yes, the port will
/// close".
fn is_on_condition(report: &Report, layers: &Annotations, found: &Attribution) -> bool {
    const OPENING: [&str; 14] = [
        "if", "unless", "when", "once", "until", "after", "before", "because", "since", "although", "though",
        "while", "provided", "assuming",
    ];
    let word = |i: usize| layers.tokens.get(i).map_or("", |t| report.slice(t.span));
    let (Some(cue), Some(content)) = (found.cue.first(), found.content.first()) else { return false };
    let first = found.source.first().filter(|source| source.end <= cue.start).unwrap_or(cue);
    let opening = layers.tokens_in(*first).start.checked_sub(1).map(|i| word(i).to_lowercase());
    let told = layers.tokens_in(*content).start;
    let answers = matches!(word(told), "yes" | "no") && word(told + 1) == ",";
    let parted = || layers.tokens_in(Span { start: cue.end, end: content.start }).any(|i| word(i) == ",");
    found.kind != AttributionKind::Direct
        && cue.end <= content.start
        && opening.is_some_and(|word| OPENING.contains(&word.as_str()))
        && (answers || parted() && word(told) != "that")
}

/// Whether words without marks stand in the paragraph of their cue: a headline says nothing of the lead.
fn is_governed(
    report: &Report,
    layers: &Annotations,
    cue: &[Span],
    kind: AttributionKind,
    content: Span,
) -> bool {
    let paragraph = |at: u32| layers.sentence_at(at).map(|i| layers.sentences[i].paragraph);
    let heading = |at: u32| {
        let sentence = layers.sentence_at(at).map(|i| layers.sentences[i].span);
        sentence.is_some_and(|s| {
            !report.slice(s).trim_end().ends_with(|c: char| c.is_ascii_punctuation() || "”’…".contains(c))
        })
    };
    let one =
        cue.first().is_none_or(|cue| paragraph(cue.start) == paragraph(content.start) || !heading(cue.start));
    let said = || layers.tokens_in(content).any(|i| !matches!(layers.tokens[i].pos, Pos::TO | Pos::Punct));
    kind == AttributionKind::Direct || (one || !layers.quotes_in(content).is_empty()) && said()
}

/// "the panel that investigated the loss of the Halka concluded": a source that is only the end of such a phrase is the whole
/// of it.
fn out_of_relative(report: &Report, layers: &Annotations, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (found.source.last_mut(), found.cue.first()) else { return };
    let word = |i: usize| layers.tokens.get(i).map_or("", |t| report.slice(t.span));
    let pos = |i: usize| layers.tokens[i].pos;
    let tokens = layers.tokens_in(*source);
    let Some(sentence) = layers.sentence_at(source.start).map(|i| layers.sentences[i].tokens.start) else {
        return;
    };
    if layers.tokens_in(*cue).start != tokens.end || layers.quote_at(source.start).is_some() {
        return;
    }
    let mut at = tokens.start;
    for _ in 0..LONGEST_CHAIN {
        let nominal = |i: &usize| {
            let pos = pos(*i);
            pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS | Pos::CD | Pos::POS)
        };
        at -= (sentence..at).rev().take_while(nominal).count();
        let Some(before) = at.checked_sub(1).filter(|i| *i > sentence) else { return };
        if pos(before) == Pos::IN && word(before) != "that" && pos(before - 1).is_noun() {
            at = before;
        } else if matches!(pos(before), Pos::VBD | Pos::VBZ | Pos::VBP) {
            let joins = matches!(word(before - 1), "that" | "which" | "who") && before >= sentence + 2;
            if joins && pos(before - 2).is_noun() {
                let start = (sentence..before - 1).rev().take_while(nominal).last().unwrap_or(before - 2);
                source.start = layers.tokens[start].span.start;
            }
            return;
        } else {
            return;
        }
    }
}

/// "Ada Hale, R-Ky., said": a source that is only the party and the state of somebody is the whole of it.
fn with_name(report: &Report, layers: &Annotations, found: &mut Attribution) {
    let Some(source) = found.source.first_mut() else { return };
    let tagged = ["R-", "D-", "I-"].iter().any(|tag| report.slice(*source).starts_with(tag));
    let first = layers.tokens_in(*source).start;
    let comma = first.checked_sub(1).filter(|i| tagged && report.slice(layers.tokens[*i].span) == ",");
    let Some(comma) = comma else { return };
    let name = (0..comma).rev().take_while(|i| layers.tokens[*i].pos.is_name()).last();
    source.start = name.map_or(source.start, |i| layers.tokens[i].span.start);
}

/// How many phrases may stand between a source and its relative clause.
const LONGEST_CHAIN: usize = 4;

/// The end of a source without the beginning of what was cut: "statistics that", "the lawmaker, who represents a town that
/// covers".
fn undangled(report: &Report, layers: &Annotations, source: Span) -> u32 {
    let tokens = layers.tokens_in(source);
    let word = |i: usize| layers.tokens[i].span.of(report.text.as_str());
    let pos = |i: usize| layers.tokens[i].pos;
    let mut end = tokens.end;
    let relative = |i: &usize| matches!(word(*i), "who" | "which") && word(*i - 1) == ",";
    let dangles = |i: usize| {
        matches!(word(i), "who" | "which" | "that" | "," | "whose" | "whom" | "both" | "and")
            || matches!(pos(i), Pos::IN | Pos::TO | Pos::POS)
            || pos(i) == Pos::PRPS && word(i) != "her"
    };
    while end > tokens.start + 1 && dangles(end - 1) {
        end -= 1;
    }
    // A relative clause that ends in its verb goes whole.
    if end > tokens.start + 2 && pos(end - 1).is_finite() {
        end = (tokens.start + 2..end).find(relative).map_or(end, |i| i - 1);
    }
    if end == tokens.end || end <= tokens.start { source.end } else { layers.tokens[end - 1].span.end }
}

/// "promised to rewrite the contracts, and the bond fell": to an infinitive no clause with a subject of its own is joined.
fn after_infinitive(report: &Report, layers: &Annotations, content: Span) -> Option<u32> {
    let tokens = layers.tokens_in(content);
    let pos = |i: usize| layers.tokens.get(i).map(|t| t.pos);
    let word = |i: usize| layers.tokens.get(i).map_or("", |t| report.slice(t.span));
    if pos(tokens.start) != Some(Pos::TO) || pos(tokens.start + 1) != Some(Pos::VB) {
        return None;
    }
    let finite = |i: &usize| layers.tokens[*i].pos.is_finite();
    let verb = tokens.clone().find(finite)?;
    let joins = |i: &usize| word(*i) == "," && matches!(word(i + 1), "and" | "but" | "while");
    let comma = (tokens.start..verb).rev().find(joins)?;
    let subject = layers.clause_subject(report, verb)?;
    let quoted = layers.quote_at(layers.tokens[comma].span.start).is_some();
    (subject.start == comma + 2 && !quoted).then(|| layers.tokens[comma - 1].span.end)
}

/// "repeated that his client was innocent and attacked the witness", "said he would stay and accused the board": the end of a content before
/// what the speaker does besides saying it, which cannot go on with the verb of the content.
fn before_own_act(report: &Report, layers: &Annotations, content: Span) -> Option<u32> {
    let tokens = layers.tokens_in(content);
    let pos = |i: usize| layers.tokens.get(i).map(|t| t.pos);
    let word = |i: usize| layers.tokens.get(i).map_or("", |t| report.slice(t.span));
    let first = tokens.clone().find(|i| layers.tokens[*i].pos.is_finite())?;
    let next = (first + 1..tokens.end).find(|i| pos(*i) != Some(Pos::RB))?;
    let is_so = matches!(word(first), "was" | "were" | "is" | "are")
        && pos(next).is_some_and(|pos| pos.is_adjective() || pos.is_noun() || pos == Pos::DT);
    let ahead = pos(first) == Some(Pos::MD);
    let second =
        (next..tokens.end).find(|i| layers.tokens[*i].pos.is_finite() || pos(*i) == Some(Pos::WP))?;
    let base = lemma(&word(second).to_lowercase(), Pos::VBD).into_owned();
    let acts = pos(second) == Some(Pos::VBD) && ACTS_OF_SPEECH.contains(&base.as_str());
    let joined = second > next && word(second - 1) == "and";
    let quoted = layers.quote_at(layers.tokens[second].span.start).is_some();
    (acts && joined && (is_so || ahead) && !quoted).then(|| layers.tokens[second - 2].span.end)
}

/// What whoever speaks may do by it.
const ACTS_OF_SPEECH: [&str; 26] = [
    "attack",
    "accuse",
    "criticise",
    "criticize",
    "blame",
    "call",
    "urge",
    "demand",
    "thank",
    "praise",
    "apologise",
    "apologize",
    "condemn",
    "dismiss",
    "reject",
    "warn",
    "promise",
    "vow",
    "pledge",
    "deny",
    "appeal",
    "mock",
    "welcome",
    "defend",
    "denounce",
    "express",
];

/// "said it was recalling the milk, sending its shares down": what became of shares, no company says.
fn before_shares(report: &Report, layers: &Annotations, content: Span) -> Option<u32> {
    const MOVING: [&str; 7] =
        ["sending", "pushing", "driving", "lifting", "boosting", "knocking", "dragging"];
    const SHARES: [&str; 6] = ["shares", "stock", "stocks", "prices", "futures", "yields"];
    let tokens = layers.tokens_in(content);
    let word = |i: usize| layers.tokens.get(i).map_or("", |t| report.slice(t.span));
    let moves = |i: &usize| {
        let shares = (i + 1..i + 5).any(|j| SHARES.contains(&word(j)));
        MOVING.contains(&word(*i)) && word(i - 1) == "," && shares
    };
    let at = tokens.skip(2).find(moves)?;
    layers.quote_at(layers.tokens[at].span.start).is_none().then(|| layers.tokens[at - 2].span.end)
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing::report;
    use crate::annotate::{Annotator, Rules};
    use crate::span::Span;

    /// Source, cue and content of each attribution.
    fn told(text: &str) -> Vec<String> {
        let report = report(text);
        let of =
            |spans: &[Span]| spans.iter().map(|span| report.slice(*span)).collect::<Vec<_>>().join(" / ");
        let found = Rules.annotate(&report).attributions;
        found.iter().map(|a| format!("{} | {} | {}", of(&a.source), of(&a.cue), of(&a.content))).collect()
    }

    #[test]
    fn an_infinitive_governs_no_clause_with_a_subject_of_its_own() {
        let found =
            told("Mira Olsen has promised to rewrite the contracts, and the dollar bond fell two cents.");
        assert_eq!(found, ["Mira Olsen | has promised | to rewrite the contracts"]);
    }

    #[test]
    fn what_a_speaker_does_besides_is_no_part_of_what_he_says() {
        let found = told(
            "Oskar Holt repeated that his client was innocent and attacked the credibility of the witness.",
        );
        assert_eq!(found, ["Oskar Holt | repeated | that his client was innocent"]);
        let found = told("Moe said she would stay and accused the board of a smear.");
        assert!(found.contains(&"Moe | said | she would stay".to_owned()), "{found:?}");
    }

    #[test]
    fn what_comes_of_it_is_not_said() {
        for text in [
            "If the court agreed, the club would be relegated on Wednesday.",
            "If the minister said yes, the port of Garn would close on Tuesday.",
        ] {
            assert!(told(text).is_empty(), "{text}: {:?}", told(text));
        }
    }

    #[test]
    fn a_source_keeps_the_noun_that_its_relative_clause_describes() {
        let found = told(
            "The panel that investigated the loss of the Halka concluded that the owner had ignored four warnings.",
        );
        let whole = "The panel that investigated the loss of the Halka | concluded | ";
        assert!(found.iter().any(|line| line.starts_with(whole)), "{found:?}");
    }
}
