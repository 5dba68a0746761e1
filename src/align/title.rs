//! What the story is called.
//!
//! In: the accounts and their claims. Out: a title that stands word for word in a report: a headline, or the lead
//! that most resembles the other leads. It does not write one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::statements::Statement;
use super::{Context, Spot};
use crate::group::Rarity;
use crate::record::Claim;
use crate::span::Span;

/// How many statements at a report's head can be its lead.
const LEAD: usize = 2;

/// How many sentences at a report's head, with its headline, say what it is about.
const HEAD: usize = 6;

/// Part of what the most central headline tells that a headline tells at least that says what the story is about.
const CENTRAL: f64 = 0.5;

/// The longest title, in characters; a longer lead is cut at the end of its main clause.
const LONGEST: usize = 140;

/// The title of the story.
pub fn find(context: &Context, claims: &[Claim]) -> String {
    headline(context, claims).or_else(|| lead(context)).unwrap_or_default()
}

/// Of the headlines that say what the story is about, those of the latest day and the one before; of those the one whose report
/// carries most of what several carry, then the later. A headline that asks, or that opens with somebody's words, stands behind those that tell.
fn headline(context: &Context, claims: &[Claim]) -> Option<String> {
    let titled: Vec<(usize, &str)> = (0..context.accounts.len())
        .filter_map(|account| Some((account, without_slug(context.accounts[account].report.title.as_ref()?))))
        .collect();
    let heads: Vec<BTreeSet<String>> = (0..context.accounts.len()).map(|n| head(context, n)).collect();
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    heads.iter().flatten().for_each(|word| *holders.entry(word).or_default() += 1);
    // A report's own head holds the words of its headline.
    let others = |word: &str| holders.get(word).map_or(0, |n| n - 1) as f64;
    let told = |(_, title): &(usize, &str)| {
        words(title).iter().map(|word| others(word) * Rarity::shipped().of_word(word)).sum::<f64>()
    };
    let told: Vec<f64> = titled.iter().map(told).collect();
    let most = told.iter().copied().fold(0.0, f64::max);
    let shared = |id: &str| {
        let carries = |c: &&Claim| c.origins > 1 && c.evidence.iter().any(|e| e.report() == id);
        claims.iter().filter(carries).count()
    };
    let is_central = |n: usize| told[n] >= CENTRAL * most;
    let day = |n: usize| context.accounts[titled[n].0].report.published_at.map(|at| at.date);
    let latest = (0..titled.len()).filter(|n| is_central(*n)).filter_map(day).max();
    let is_today =
        |n: usize| day(n).zip(latest).is_some_and(|(day, latest)| latest <= day.tomorrow().unwrap_or(day));
    let rank = |n: usize| {
        let (account, title) = titled[n];
        let report = &context.accounts[account].report;
        let tells = !title.ends_with('?') && !title.starts_with(['"', '\'', '“', '‘', '«', '„']);
        let now = is_central(n) && is_today(n);
        (tells, is_central(n), now, shared(&report.id), day(n), Reverse((title.len(), &report.id)))
    };
    let best = (0..titled.len()).max_by_key(|n| rank(*n))?;
    Some(titled[best].1.to_owned())
}

/// The words of `text` that tell something, in lower case, each once.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .map(str::to_lowercase)
        .collect()
}

/// The words of a report's headline and of its first sentences.
fn head(context: &Context, account: usize) -> BTreeSet<String> {
    let of = &context.accounts[account];
    let sentences = of.layers.sentences.iter().filter(|s| !s.furniture).take(HEAD);
    let texts = sentences.map(|s| of.report.slice(s.span)).chain(of.report.title.as_deref());
    texts.flat_map(words).collect()
}

/// What agencies set before a headline for their clients.
const SLUGS: &[&str] =
    &["UPDATE", "WRAPUP", "CORRECTED", "REFILE", "RPT", "EXCLUSIVE", "BREAKING", "FACTBOX", "URGENT"];

