//! Whose stance a predicate tells.
//!
//! In: a predicate and its subject. Out: the one party that the subject is or speaks for. It does not know what the
//! stance is, nor on what.

use super::super::bodies;
use super::super::cast::MemberIndex;
use super::super::predicates::{self, Predicate};
use super::super::{Context, Spot};
use crate::annotate::{Attribution, EntityKind, MentionKind, Pos, lexicon};
use crate::span::Span;

/// The one party that a subject is or speaks for; in quoted words "we" and "I" speak for the speaker.
pub fn of(context: &Context, predicate: &Predicate, subject: Span) -> Option<String> {
    let spot = Spot { account: predicate.account, span: subject };
    let words = context.text(spot).to_lowercase();
    // "Ankara said that it would not accept …": what a government says of itself.
    if words == "it" && !predicate.quoted {
        if let [body] = &predicates::parties(context.accounts, &context.cast, spot)[..] {
            return Some(body.clone());
        }
        return speaker_party(context, predicate)
            .filter(|party| !names_another_body(context, predicate, party));
    }
    // "The Greens said they would support …": of a body, not of somebody who speaks of others.
    if words == "they" {
        if predicate.quoted || !opens_content(context, predicate, subject) {
            return None;
        }
        let body = speaker(context, predicate)
            .is_some_and(|m| !matches!(context.cast.kind(m), EntityKind::Person | EntityKind::Group));
        return speaker_party(context, predicate).filter(|_| body);
    }
    if matches!(words.as_str(), "we" | "i") {
        return speaker_party(context, predicate);
    }
    if let Some(party) = speaker_party(context, predicate).filter(|_| is_speakers_own(&words)) {
        return Some(party);
    }
    if let Some(many) = group(context, predicate, spot).or_else(|| family(context, spot)) {
        return Some(many);
    }
    if let Some(person) = apposed(context, predicate, subject) {
        return Some(person);
    }
    if is_of_members(context, spot) {
        return None;
    }
    if let Some(body) = domestic_body(context, spot).or_else(|| placed_body(context, spot)) {
        return Some(body);
    }
    if let Some(party) = person(context, spot) {
        return Some(party);
    }
    match &predicates::parties(context.accounts, &context.cast, spot)[..] {
        // "the President of the Republic": of which, his own report need not say.
        [party] if matches!(party.as_str(), "Republic" | "Kingdom" | "State" | "Nation") => None,
        [party] => Some(party.clone()),
        [] => body(context, spot),
        _ => None,
    }
}

/// Whether the subject opens what somebody says, or a clause that "and" joins there: not "claim that the state sued them after they
/// refused".
pub fn opens_content(context: &Context, predicate: &Predicate, subject: Span) -> bool {
    let of = context.accounts[predicate.account];
    let contents = of.layers.attributions.iter().flat_map(|a| &a.content);
    let inner = contents.filter(|c| c.contains(predicate.verb)).min_by_key(|c| c.len());
    inner.is_some_and(|content| {
        let before = Span { start: content.start, end: subject.start.max(content.start) };
        let tokens = of.layers.tokens_in(before);
        let joined = tokens
            .clone()
            .next_back()
            .is_none_or(|i| matches!(of.word(i), "that" | "and" | "but" | "," | "“" | "\""));
        joined && !tokens.into_iter().any(|i| matches!(of.word(i), "after" | "because" | "when" | "who"))
    })
}

/// The subject of a predicate, or that of the one before it where "and" joins the two: "called the decree a joke and
/// demanded a vote".
pub fn subject(context: &Context, predicate: &Predicate) -> Option<Span> {
    predicate.subject.or_else(|| shared_subject(context, predicate))
}

