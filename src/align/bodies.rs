//! Which body does a noun phrase mean that names only where it is, or whose name goes on around a place?
//!
//! In: a noun phrase. Out: "Danish parliament" of "the Danish parliament", with its country, where the body does not speak for
//! the country; "Racing Torvald" where only "Torvald" is known, as a place, and "Reform 2030" where "Reform" is. It does not know what the body does.

use super::{Account, Context, Spot};
use crate::annotate::{EntityKind, Mention, MentionKind, Pos, lexicon};
use crate::span::Span;

/// Bodies of a country or a town that do not speak for it.
const WITHIN: &[&str] = &[
    "parliament",
    "senate",
    "congress",
    "assembly",
    "opposition",
    "court",
    "tribunal",
    "company",
    "firm",
    "maker",
    "group",
    "regulator",
    "watchdog",
    "agency",
    "authority",
    "bank",
    "airline",
    "operator",
    "broadcaster",
    "newspaper",
    "daily",
    "magazine",
    "club",
    "team",
    "federation",
    "association",
    "union",
    "league",
    "hospital",
    "university",
    "school",
    "museum",
    "festival",
    "factory",
    "plant",
    "mill",
    "refinery",
    "port",
    "airport",
    "station",
    "council",
    "party",
    "foundation",
    "institute",
    "charity",
    "church",
    "supplier",
    "retailer",
    "insurer",
    "brewer",
];

/// The body that a phrase names by its place, in its own words without the article.
pub fn within_place(context: &Context, phrase: Spot) -> Option<String> {
    let of = context.accounts[phrase.account];
    let (head, _) = placed(of, phrase.span)?;
    Some(context.text(Spot { span: head, ..phrase }).to_owned())
}

/// The country or the people by which a phrase names a body: "Poland" of "the Polish regulator".
pub fn country(of: &Account, phrase: Span) -> Option<&'static str> {
    let (_, place) = placed(of, phrase)?;
    lexicon::party_of_place(of.report.slice(place))
}

/// The noun phrase without its article up to its head, and the name of a place before that; where the head is a body within it.
fn placed(of: &Account, phrase: Span) -> Option<(Span, Span)> {
    let head = of.head_noun(phrase)?;
    if !WITHIN.contains(&of.lemma_at(head)) || of.pos(head).is_name() {
        return None;
    }
    let first = of.layers.tokens_in(phrase).start;
    let opens = if of.pos(first) == Pos::DT { first + 1 } else { first };
    let end = of.layers.tokens[head].span;
    let named = |m: &&Mention| {
        m.kind == MentionKind::Name
            && matches!(m.of, EntityKind::Place | EntityKind::Group)
            && m.span.end <= end.start
    };
    let place = of.layers.mentions_in(phrase).find(named)?.span;
    // "Norway's parliament", "the Garn and Torvald hospital" are named otherwise.
    let plain = |i: usize| of.pos(i).is_noun() || of.pos(i).is_adjective();
    let starts = of.layers.tokens_in(place).start == opens;
    (starts && (opens..head).all(plain)).then(|| (of.layers.tokens[opens].span.cover(end), place))
}

/// The whole name that ends a phrase, of which only a part is known: "Racing Torvald", "Torvald 1911".
pub fn around_place(context: &Context, phrase: Spot) -> Option<String> {
    let of = context.accounts[phrase.account];
    let tokens = of.layers.tokens_in(phrase.span);
    let mut names = of.layers.mentions_in(phrase.span).filter(|m| m.kind == MentionKind::Name);
    let (name, None) = (names.next()?, names.next()) else { return None };
    let place = of.layers.tokens_in(name.span);
    let within = phrase.span.contains(name.span);
    let part =
        |i: usize| of.pos(i).is_name() && !of.layers.mentions_in(of.layers.tokens[i].span).any(|m| m != name);
    let from = (tokens.start..place.start).rev().take_while(|i| part(*i)).last().unwrap_or(place.start);
    let numbered = place.end < tokens.end
        && of.pos(place.end) == Pos::CD
        && !of.layers.time_at(of.layers.tokens[place.end].span.start);
    let to = place.end + usize::from(numbered);
    let known = within
        && match name.of {
            EntityKind::Place => from < place.start || numbered,
            EntityKind::Person => false,
            _ => numbered,
        };
    let span = of.layers.tokens[from].span.cover(of.layers.tokens[to - 1].span);
    (known && to == tokens.end).then(|| context.text(Spot { span, ..phrase }).to_owned())
}