/// `title` without an agency's "UPDATE 3-" before it.
fn without_slug(title: &str) -> &str {
    let slug = |slug: &&str| {
        let rest = title.strip_prefix(*slug)?.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
        rest.strip_prefix(['-', ':']).map(str::trim_start).filter(|rest| !rest.is_empty())
    };
    SLUGS.iter().find_map(slug).unwrap_or(title)
}

/// The lead that is most like the leads of the other reports, the shortest among equals.
fn lead(context: &Context) -> Option<String> {
    let leads: Vec<&Statement> =
        (0..context.accounts.len()).flat_map(|account| leads_of(context, account)).collect();
    let likeness = |a: &Statement| -> f64 {
        let others = leads.iter().filter(|b| b.spot.account != a.spot.account);
        others.map(|b| context.terms.similarity(&a.terms, &b.terms)).sum()
    };
    let scored = leads.iter().map(|s| (likeness(s), s));
    let best = scored.max_by(|(x, a), (y, b)| x.total_cmp(y).then(b.spot.cmp(&a.spot)))?.1;
    Some(context.text(cut(context, best.spot)).trim_end_matches('.').to_owned())
}

fn leads_of<'a>(context: &'a Context, account: usize) -> impl Iterator<Item = &'a Statement> {
    let own = context
        .statements
        .iter()
        .filter(move |s| s.spot.account == account && s.attributed_to.is_none() && !s.part);
    own.take(LEAD)
}

/// The first clause of `spot` that has a subject and is short enough, else all of it.
fn cut(context: &Context, spot: Spot) -> Spot {
    if context.text(spot).chars().count() <= LONGEST {
        return spot;
    }
    let clauses = context.predicates[spot.account].iter().filter(|p| p.subject.is_some() && !p.participle);
    let first = clauses.map(|p| p.clause()).find(|c| spot.span.contains(*c));
    let span = first.map_or(spot.span, |c| Span { start: spot.span.start, end: c.end });
    Spot { account: spot.account, span }
}

#[cfg(test)]
mod tests {
    use super::super::{align, testing};
    use super::*;
    use crate::report::PublishedAt;

    #[test]
    fn an_agencys_slug_is_no_part_of_a_headline() {
        assert_eq!(without_slug("UPDATE 3-Toll rises in Varn"), "Toll rises in Varn");
        assert_eq!(without_slug("EXCLUSIVE: Toll rises"), "Toll rises");
        assert_eq!(without_slug("UPDATE of the maps is late"), "UPDATE of the maps is late");
    }

    fn title_of(reports: [(&str, &str); 3]) -> String {
        let mut accounts = testing::accounts(&[FLOOD; 3]);
        for (account, (day, title)) in accounts.iter_mut().zip(reports) {
            account.report.title = Some(title.to_owned());
            account.report.published_at = day.parse().ok().map(PublishedAt::day);
        }
        align(&accounts.iter().collect::<Vec<_>>()).title
    }

    const FLOOD: &str = "The flood in the Lumbe valley killed people in Ostervik, the rescue service said.";

    #[test]
    fn the_title_is_of_the_latest_day() {
        let reports = [
            ("2031-05-14", "Flood kills 12 in Lumbe valley"),
            ("2031-05-16", "Toll of Lumbe valley flood passes 50"),
            ("2031-05-15", "Lumbe flood kills 31"),
        ];
        assert_eq!(title_of(reports), "Toll of Lumbe valley flood passes 50");
    }

    #[test]
    fn a_later_headline_on_something_else_is_none() {
        let reports = [
            ("2031-05-14", "Flood kills 12 in Lumbe valley"),
            ("2031-05-15", "Lumbe valley flood kills 31"),
            ("2031-05-16", "My night on a roof with two goats"),
        ];
        assert_eq!(title_of(reports), "Lumbe valley flood kills 31");
    }
}