fn shared_subject(context: &Context, predicate: &Predicate) -> Option<Span> {
    let of = context.accounts[predicate.account];
    let layers = &of.layers;
    let sentence = layers.sentences[layers.sentence_at(predicate.verb.start)?].span;
    let all = &context.predicates[predicate.account];
    let at = all.partition_point(|p| p.verb.start < predicate.verb.start);
    let before = all.get(at.checked_sub(1)?).filter(|p| sentence.contains(p.verb))?;
    let first =
        at < 2 || !sentence.contains(all[at - 2].verb) || opens_main_clause(context, before, &all[at - 2]);
    let alike = before.present == predicate.present && before.quoted == predicate.quoted;
    let mut between = layers.tokens_in(Span { start: before.verb.end, end: predicate.verb.start });
    let joined = between.clone().next_back().is_some_and(|i| layers.tokens[i].pos == Pos::CC);
    let opens = |i: usize| {
        let token = layers.tokens[i];
        layers.quote_at(token.span.start).is_none()
            && (matches!(token.pos, Pos::WP | Pos::WDT | Pos::WRB)
                || matches!(of.word(i), "that" | "if" | "because" | "after" | "before" | "while" | ";" | ":"))
    };
    let plain = !before.participle && !predicate.participle;
    (first && alike && joined && plain && !between.any(opens)).then_some(before.subject?)
}

/// Whether the clause of `predicate` is a main one though `earlier` stands before it in the sentence: a conjunction opens it
/// with a subject of its own ("Hale won, but Orr refused …"), or `earlier` is of the relative clause of its subject.
fn opens_main_clause(context: &Context, predicate: &Predicate, earlier: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let Some(subject) = predicate.subject else { return false };
    let before = of.layers.tokens_in(subject).start.checked_sub(1);
    let joined = before.is_some_and(|i| of.pos(i) == Pos::CC || of.word(i) == ";")
        && earlier.verb.end <= subject.start
        && !of.layers.attributions.iter().flat_map(|a| &a.content).any(|c| c.contains(predicate.verb));
    let inserted = subject.end <= earlier.verb.start && predicates::is_relative(of, earlier);
    joined || inserted && !predicates::is_relative(of, predicate)
}

/// "The growers", "the owners of other ferries", "twelve provinces of the north": people or bodies in the plural that the
/// subject names by what they are, without its article.
fn group(context: &Context, predicate: &Predicate, subject: Spot) -> Option<String> {
    let of = context.accounts[subject.account];
    let head = predicates::head_phrase(of, subject.span);
    let tokens = of.layers.tokens_in(head);
    let end = tokens.clone().find(|i| of.word(*i) == "of").unwrap_or(tokens.end);
    let noun = end.checked_sub(1).filter(|i| *i > tokens.start)?;
    let counted = of.pos(tokens.start) == Pos::CD && end < tokens.end;
    let definite = of.word(tokens.start) == "the" || counted;
    // "The farmers support group met": no verb of theirs.
    let mut object = of.layers.tokens_in(predicate.object).skip_while(|i| of.pos(*i).is_noun());
    let verb = !object.next().is_some_and(|i| of.pos(i).is_finite());
    let nouns =
        |i: usize| of.pos(i).is_noun() && !of.pos(i).is_name() || matches!(of.pos(i), Pos::CD | Pos::POS);
    let plain = (tokens.start + 1..noun).all(nouns);
    let whole = subject.span.end == head.end;
    (definite && plain && whole && verb && GROUPS.contains(&of.word(noun)))
        .then(|| predicates::without_article(context.text(subject)).to_owned())
}

/// "The Orvik family": no name of it is the name of a person alone.
fn family(context: &Context, subject: Spot) -> Option<String> {
    let of = context.accounts[subject.account];
    let tokens = of.layers.tokens_in(subject.span);
    let named = tokens.len() == 3 && of.word(tokens.start) == "the" && of.pos(tokens.start + 1).is_name();
    (named && of.word(tokens.end - 1) == "family")
        .then(|| predicates::without_article(context.text(subject)).to_owned())
}

