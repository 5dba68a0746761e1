//! Who agrees with whom.
//!
//! In: the subject and the object of what makes an agreement. Out: its parties: those whom "and" joins, those after "with",
//! bodies without a name in the report's own words, and the pair that the reports name together most often where it only
//! says "the two sides". It does not know what is agreed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::positions::BODIES;
use super::super::predicates::{self, Predicate};
use super::super::{Account, Context, Spot};
use crate::annotate::{EntityKind, Mention, MentionKind, Pos};
use crate::span::Span;

/// Those who agree where a subject only counts them.
#[derive(Clone, Copy)]
pub enum Sides {
    /// "the two sides", "both countries", "the parties".
    Two,
    /// "the four parties".
    Many,
}

impl Sides {
    pub fn of(subject: &str) -> Option<Self> {
        let words = subject.to_lowercase();
        let mut words: Vec<&str> = words.split_whitespace().collect();
        let counted = words.pop().is_some_and(|noun| {
            matches!(
                noun,
                "sides"
                    | "parties"
                    | "delegations"
                    | "countries"
                    | "nations"
                    | "states"
                    | "teams"
                    | "governments"
                    | "camps"
            )
        });
        let plain = |w: &&str| matches!(*w, "the" | "both" | "two" | "warring" | "rival" | "opposing" | "of");
        let many = |w: &&str| {
            matches!(*w, "all" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten")
                || w.chars().all(|c| c.is_ascii_digit())
        };
        // "Nearly 200 countries"
        let about = |w: &&str| {
            matches!(
                *w,
                "nearly" | "almost" | "about" | "around" | "some" | "more" | "than" | "over" | "at" | "least"
            )
        };
        match () {
            () if !counted || words.is_empty() => None,
            () if words.iter().all(plain) => Some(Sides::Two),
            () if words.iter().any(&many) && words.iter().all(|w| plain(w) || many(w) || about(w)) => {
                Some(Sides::Many)
            }
            () => None,
        }
    }
}

/// Whether a subject is several: joined by "and", or a plural.
pub fn is_plural(context: &Context, subject: Spot) -> bool {
    let of = context.accounts[subject.account];
    let head = predicates::head_phrase(of, subject.span);
    let tokens = of.layers.tokens_in(head);
    let joined = tokens.clone().any(|i| of.report.slice(of.layers.tokens[i].span) == "and");
    joined || tokens.last().is_some_and(|i| of.layers.tokens[i].pos == Pos::NNS)
}

/// Those whom "and" and commas join in a subject, each as [`sharer`] names him.
pub fn sharers(context: &Context, subject: Spot, verb: Span) -> Vec<String> {
    let of = context.accounts[subject.account];
    let tokens = of.layers.tokens_in(subject.span);
    let mut parties = Vec::new();
    // Beside a party whoever else is joined is one, whatever he is: "the company and the town".
    let mut others = Vec::new();
    let mut from = tokens.start;
    for i in tokens.clone().chain([tokens.end]) {
        let joins = i < tokens.end
            && (of.layers.tokens[i].pos == Pos::CC || of.report.slice(of.layers.tokens[i].span) == ",");
        let is_name = |at: Span| {
            let mut names = of.layers.mentions_in(subject.span).filter(|m| m.kind == MentionKind::Name);
            names.any(|m| m.span.contains(at))
        };
        let named = joins && is_name(of.layers.tokens[i].span);
        if i < tokens.end && (!joins || named) {
            continue;
        }
        if from < i {
            let span = of.layers.tokens[from].span.cover(of.layers.tokens[i - 1].span);
            let words = Spot { account: subject.account, span };
            match sharer(context, words, verb) {
                found if found.is_empty() => others.extend(definite(context, words)),
                found => parties.extend(found),
            }
        }
        from = i + 1;
    }
    if !parties.is_empty() {
        parties.extend(others);
    }
    parties
}

/// A noun phrase that "the" opens, without it: "town" of "the town".
fn definite(context: &Context, words: Spot) -> Option<String> {
    let text = context.text(words);
    let bare = predicates::without_article(text);
    let of = context.accounts[words.account];
    let noun = of.layers.tokens_in(words.span).next_back().is_some_and(|i| of.layers.tokens[i].pos.is_noun());
    (noun && text.to_lowercase().starts_with("the ")).then(|| bare.to_owned())
}

/// Who agrees: whom the words name or speak for; in quoted words "we" and "I" are the speaker's party; else the
/// words for a body or a group of people ("prosecutors").
fn sharer(context: &Context, words: Spot, verb: Span) -> Vec<String> {
    let named = predicates::parties(context.accounts, &context.cast, words);
    if !named.is_empty() {
        return named;
    }
    let of = context.accounts[words.account];
    if matches!(context.text(words).to_lowercase().as_str(), "we" | "i") {
        let around = of.layers.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(verb)));
        let speaker = around.filter_map(|a| a.speaker).next_back();
        return speaker.and_then(|entity| spoken_for(context, words.account, entity)).into_iter().collect();
    }
    if let Some(owner) = owner_of_board(context, words) {
        return vec![owner];
    }
    unnamed(context, words).into_iter().collect()
}

