//! Who it was: two names for one person.
//!
//! In: the people of the cast. Out: differences of the kind `name`. Two spellings of one name are one person
//! and no difference. It speaks only where two reports give the same office to two people of whom each report
//! names just one, and the names have a part in common: two people who follow one another in an office do not.

use std::collections::BTreeSet;

use super::super::cast::MemberIndex;
use super::super::{Context, Spot};
use super::{Found, readings};
use crate::annotate::{MentionKind, lexicon};

/// The fewest words of an office that two roles must share ("deputy mayor"): "spokesman" fits many.
const FEWEST_WORDS: usize = 2;

/// The longest name, in words; a longer one has something else in it.
const LONGEST_NAME: usize = 3;

/// The differences in names.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let people: Vec<MemberIndex> = context.cast.people().collect();
    let mut found = Vec::new();
    for (n, a) in people.iter().enumerate() {
        for b in &people[n + 1..] {
            if is_one_person_under_two_names(context, *a, *b) {
                found.extend(difference(context, *a, *b));
            }
        }
    }
    found
}

fn is_one_person_under_two_names(context: &Context, a: MemberIndex, b: MemberIndex) -> bool {
    let cast = &context.cast;
    let (names_a, names_b) = (words(cast.name(a)), words(cast.name(b)));
    let (Some(last_a), Some(last_b)) = (names_a.last(), names_b.last()) else { return false };
    let plausible = |names: &[String]| (2..=LONGEST_NAME).contains(&names.len());
    if !plausible(&names_a) || !plausible(&names_b) {
        return false;
    }
    // "Ada Brandt" and "Ada Brandt Holm" may well be one name, or one with a word that is none.
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    if within(&names_a, &names_b) || within(&names_b, &names_a) {
        return false;
    }
    let same_last = lexicon::same_surname_spelling(last_a, last_b);
    let same_first = lexicon::same_given_name(&names_a[0], &names_b[0]);
    same_last != same_first
        && cast.accounts(a).is_disjoint(&cast.accounts(b))
        && cast.roles(a).iter().any(|x| cast.roles(b).iter().any(|y| same_office(context, *x, *y)))
}

/// The words of a name in lower case, without the article that some reports write before it ("al-Sadek").
fn words(name: &str) -> Vec<String> {
    let plain = |word: &str| {
        let word = word.to_lowercase();
        let article = ["al-", "el-", "al‑", "el‑"].iter().find_map(|article| word.strip_prefix(article));
        article.map_or(word.clone(), str::to_owned)
    };
    name.split_whitespace().map(plain).collect()
}

fn same_office(context: &Context, a: Spot, b: Spot) -> bool {
    let office = |spot: Spot| -> BTreeSet<String> {
        let text = context.text(spot).to_lowercase().replace("’s", "").replace("'s", "");
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 2 && !["the", "for", "and", "then"].contains(w));
        words.map(str::to_owned).collect()
    };
    let (a, b) = (office(a), office(b));
    a.len() >= FEWEST_WORDS && a == b
}

fn difference(context: &Context, a: MemberIndex, b: MemberIndex) -> Option<Found> {
    let role = context.cast.roles(a).first()?;
    let named = [a, b].map(|member| (context.cast.name(member).to_owned(), full_name(context, member)));
    let [(name_a, Some(spot_a)), (name_b, Some(spot_b))] = named else { return None };
    Some(Found {
        kind: "name",
        about: context.text(*role).to_owned(),
        compatible: Some(false),
        over_time: false,
        readings: readings([(name_a, spot_a), (name_b, spot_b)]),
    })
}

/// Where a report names a member in full.
fn full_name(context: &Context, member: MemberIndex) -> Option<Spot> {
    let name = context.cast.name(member);
    context.cast.accounts(member).into_iter().find_map(|account| {
        let of = context.accounts[account];
        let mention = of.layers.mentions.iter().find(|m| {
            m.kind == MentionKind::Name
                && m.entity.is_some_and(|e| context.cast.member(account, e) == member)
                && of.report.slice(m.span).ends_with(name)
        })?;
        Some(Spot { account, span: mention.span })
    })
}