/// People and bodies in the plural that want something together.
const GROUPS: &[&str] = &[
    "kidnappers",
    "hijackers",
    "captors",
    "gunmen",
    "rebels",
    "insurgents",
    "separatists",
    "militants",
    "protesters",
    "protestors",
    "demonstrators",
    "strikers",
    "campaigners",
    "organisers",
    "organizers",
    "residents",
    "villagers",
    "islanders",
    "tenants",
    "landlords",
    "homeowners",
    "relatives",
    "families",
    "survivors",
    "parents",
    "students",
    "teachers",
    "doctors",
    "nurses",
    "midwives",
    "pilots",
    "dockers",
    "miners",
    "farmers",
    "growers",
    "fishermen",
    "workers",
    "employees",
    "owners",
    "shipowners",
    "employers",
    "shareholders",
    "creditors",
    "lenders",
    "bondholders",
    "players",
    "clubs",
    "unions",
    "bishops",
    "mayors",
    "governors",
    "states",
    "provinces",
    "countries",
    "nations",
    "inmates",
    "prisoners",
    "refugees",
    "publishers",
    "hauliers",
    "retailers",
    "airlines",
    "banks",
    "universities",
];

/// The person whom an apposition between commas names behind the subject: "The mayor of Orvik, Ann Hale, called for".
fn apposed(context: &Context, predicate: &Predicate, subject: Span) -> Option<String> {
    let of = context.accounts[predicate.account];
    let opening = of.layers.tokens_in(subject).end;
    let verb = of.layers.tokens_in(predicate.verb).start;
    let closing = (opening + 1..verb).find(|i| of.word(*i) == ",").filter(|_| of.word(opening) == ",")?;
    let inside = of.layers.tokens[opening + 1].span.cover(of.layers.tokens[closing - 1].span);
    // "Ann Hale, Jr., called": no name of its own.
    let mut names = of
        .layers
        .mentions_in(inside)
        .filter(|m| m.span == inside && m.kind == MentionKind::Name && of.report.slice(inside).contains(' '));
    let member = context.cast.member(predicate.account, names.next()?.entity?);
    let person = context.cast.kind(member) == EntityKind::Person && context.cast.is_named(member);
    (person && closing + 1 >= verb).then(|| voice(context, member))
}

/// Whom a person speaks for: his party, or himself; one of many who sit for a place or a party speaks for himself.
fn voice(context: &Context, member: MemberIndex) -> String {
    let roles = context.cast.roles(member);
    let sits = !roles.is_empty()
        && roles.iter().all(|role| {
            let role = context.text(*role);
            let head =
                role.split(" for ").next().unwrap_or_default().split(" of ").next().unwrap_or_default();
            let noun = head.split_whitespace().next_back().unwrap_or_default();
            SITTING.contains(&noun.to_lowercase().as_str())
        });
    let party = context.cast.party(member).filter(|_| !sits);
    party.unwrap_or(context.cast.name(member)).to_owned()
}

/// Offices that many hold at once, each for a place.
const SITTING: &[&str] = &[
    "mp",
    "mep",
    "senator",
    "congressman",
    "congresswoman",
    "representative",
    "deputy",
    "lawmaker",
    "legislator",
    "councillor",
    "councilman",
    "councilwoman",
    "assemblyman",
    "assemblywoman",
    "backbencher",
];

/// "a senior Republican", "two Democrats", "some Norwegians": members, of whom the others may want something else.
fn is_of_members(context: &Context, subject: Spot) -> bool {
    let of = context.accounts[subject.account];
    let head = predicates::head_phrase(of, subject.span);
    // "Only a handful of Democrats"
    let Some(first) = of.layers.tokens_in(head).find(|i| of.pos(*i) != Pos::RB) else { return false };
    let word = of.word(first);
    let some = ["a", "an", "another", "some", "several", "many", "few", "most", "other"];
    let counted = of.layers.tokens[first].pos == Pos::CD || some.contains(&word);
    let group = |m: &crate::annotate::Mention| {
        let member = m.entity.map(|e| context.cast.member(subject.account, e));
        m.kind == MentionKind::Name
            && m.span.end == head.end
            && m.span.start > head.start
            && member.is_some_and(|m| !matches!(context.cast.kind(m), EntityKind::Person | EntityKind::Place))
    };
    counted && of.layers.mentions_in(head).any(group)
}