/// Whom "we" means in somebody's mouth: his party, else the body whose director or chairman the report calls him, else himself.
fn spoken_for(context: &Context, account: usize, entity: usize) -> Option<String> {
    let member = context.cast.member(account, entity);
    if let Some(party) = context.cast.party(member) {
        return Some(party.to_owned());
    }
    let body = context.cast.roles(member).iter().find_map(|role| owner_of_role(context, *role));
    body.or_else(|| Some(context.cast.name(member).to_owned()))
}

/// The body of "its director", "the director of the firm", "Brannock's director", "the union's chairman".
fn owner_of_role(context: &Context, role: Spot) -> Option<String> {
    let of = context.accounts[role.account];
    let sentence = of.layers.sentences[of.layers.sentence_at(role.span.start)?].span;
    let near = Span { start: sentence.start, end: role.span.end };
    let first = of.layers.tokens_in(role.span).start;
    let owns = |m: &&Mention| {
        let end = of.layers.tokens_in(m.span).end;
        end <= first && first - end <= 1 || role.span.contains(m.span) && m.span != role.span
    };
    let owners = of.layers.mentions_in(near).filter(owns);
    owners.filter_map(|m| owner(context, role.account, m)).last()
}

/// The name of the body that a mention means; where it has none, its word, if that is one of [`BODIES`].
fn owner(context: &Context, account: usize, mention: &Mention) -> Option<String> {
    let member = mention.entity.map(|e| context.cast.member(account, e));
    let body = |m: &usize| !matches!(context.cast.kind(*m), EntityKind::Person);
    if let Some(named) = member.filter(body).filter(|m| context.cast.is_named(*m)) {
        return Some(context.cast.party(named).unwrap_or(context.cast.name(named)).to_owned());
    }
    let word = context.text(Spot { account, span: mention.head }).to_lowercase();
    BODIES.contains(&word.as_str()).then_some(word)
}

/// The body whose board a phrase means: "Brannock Lines" of "the company's board", where the report says which company.
fn owner_of_board(context: &Context, words: Spot) -> Option<String> {
    const BOARDS: &[&str] = &["board", "management", "directors", "leadership", "executives", "shareholders"];
    let of = context.accounts[words.account];
    let head = of.layers.tokens_in(predicates::head_phrase(of, words.span));
    let last = head.clone().rfind(|i| of.pos(*i).is_noun()).filter(|i| BOARDS.contains(&of.word(*i)))?;
    let end = of.layers.tokens[last].span.start;
    let before = Span { start: words.span.start, end: end.max(words.span.start) };
    let owners = of.layers.mentions_in(before).filter(|m| m.span.end <= end);
    let named = owners.filter_map(|m| owner(context, words.account, m));
    named.filter(|name| name.starts_with(char::is_uppercase)).last()
}

/// The words for a body or a group of people that has no name here: "union" for "their union", "prosecutors".
fn unnamed(context: &Context, phrase: Spot) -> Option<String> {
    let of = context.accounts[phrase.account];
    let head = predicates::head_phrase(of, phrase.span);
    let head = of.layers.tokens_in(head).rfind(|i| of.layers.tokens[*i].pos.is_noun())?;
    let at = of.layers.tokens[head].span;
    let last = of.report.slice(at).to_lowercase();
    let mut nominals = of.layers.mentions_in(phrase.span);
    let nominal = nominals.any(|m| m.kind == MentionKind::Nominal && m.span.contains(at));
    let people = of.layers.tokens[head].pos == Pos::NNS && PEOPLE_ENDINGS.iter().any(|e| last.ends_with(e));
    let acts = nominal || people || BODIES.contains(&last.as_str()) || ACTING.contains(&last.as_str());
    let told = predicates::head_phrase(of, phrase.span);
    let words = predicates::without_article(context.text(Spot { span: told, ..phrase }).trim_end());
    let owners = ["their ", "its ", "his ", "her ", "our ", "Their ", "Its "];
    let bare = owners.iter().find_map(|own| words.strip_prefix(own)).unwrap_or(words);
    let sentence = of.layers.sentence_at(phrase.span.start).map(|i| of.layers.sentences[i].span.start);
    let opens = sentence == Some(phrase.span.start) && of.layers.tokens_in(phrase.span).start == head;
    let opens = opens && BODIES.contains(&last.as_str());
    acts.then(|| if opens { last } else { bare.to_owned() })
}

