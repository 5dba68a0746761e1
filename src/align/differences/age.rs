//! How old somebody is.
//!
//! In: the people of the cast. Out: differences of the kind `number`: two reports that give one person two ages. It speaks only
//! of who has a given name and a surname, and where no report gives two; it does not know birthdays.

use std::collections::{BTreeMap, BTreeSet};

use super::super::cast::MemberIndex;
use super::super::{Account, Context, Spot};
use super::{Found, in_order_of_time, one_after_another, readings};
use crate::annotate::{EntityKind, MentionKind, Pos};
use crate::span::Span;

/// Nobody is older.
const OLDEST: u32 = 120;

/// How many tokens before a name its "63-year-old" stands at most.
const REACH: usize = 4;

/// Where a report says how old somebody is.
struct Told {
    age: u32,
    spot: Spot,
}

/// The differences in age.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let mut by_person: BTreeMap<MemberIndex, Vec<Told>> = BTreeMap::new();
    for account in 0..context.accounts.len() {
        let of = context.accounts[account];
        for mention in &of.layers.mentions {
            let member = mention.entity.map(|entity| context.cast.member(account, entity));
            let full = |m: &MemberIndex| {
                context.cast.kind(*m) == EntityKind::Person && context.cast.name(*m).contains(' ')
            };
            let Some(member) = member.filter(full) else { continue };
            let told = match mention.kind {
                MentionKind::Name => age_at(of, mention.span),
                MentionKind::Nominal | MentionKind::Title => age_in(of, mention.span),
                MentionKind::Pronoun => None,
            };
            let told = told.filter(|(_, span)| !context.is_background(account, *span));
            if let Some((age, span)) = told {
                by_person.entry(member).or_default().push(Told { age, spot: Spot { account, span } });
            }
        }
    }
    by_person.iter().filter_map(|(member, told)| difference(context, *member, told)).collect()
}

/// The age beside a name, and where it stands: "Ada Brandt, 63,", "Ada Brandt (63)", "Ada Brandt, aged 63", "63-year-old Ada
/// Brandt".
fn age_at(of: &Account, name: Span) -> Option<(u32, Span)> {
    let layers = &of.layers;
    let tokens = layers.tokens_in(name);
    let after = tokens.end;
    let span = |i: usize| layers.tokens[i].span;
    let number = |i: usize| of.word(i).parse().ok().filter(|age| (1..=OLDEST).contains(age));
    let aged = after + usize::from(of.word(after) == ",");
    if of.word(aged) == "aged" {
        return number(aged + 1).map(|age| (age, span(aged + 1)));
    }
    if matches!((of.word(after), of.word(after + 2)), ("," | "(", "," | ")")) {
        return number(after + 1).map(|age| (age, span(after + 1)));
    }
    let joins = |i: &usize| layers.tokens[*i].pos.is_noun() || layers.tokens[*i].pos.is_adjective();
    let before = (tokens.start.saturating_sub(REACH)..tokens.start).rev();
    let years = |i: &usize| of.word(*i).ends_with("year-old") || layers.tokens[*i].pos == Pos::CD;
    let old = before.take_while(|i| joins(i) || years(i)).find(|i| of.word(*i).ends_with("-year-old"))?;
    years_old(of, old)
}

/// The age by which somebody is called: "the 63-year-old".
fn age_in(of: &Account, mention: Span) -> Option<(u32, Span)> {
    of.layers.tokens_in(mention).find_map(|i| years_old(of, i))
}

fn years_old(of: &Account, token: usize) -> Option<(u32, Span)> {
    let age = of.word(token).strip_suffix("-year-old").and_then(|n| n.parse().ok())?;
    (1..=OLDEST).contains(&age).then(|| (age, of.layers.tokens[token].span))
}

fn difference(context: &Context, person: MemberIndex, told: &[Told]) -> Option<Found> {
    let torn = |t: &&Told| told.iter().any(|o| o.spot.account == t.spot.account && o.age != t.age);
    let clear: Vec<&Told> = told.iter().filter(|t| !torn(t)).collect();
    let ages: BTreeSet<u32> = clear.iter().map(|t| t.age).collect();
    let (youngest, oldest) = (ages.first()?, ages.last()?);
    if youngest == oldest {
        return None;
    }
    let readings = readings(clear.iter().map(|t| (t.age.to_string(), t.spot)));
    let birthday = oldest - youngest == 1 && one_after_another(context, &readings);
    Some(Found {
        kind: "number",
        about: format!("age of {}", context.cast.name(person)),
        compatible: (!birthday).then_some(false),
        over_time: false,
        readings: in_order_of_time(context, readings),
    })
}