/// "her party would not sit in a cabinet": a body of the speaker's.
fn is_speakers_own(subject: &str) -> bool {
    const OWN: &[&str] = &["her ", "his ", "their ", "its ", "our ", "my "];
    const OF_SPEAKERS: &[&str] = &[
        "party",
        "government",
        "country",
        "union",
        "company",
        "group",
        "alliance",
        "movement",
        "side",
        "delegation",
        "cabinet",
        "ministry",
    ];
    OWN.iter().any(|own| subject.strip_prefix(own).is_some_and(|body| OF_SPEAKERS.contains(&body)))
}

/// The party of the person whom a subject names, whatever body stands in his title or behind his name: "Labour leader
/// Anna Hill", "Marit Stone of the Centre Party".
fn person(context: &Context, subject: Spot) -> Option<String> {
    let of = context.accounts[subject.account];
    let head = predicates::head_phrase(of, subject.span);
    let tokens = of.layers.tokens_in(head);
    if tokens.clone().any(|i| of.layers.tokens[i].pos == Pos::CC) {
        return None;
    }
    let bare =
        tokens.clone().find(|i| of.layers.tokens[*i].pos != Pos::DT).map(|i| of.layers.tokens[i].span.start);
    let title = of.layers.mentions_in(head).find(|m| {
        m.kind == MentionKind::Title
            && m.entity.is_some()
            && m.span.end == head.end
            && (m.span.start == head.start || Some(m.span.start) == bare)
    });
    if let Some(entity) = title.and_then(|m| m.entity) {
        let member = context.cast.member(subject.account, entity);
        let unnamed = || context.cast.party(member).map(str::to_owned);
        return if context.cast.is_named(member) { Some(voice(context, member)) } else { unnamed() };
    }
    let names = of.layers.mentions_in(head).filter(|m| m.kind == MentionKind::Name && head.contains(m.span));
    let member = |m: &crate::annotate::Mention| m.entity.map(|e| context.cast.member(subject.account, e));
    let is_person = |m: &&crate::annotate::Mention| {
        member(m).is_some_and(|m| context.cast.kind(m) == EntityKind::Person && context.cast.is_named(m))
    };
    let heads = |m: &&crate::annotate::Mention| {
        let after = of.layers.tokens_in(head).find(|i| of.layers.tokens[*i].span.start >= m.span.end);
        after.is_none_or(|i| matches!(of.report.slice(of.layers.tokens[i].span), "of" | "(" | ","))
    };
    let mut persons = names.filter(|m| m.of == EntityKind::Person).filter(is_person).filter(heads);
    let (first, more) = (persons.next()?, persons.next());
    let member = member(first).filter(|_| more.is_none())?;
    Some(voice(context, member))
}

/// The party of whom the words around `predicate` are given to.
pub fn speaker_party(context: &Context, predicate: &Predicate) -> Option<String> {
    Some(voice(context, speaker(context, predicate)?))
}

fn speaker(context: &Context, predicate: &Predicate) -> Option<MemberIndex> {
    let layers = &context.accounts[predicate.account].layers;
    let within = layers.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(predicate.verb)));
    let speaker = within.filter_map(|a| a.speaker).next_back()?;
    Some(context.cast.member(predicate.account, speaker))
}

fn is_told_by_a_person(context: &Context, predicate: &Predicate) -> bool {
    speaker(context, predicate).is_none_or(|m| context.cast.kind(m) == EntityKind::Person)
}