/// Nouns for those who can agree on something, beside [`BODIES`].
const ACTING: &[&str] = &[
    "management",
    "service",
    "board",
    "trust",
    "authority",
    "club",
    "league",
    "firm",
    "agency",
    "hospital",
    "university",
    "bank",
    "fund",
    "insurer",
    "landlord",
    "staff",
    "shareholders",
    "creditors",
];

/// How nouns for several people end ("prosecutors", "investigators", "officials", "leaders", "ministers").
const PEOPLE_ENDINGS: &[&str] =
    &["ors", "ers", "ials", "ists", "ants", "ents", "ives", "men", "ians", "legates"];

/// With whom the pact was made that a predicate has as its object ("an agreement with the company"), and with whom one agreed to
/// deal.
pub fn with_whom(context: &Context, predicate: &Predicate) -> Vec<String> {
    if predicate.lemma == "agree" {
        let bound = binds_with(context, predicate);
        return bound.or_else(|| dealt_with(context, predicate)).unwrap_or_default();
    }
    with_in(context, Spot { account: predicate.account, span: predicate.object })
}

/// Whom the words after "with" name.
pub fn with_in(context: &Context, words: Spot) -> Vec<String> {
    let of = context.accounts[words.account];
    let mut tokens = of.layers.tokens_in(words.span);
    let with = tokens.find(|i| of.report.slice(of.layers.tokens[*i].span) == "with");
    let phrase = with.and_then(|i| phrase_at(context, words.account, i + 1, tokens.end));
    phrase.map_or(Vec::new(), |(span, _)| sharer(context, Spot { account: words.account, span }, span))
}

/// Those whom "by" or "between" names behind a verb in the passive: "by the two sides", "between the firm and the union".
pub fn makers(context: &Context, predicate: &Predicate) -> Option<Spot> {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let joins = |i: &usize| matches!(of.word(*i), "by" | "between");
    let joint = tokens.clone().take(FURTHEST_MAKERS).find(joins)?;
    let (mut span, mut next) = phrase_at(context, predicate.account, joint + 1, tokens.end)?;
    if next + 1 < tokens.end
        && of.word(next) == "and"
        && let Some((other, behind)) = phrase_at(context, predicate.account, next + 1, tokens.end)
    {
        (span, next) = (span.cover(other), behind);
    }
    // "by members of the board", "by Friday"
    let whole = next >= tokens.end || of.word(next) != "of";
    (whole && !of.layers.time_at(span.start)).then_some(Spot { account: predicate.account, span })
}

/// How far behind its verb "by" may stand.
const FURTHEST_MAKERS: usize = 8;

/// The noun phrase that begins at token `from`, and the token after it.
fn phrase_at(context: &Context, account: usize, from: usize, end: usize) -> Option<(Span, usize)> {
    let tokens = &context.accounts[account].layers.tokens;
    let is_part = |i: &usize| {
        let pos = tokens[*i].pos;
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS | Pos::POS | Pos::CD)
    };
    let to = (from..end).take_while(is_part).last()? + 1;
    Some((tokens[from].span.cover(tokens[to - 1].span), to))
}

/// "agreed with the council to close the mill", "agreed with the service that crews will stay": with whom one is bound, and
/// not only of one mind.
pub fn binds_with(context: &Context, predicate: &Predicate) -> Option<Vec<String>> {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let word = |i: usize| of.word(i);
    tokens.clone().next().filter(|i| word(*i) == "with")?;
    let (span, after) = phrase_at(context, predicate.account, tokens.start + 1, tokens.end)?;
    let after = behind_time(of, after);
    let next = if after < tokens.end { word(after) } else { "" };
    let promised = || (after..tokens.end).any(|i| matches!(word(i), "will" | "shall"));
    let binds = next == "to" || next == "that" && promised();
    let with = sharer(context, Spot { account: predicate.account, span }, predicate.verb);
    (binds && !with.is_empty()).then_some(with)
}

/// The token behind a time that begins at token `at`, with its preposition: "to" of "agreed with the union on Tuesday to pay".
fn behind_time(of: &Account, at: usize) -> usize {
    let start = |i: usize| of.layers.tokens.get(i).map(|t| t.span.start);
    let led = usize::from(matches!(of.word(at), "on" | "in" | "at" | "late" | "early"));
    let time = start(at + led).and_then(|at| of.layers.times.iter().find(|t| t.span.start == at));
    time.map_or(at, |t| of.layers.tokens_in(t.span).end)
}

