//! On what condition does a plan hold?
//!
//! In: a predicate. Out: where the condition ends that stands behind its verb. It does not know the plan.

use crate::align::Account;
use crate::align::predicates::Predicate;

/// Words before "if" that make it a question or no condition: "asked if", "even if".
const ASKING: &[&str] = &[
    "even", "as", "ask", "asked", "asks", "see", "say", "know", "decide", "wonder", "clear", "unclear",
    "and", "what", "but", "or", "so",
];

/// The longest condition of a plan, in tokens.
const LONGEST_TERMS: usize = 24;

/// Where the condition ends that stands behind the verb of a plan ("will walk out on Friday unless the firm pays"), if none
/// stands before it.
pub fn end(of: &Account, predicate: &Predicate) -> Option<u32> {
    let sentence = &of.layers.sentences[of.layers.sentence_at(predicate.verb.start)?];
    let opens = |i: &usize| matches!(of.word(*i), "if" | "unless");
    let (first, verb) = (sentence.tokens.start, of.layers.tokens_in(predicate.verb).end);
    let opening = sentence.tokens.clone().find(opens).filter(|i| *i >= verb)?;
    let asks = ASKING.contains(&of.word(opening - 1)) || of.pos(opening - 1).is_verb() && opening == verb;
    let whether = (first..verb).any(|i| of.word(i) == "whether");
    let about = of.layers.attributions_about(predicate.verb.start).iter();
    let told = about.flat_map(|a| &a.content).filter(|c| c.contains(predicate.verb));
    let said = told.map(|c| of.layers.tokens_in(*c).end).min().unwrap_or(sentence.tokens.end);
    let closes =
        |i: &usize| matches!(of.word(*i), "," | ";" | ":" | "–" | "—" | "”" | "\"" | "(" | "." | "!" | "?");
    let limit = said.min(sentence.tokens.end);
    let end = (opening..limit).find(closes).unwrap_or(limit);
    let says = (opening + 1..end).any(|i| of.pos(i).is_finite());
    // "will have to wait until May if": what is needed is no plan.
    let needs = matches!(predicate.lemma.as_str(), "have" | "need");
    let quoted = |i: usize| of.layers.quote_at(of.layers.tokens[i].span.start).map(|q| q.outer);
    let whole = end > opening + 2
        && end - opening <= LONGEST_TERMS
        && says
        && !needs
        && quoted(end - 1) == quoted(verb - 1);
    (whole && !asks && !whether).then(|| of.layers.tokens[end - 1].span.end)
}