/// How many bytes before "it" another body is looked for.
const FURTHEST: u32 = 400;

/// "The Tarnian envoy, who led the Delta Group, said it had accepted the date": whether the sentence names a body before
/// "it" that the word can mean as well as the party of the person who speaks.
fn names_another_body(context: &Context, predicate: &Predicate, party: &str) -> bool {
    let layers = &context.accounts[predicate.account].layers;
    let Some(sentence) = layers.sentence_at(predicate.verb.start) else { return true };
    let start = layers.sentences[sentence].span.start.max(predicate.verb.start.saturating_sub(FURTHEST));
    let before = Span { start, end: predicate.verb.start.max(start) };
    let mut members =
        layers.mentions_in(before).filter_map(|m| Some(context.cast.member(predicate.account, m.entity?)));
    is_told_by_a_person(context, predicate)
        && members.any(|m| {
            let name = context.cast.party(m).unwrap_or(context.cast.name(m));
            context.cast.kind(m) == EntityKind::Organization && name != party
        })
}

/// Whether the report states the stance itself or gives it to the party whose it is: what others believe that a
/// party wants is no position of it.
pub fn told_by_itself(context: &Context, predicate: &Predicate, party: &str) -> bool {
    let layers = &context.accounts[predicate.account].layers;
    let tells = |a: &&Attribution| a.content.iter().any(|c| c.contains(predicate.verb));
    let mut telling = layers.attributions.iter().filter(tells).peekable();
    telling.peek().is_none()
        || speaker_party(context, predicate).is_some_and(|speaker| speaker == party)
        || telling.all(|a| is_of_subject(context, predicate, a))
}

/// "Orvik rejected the bid, it said", "the Greens oppose the dam, their leader said": whether what stands behind what somebody
/// is said to do gives it to that party, or to somebody of it.
fn is_of_subject(context: &Context, predicate: &Predicate, told: &Attribution) -> bool {
    let (Some(source), Some(content), Some(subject)) =
        (told.source.first(), told.content.first(), predicate.subject)
    else {
        return false;
    };
    let of = context.accounts[predicate.account];
    let words = of.report.slice(*source).to_lowercase();
    let own = words.strip_prefix("its ").or_else(|| words.strip_prefix("their "));
    let voice = own.is_some_and(|rest| {
        let noun =
            rest.split(',').next().unwrap_or_default().split_whitespace().next_back().unwrap_or_default();
        lexicon::office(noun).is_some()
    });
    let before = Span { start: content.start, end: subject.start.max(content.start) };
    let opens = of.layers.tokens_in(before).is_empty();
    content.end <= source.start && opens && (words == "it" || words == "they" || voice)
}

/// Bodies within a country, whose stance is not the country's.
const DOMESTIC: &[&str] =
    &["parliament", "senate", "congress", "opposition", "mayor", "governor", "court", "council", "union"];

/// Bodies that are a party where the report names them by no other words.
pub const BODIES: &[&str] = &[
    "union",
    "unions",
    "opposition",
    "council",
    "coalition",
    "government",
    "ministry",
    "company",
    "party",
    "foundation",
    "alliance",
    "association",
    "federation",
    "movement",
    "group",
    "committee",
    "operator",
    "employers",
    "rebels",
    "insurgents",
    "separatists",
    "delegation",
    "agency",
    "prosecution",
];

/// Those who are a party without an article.
const MANY: &[&str] = &["prosecutors"];

/// "The parliament of Norway": a body within the country, in its own words, where no name of its own stands there.
fn domestic_body(context: &Context, subject: Spot) -> Option<String> {
    let layers = &context.accounts[subject.account].layers;
    let report = &context.accounts[subject.account].report;
    let noun = layers.tokens_in(subject.span).find(|i| layers.tokens[*i].pos.is_noun())?;
    let word = report.slice(layers.tokens[noun].span);
    let of = layers.tokens.get(noun + 1).is_some_and(|t| report.slice(t.span) == "of");
    (of && DOMESTIC.contains(&word)).then(|| predicates::without_article(context.text(subject)).to_owned())
}