/// With whom one deals who agreed to buy, to sell or to merge: "agreed to merge with Orvik", "agreed to sell the yard to Orvik". Whoever
/// sells is a party; of a company that is sold whole the words name nobody else.
fn dealt_with(context: &Context, predicate: &Predicate) -> Option<Vec<String>> {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let to = tokens.clone().next().filter(|i| of.word(*i) == "to" && tokens.len() > 2)?;
    let end = (to..tokens.end).find(|i| of.word(*i) == ",").unwrap_or(tokens.end);
    let dealt = to + 1..end;
    let behind = |word: &str| named_behind(context, predicate.account, dealt.clone(), word);
    match of.lemma_at(to + 1) {
        // Of "buy the mill from Orvik" the mill is no party.
        "buy" | "acquire" | "purchase" if dealt.clone().any(|i| of.word(i) == "from") => behind("from"),
        "buy" | "acquire" | "purchase" => bought(context, predicate, dealt.clone()),
        "sell" => behind("to"),
        "merge" | "combine" | "cooperate" | "partner" => behind("with"),
        "be" if matches!(of.word(to + 2), "bought" | "acquired" | "taken") => behind("by"),
        _ => None,
    }
}

/// Whom a name behind the preposition `word` means, if it is no place and no person.
fn named_behind(
    context: &Context,
    account: usize,
    within: std::ops::Range<usize>,
    word: &str,
) -> Option<Vec<String>> {
    let of = context.accounts[account];
    let joint = within.clone().find(|i| of.word(*i) == word)?;
    let (span, _) = phrase_at(context, account, joint + 1, within.end)?;
    body_named(context, account, span).map(|name| vec![name])
}

/// The body that a phrase ends by naming: "Brightwater" of "its smaller rival Brightwater".
fn body_named(context: &Context, account: usize, phrase: Span) -> Option<String> {
    let of = context.accounts[account];
    let name =
        of.layers.mentions_in(phrase).find(|m| m.kind == MentionKind::Name && m.span.end == phrase.end)?;
    let member = context.cast.member(account, name.entity?);
    let body = matches!(context.cast.kind(member), EntityKind::Organization | EntityKind::Other);
    (body && context.cast.is_named(member)).then(|| context.cast.name(member).to_owned())
}

/// The company of "agreed to buy its smaller rival Brightwater": it is sold by agreement.
fn bought(context: &Context, predicate: &Predicate, dealt: std::ops::Range<usize>) -> Option<Vec<String>> {
    let of = context.accounts[predicate.account];
    let described = |i: &usize| {
        let pos = of.pos(*i);
        matches!(pos, Pos::DT | Pos::PRPS | Pos::NN) || pos.is_adjective()
    };
    let name = (dealt.start + 1..dealt.end).take(LONGEST_DESCRIPTION).find(|i| !described(i))?;
    let at = of.layers.tokens[name].span;
    let company = of.layers.mentions_in(Span { end: predicate.object.end, ..at });
    let company = company.into_iter().find(|m| m.kind == MentionKind::Name && m.span.start == at.start)?;
    // "to buy Brightwater’s yard"
    let owns = of.layers.tokens.get(of.layers.tokens_in(company.span).end).is_some_and(|t| t.pos == Pos::POS);
    body_named(context, predicate.account, company.span).filter(|_| !owns).map(|name| vec![name])
}

/// How many words may say what a company is before its name: "its much smaller northern rival".
const LONGEST_DESCRIPTION: usize = 6;

/// The two parties that subjects of the reports join most often ("Russia and the United States"), if one pair
/// stands out.
pub fn principals(context: &Context) -> Vec<String> {
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    // A newspaper that tells of the story is no party to it.
    let outlets: BTreeSet<&str> =
        context.accounts.iter().filter_map(|a| a.report.outlet.as_deref()).collect();
    for (account, predicates) in context.predicates.iter().enumerate() {
        for subject in predicates.iter().filter_map(|p| p.subject) {
            let mut parties =
                predicates::parties(context.accounts, &context.cast, Spot { account, span: subject });
            if parties.len() == 2 && !parties.iter().any(|party| outlets.contains(party.as_str())) {
                parties.sort();
                *counts.entry(parties).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<(usize, Vec<String>)> = counts.into_iter().map(|(pair, n)| (n, pair)).collect();
    ranked.sort_by(|a, b| b.cmp(a));
    match &ranked[..] {
        [(first, pair), (second, _), ..] if *first >= 2 && first >= &(2 * second) => pair.clone(),
        [(first, pair)] if *first >= 2 => pair.clone(),
        _ => Vec::new(),
    }
}