/// "The Danish parliament", "Torvald 1911", "the government of the islands": a body in its own words.
fn placed_body(context: &Context, subject: Spot) -> Option<String> {
    let of = context.accounts[subject.account];
    let head = Spot { span: predicates::head_phrase(of, subject.span), ..subject };
    let placed = bodies::within_place(context, head).or_else(|| bodies::around_place(context, head));
    placed.or_else(|| government_of(context, subject))
}

/// "The government of the islands", where no name says of which.
fn government_of(context: &Context, subject: Spot) -> Option<String> {
    let of = context.accounts[subject.account];
    let tokens = of.layers.tokens_in(subject.span);
    let named = of.layers.mentions_in(subject.span).any(|m| m.kind == MentionKind::Name);
    let words = [0, 1, 2].map(|n| of.word(tokens.start + n));
    let government = ["the", "government", "of"].iter().zip(&words).all(|(word, is)| word == is);
    let common = tokens.clone().skip(3).all(|i| of.pos(i) == Pos::DT || of.pos(i).is_noun());
    (government && !named && common && (4..=6).contains(&tokens.len()))
        .then(|| predicates::without_article(context.text(subject)).to_owned())
}

/// "The union": the one body of its kind that the report names, or else the words of a subject that is nothing but a body of
/// which no name is known.
fn body(context: &Context, subject: Spot) -> Option<String> {
    let whole = context.text(subject);
    let words = predicates::without_article(whole);
    let many = whole.to_lowercase();
    if MANY.contains(&many.as_str()) {
        return Some(many);
    }
    if !many.starts_with("the ") {
        return None;
    }
    if !BODIES.contains(&words) {
        return of_members(context, subject).then(|| words.to_owned());
    }
    match named_bodies(context, subject.account, words)[..] {
        [] => Some(words.to_owned()),
        [one] => Some(context.cast.party(one).unwrap_or(context.cast.name(one)).to_owned()),
        _ => Some(words.to_owned()),
    }
}

/// "the bishops' conference", "the growers' association", "the police union": whether a subject is a body that says in common
/// nouns who its members are.
fn of_members(context: &Context, subject: Spot) -> bool {
    const HEADS: &[&str] = &["conference", "lodge", "society", "guild", "chamber", "family"];
    let of = context.accounts[subject.account];
    let tokens = of.layers.tokens_in(subject.span);
    let Some(noun) = tokens.end.checked_sub(1).filter(|i| *i > tokens.start + 1) else { return false };
    let kind = of.word(noun);
    let inner = tokens.start + 1..noun;
    let common = |i: usize| {
        let pos = of.pos(i);
        pos.is_noun() && !of.report.slice(of.layers.tokens[i].span).starts_with(char::is_uppercase)
            || pos == Pos::POS
    };
    (BODIES.contains(&kind) || HEADS.contains(&kind)) && inner.into_iter().all(common)
}

/// The bodies of a kind that the report names: for "union" the Dockers’ Union and the Transport Federation.
fn named_bodies(context: &Context, account: usize, kind: &str) -> Vec<MemberIndex> {
    let heads = |name: &str| {
        let head = name.split(" of ").next().unwrap_or_default().split(" for ").next().unwrap_or_default();
        let last = head.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        last == kind || kind == "union" && last == "federation"
    };
    let entities = &context.accounts[account].layers.entities;
    let bodies = entities.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Organization);
    let named = bodies.filter(|(_, e)| e.name.contains(' ') && heads(&e.name));
    let mut members: Vec<MemberIndex> = named.map(|(i, _)| context.cast.member(account, i)).collect();
    members.sort_unstable();
    members.dedup();
    members
}
