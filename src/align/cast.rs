//! Who is who across the reports of a story.
//!
//! In: the entities of each account. Out: [`Cast`], in which each person, place or organization stands once.
//! It joins by name, and where a name is not enough (two people of one surname) it leaves them apart. It does
//! not know the world: nobody is joined by an office that no report gives him.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::repairs::{self, Repairs};
use super::{Account, Spot};
use crate::annotate::{Entity, EntityIndex, EntityKind, MentionKind, lexicon};
use crate::record::{self, Evidence, PartyOf, Role};

/// Index of a member of the cast.
pub type MemberIndex = usize;

/// Everybody and everything that the reports of a story speak of.
#[derive(Debug, Default)]
pub struct Cast {
    members: Vec<Member>,
    /// For each account, for each of its entities, the member.
    of: Vec<Vec<MemberIndex>>,
    /// The countries of which the reports speak.
    countries: BTreeSet<&'static str>,
}

/// One of them, over all accounts.
#[derive(Debug)]
struct Member {
    name: String,
    kind: EntityKind,
    /// Every name by which a report calls it, with how often.
    names: BTreeMap<String, usize>,
    roles: Vec<Spot>,
    party: Option<(String, Spot)>,
    /// Of a people, the country that the reports name.
    country: Option<String>,
    mentions: usize,
}

impl Cast {
    /// Joins the entities of `accounts`, and heeds what a person said of them.
    pub fn assemble(accounts: &[&Account], repairs: &Repairs) -> Self {
        let local: Vec<(usize, EntityIndex)> = accounts
            .iter()
            .enumerate()
            .flat_map(|(account, of)| (0..of.layers.entities.len()).map(move |entity| (account, entity)))
            .collect();
        let entity = |i: usize| &accounts[local[i].0].layers.entities[local[i].1];
        let names = |i: usize| names_of(accounts[local[i].0], entity(i));
        let groups = join(local.len(), |i| local[i].0, entity);
        let groups = join_short_names(groups, |i| local[i].0, entity, names);
        let words = |i: usize| (accounts[local[i].0].report.id.as_str(), entity(i).name.as_str());
        let groups = repairs::heed(&repairs.entities, groups, words);
        let mut drafts: Vec<(Member, Vec<usize>)> =
            groups.into_iter().map(|group| (Member::of(accounts, &local, &group), group)).collect();
        drafts.sort_by(|(a, _), (b, _)| (Reverse(a.mentions), &a.name).cmp(&(Reverse(b.mentions), &b.name)));
        let mut of: Vec<Vec<MemberIndex>> =
            accounts.iter().map(|a| vec![0; a.layers.entities.len()]).collect();
        for (index, (_, group)) in drafts.iter().enumerate() {
            for i in group {
                of[local[*i].0][local[*i].1] = index;
            }
        }
        let mut members: Vec<Member> = drafts.into_iter().map(|(member, _)| member).collect();
        name_parties_by_their_country(&mut members);
        parties_are_no_persons(&mut members);
        let countries =
            lexicon::countries_of(members.iter().flat_map(|m| m.names.keys()).map(String::as_str));
        Cast { members, of, countries }
    }

    /// How many members it has.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// The member that `entity` of `account` is.
    pub fn member(&self, account: usize, entity: EntityIndex) -> MemberIndex {
        self.of[account][entity]
    }

    /// Its fullest name.
    pub fn name(&self, member: MemberIndex) -> &str {
        &self.members[member].name
    }

    /// What it is.
    pub fn kind(&self, member: MemberIndex) -> EntityKind {
        self.members[member].kind
    }

    /// A key that is equal for a country and the names that stand for it.
    pub fn key(&self, member: MemberIndex) -> String {
        let name = self.name(member);
        self.country_of(name).map_or_else(|| name.to_lowercase(), str::to_lowercase)
    }

    /// Its id in the record.
    pub fn id(&self, member: MemberIndex) -> String {
        format!("e{}", member + 1)
    }

    /// Whom it speaks for: its own party; itself, where it is a country or an organization; the country, where
    /// its name stands for one ("Moscow").
    pub fn party(&self, member: MemberIndex) -> Option<&str> {
        let Member { name, kind, party, country, .. } = &self.members[member];
        match (kind, party) {
            (_, Some((party, _))) => Some(party),
            _ if country.is_some() => country.as_deref(),
            (EntityKind::Place | EntityKind::Group, None) => self.country_of(name),
            (EntityKind::Organization, None) => Some(self.country_of(name).unwrap_or(name)),
            _ => None,
        }
    }

    /// The country for which a body's name stands; a "White House" stands for one only where the reports speak of it.
    fn country_of(&self, name: &str) -> Option<&'static str> {
        lexicon::party_of_place(name)
            .filter(|country| !lexicon::is_institution(name) || self.countries.contains(country))
    }

    /// Whether it has a name: what the reports only call "President" has none.
    pub fn is_named(&self, member: MemberIndex) -> bool {
        let name = &self.members[member].name;
        let office = |word: &str| {
            let word = word.to_lowercase();
            lexicon::office(&word).is_some()
                || lexicon::is_title_modifier(&word)
                || lexicon::gender_of_honorific(&word).is_some()
                || matches!(word.as_str(), "the" | "of" | "former" | "then")
        };
        lexicon::office(&name.to_lowercase()).is_none() && !name.split_whitespace().all(office)
    }

    /// The roles that the reports give it.
    pub fn roles(&self, member: MemberIndex) -> &[Spot] {
        &self.members[member].roles
    }

    /// The people of the cast.
    pub fn people(&self) -> impl Iterator<Item = MemberIndex> {
        (0..self.members.len()).filter(|m| self.members[*m].kind == EntityKind::Person)
    }

    /// The accounts that name it.
    pub fn accounts(&self, member: MemberIndex) -> BTreeSet<usize> {
        let with = self.of.iter().enumerate().filter(|(_, members)| members.contains(&member));
        with.map(|(account, _)| account).collect()
    }

    /// The cast, for the record.
    pub fn write(&self, accounts: &[&Account]) -> Vec<record::Entity> {
        let evidence = |spot: Spot| Evidence::new(&accounts[spot.account].report, spot.span);
        let role = |spot: &Spot| Role { text: evidence(*spot).exact().to_owned(), evidence: evidence(*spot) };
        let entity = |(index, member): (usize, &Member)| record::Entity {
            id: self.id(index),
            name: member.name.clone(),
            kind: member.kind.name().to_owned(),
            aliases: member.names.keys().filter(|n| **n != member.name).cloned().collect(),
            roles: member.roles.iter().map(role).collect(),
            party: member
                .party
                .as_ref()
                .map(|(name, spot)| PartyOf { name: name.clone(), evidence: evidence(*spot) }),
            mentions: member.mentions,
        };
        self.members.iter().enumerate().map(entity).collect()
    }
}

/// The endings that make a people's name of a country's.
const OF_PEOPLES: &[&str] = &["n", "an", "ian", "i", "ese", "ish"];

/// Gives a party whose name is that of a people ("Tamiran") the name of its country, where the reports name the
/// country ("Tamira"). The lexicon does so for the countries that it knows; this is for the others.
fn name_parties_by_their_country(members: &mut [Member]) {
    let places: Vec<String> =
        members.iter().filter(|m| m.kind != EntityKind::Person).map(|m| m.name.clone()).collect();
    let country = |people: &str| {
        let of = |place: &&String| {
            people.strip_prefix(place.as_str()).is_some_and(|end| OF_PEOPLES.contains(&end))
        };
        places.iter().find(of).cloned()
    };
    for member in members {
        if let Some((party, _)) = &mut member.party
            && let Some(country) = country(party)
        {
            *party = country;
        } else if member.kind == EntityKind::Group && member.country.is_none() {
            member.country = country(&member.name);
        }
    }
}

/// A word for whom somebody speaks for ("Tamira’s water minister") names no person, whatever one report takes it for.
fn parties_are_no_persons(members: &mut [Member]) {
    let parties: BTreeSet<String> =
        members.iter().filter_map(|m| m.party.as_ref()).map(|(name, _)| name.clone()).collect();
    let given = |name: &str| name.split_whitespace().next().is_some_and(lexicon::is_given_name);
    for member in members {
        if member.kind == EntityKind::Person && parties.contains(&member.name) && !given(&member.name) {
            member.kind = EntityKind::Place;
        }
    }
}

impl Member {
    fn of(accounts: &[&Account], local: &[(usize, EntityIndex)], group: &[usize]) -> Self {
        let mut names = BTreeMap::new();
        let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
        let mut parties: BTreeMap<String, (usize, Spot)> = BTreeMap::new();
        let mut roles: Vec<Spot> = Vec::new();
        let mut mentions = 0;
        for (account, index) in group.iter().map(|i| local[*i]) {
            let Account { report, layers, .. } = accounts[account];
            let entity = &layers.entities[index];
            mentions += entity.mentions.len();
            *kinds.entry(entity.kind).or_default() += entity.mentions.len();
            *names.entry(entity.name.clone()).or_default() += 1;
            for mention in entity.mentions.iter().map(|m| &layers.mentions[*m]) {
                if mention.kind == MentionKind::Name {
                    *names.entry(report.slice(mention.span).to_owned()).or_default() += 1;
                }
            }
            roles.extend(entity.roles.iter().map(|span| Spot { account, span: *span }));
            if let Some(party) = &entity.party {
                let spot = Spot { account, span: party.evidence };
                parties.entry(party.name.clone()).or_insert((0, spot)).0 += 1;
            }
        }
        // A name that is a body's or a place's in one report is nobody's in the others, unless one says surely whose it is.
        let firm = |kind: &EntityKind| !matches!(kind, EntityKind::Person | EntityKind::Other);
        let entities = || group.iter().map(|i| &accounts[local[*i].0].layers.entities[local[*i].1]);
        if entities().any(|e| e.kind == EntityKind::Person && words(e) > 1 && is_surely_person(e)) {
            kinds.retain(|kind, _| *kind == EntityKind::Person);
        } else if kinds.keys().any(firm) {
            kinds.remove(&EntityKind::Person);
        }
        let most = |counts: BTreeMap<EntityKind, usize>| {
            counts.into_iter().max_by_key(|(kind, n)| (*n, Reverse(*kind)))
        };
        let best = parties.into_iter().max_by(|a, b| (a.1.0, &b.0).cmp(&(b.1.0, &a.0)));
        Member {
            name: fullest(local, group, accounts),
            kind: most(kinds).map_or(EntityKind::Other, |(kind, _)| kind),
            names,
            roles: distinct(accounts, roles),
            party: best.map(|(name, (_, spot))| (name, spot)),
            country: None,
            mentions,
        }
    }
}

/// The longest name that a report gives in full; among equals the most frequent, then the first by alphabet.
fn fullest(local: &[(usize, EntityIndex)], group: &[usize], accounts: &[&Account]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (account, index) in group.iter().map(|i| local[*i]) {
        *counts.entry(&accounts[account].layers.entities[index].name).or_default() += 1;
    }
    let words = |name: &str| name.split_whitespace().count();
    let best = counts.into_iter().max_by_key(|(name, n)| (words(name), *n, Reverse(*name)));
    best.map_or_else(String::new, |(name, _)| name.to_owned())
}

/// Each wording of a role once.
fn distinct(accounts: &[&Account], mut roles: Vec<Spot>) -> Vec<Spot> {
    let mut seen = BTreeSet::new();
    roles.sort();
    roles.retain(|spot| {
        let words = accounts[spot.account].report.slice(spot.span).to_lowercase();
        seen.insert(words.trim_start_matches("the ").to_owned())
    });
    roles
}

/// Groups of entities that are one, by indices.
fn join<'a>(
    len: usize,
    account: impl Fn(usize) -> usize,
    entity: impl Fn(usize) -> &'a Entity,
) -> Vec<Vec<usize>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let fits = |group: &Group, i: usize| {
        !group.accounts.contains(&account(i)) && group.faces.iter().all(|j| same(entity(*j), entity(i)))
    };
    let mut order: Vec<usize> = (0..len).collect();
    // Full names first: a bare surname then finds them, and sees whether there are two.
    order.sort_by_key(|i| (Reverse(words(entity(*i))), *i));
    for i in order {
        let candidates = by_key.entry(key(&entity(i).name)).or_default();
        let fitting: Vec<usize> = candidates.iter().copied().filter(|g| fits(&groups[*g], i)).collect();
        let group = match fitting[..] {
            [group] => group,
            _ => {
                candidates.push(groups.len());
                let first = first_surname(entity(i)).map(|first| key(&first));
                if let Some(first) = first.filter(|first| *first != key(&entity(i).name)) {
                    by_key.entry(first).or_default().push(groups.len());
                }
                groups.push(Group::default());
                groups.len() - 1
            }
        };
        let group = &mut groups[group];
        let new = !group.faces.iter().any(|j| {
            let (known, next) = (entity(*j), entity(i));
            known.name == next.name && known.kind == next.kind
        });
        group.members.push(i);
        group.accounts.insert(account(i));
        group.faces.extend(new.then_some(i));
    }
    groups.into_iter().map(|group| group.members).collect()
}

/// The names by which a report calls an entity.
fn names_of(account: &Account, entity: &Entity) -> BTreeSet<String> {
    let mentions = entity.mentions.iter().map(|m| &account.layers.mentions[*m]);
    let named = mentions.filter(|m| m.kind == MentionKind::Name);
    named.map(|m| plain(account.report.slice(m.span))).collect()
}

/// Joins a body that a report calls only by a short name ("Brannock") to the one that another report calls so beside its whole
/// name ("Brannock Paper"), where no report calls another body or person so.
fn join_short_names<'a>(
    groups: Vec<Vec<usize>>,
    account: impl Fn(usize) -> usize,
    entity: impl Fn(usize) -> &'a Entity,
    names: impl Fn(usize) -> BTreeSet<String>,
) -> Vec<Vec<usize>> {
    let mut called: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut surnames: BTreeSet<String> = BTreeSet::new();
    for (g, group) in groups.iter().enumerate() {
        for i in group.iter().copied().filter(|i| words(entity(*i)) > 1) {
            match entity(i).kind {
                // Of one that speaks for a country another report's short name would speak for it too.
                EntityKind::Organization | EntityKind::Other if entity(i).party.is_none() => {
                    names(i).into_iter().for_each(|name| _ = called.entry(name).or_default().insert(g));
                }
                EntityKind::Person => {
                    surnames.extend(entity(i).name.split_whitespace().next_back().map(plain));
                }
                _ => {}
            }
        }
    }
    let accounts: Vec<BTreeSet<usize>> =
        groups.iter().map(|group| group.iter().map(|i| account(*i)).collect()).collect();
    let whole = |g: usize| -> Option<usize> {
        let group = &groups[g];
        let name = plain(&entity(*group.first()?).name);
        let short = |i: &usize| {
            let of = entity(*i);
            let body = matches!(of.kind, EntityKind::Organization | EntityKind::Other)
                || of.kind == EntityKind::Person && !is_surely_person(of);
            words(of) == 1 && plain(&of.name) == name && body
        };
        let mut wholes = called.get(&name)?.iter().filter(|h| **h != g);
        let (one, none) = (*wholes.next()?, wholes.next());
        let alone = none.is_none() && !surnames.contains(&name) && accounts[g].is_disjoint(&accounts[one]);
        (alone && group.iter().all(short)).then_some(one)
    };
    let into: Vec<Option<usize>> = (0..groups.len()).map(whole).collect();
    let mut joined: Vec<Vec<usize>> = Vec::with_capacity(groups.len());
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    for g in (0..groups.len()).filter(|g| into[*g].is_none()) {
        place.insert(g, joined.len());
        joined.push(groups[g].clone());
    }
    for g in 0..groups.len() {
        if let Some(at) = into[g].and_then(|whole| place.get(&whole)) {
            joined[*at].extend(&groups[g]);
        }
    }
    joined
}

/// Entities that are one.
#[derive(Default)]
struct Group {
    members: Vec<usize>,
    /// The accounts that they stand in: no account has two.
    accounts: BTreeSet<usize>,
    /// One member for each name and kind: what another entity is compared with.
    faces: Vec<usize>,
}

fn words(entity: &Entity) -> usize {
    entity.name.split_whitespace().count()
}

/// The name without its last word, where that may be a second surname: by it other reports may know the person.
fn first_surname(entity: &Entity) -> Option<String> {
    let (first, _) = entity.name.rsplit_once(' ')?;
    (entity.kind == EntityKind::Person && first.contains(' ')).then(|| first.to_owned())
}

/// What two entities must share to be looked at: the consonants that open the last word of the name (spellings
/// of one name agree in them).
fn key(name: &str) -> String {
    let name = plain(name);
    let last = name.split_whitespace().next_back().unwrap_or_default();
    let consonants: String = last.chars().filter(|c| !"aeiouyhj".contains(*c)).take(3).collect();
    if consonants.is_empty() { last.to_owned() } else { consonants }
}

/// A name without case, article and full stops; the one name where the lexicons know several.
fn plain(name: &str) -> String {
    let one = lexicon::canonical(name).unwrap_or(name);
    let folded = lexicon::fold(one).to_lowercase().replace(['.', '’', '\''], "");
    folded.strip_prefix("the ").unwrap_or(&folded).to_owned()
}

/// Whether two entities are one. What one report does not know to be a person, another may.
fn same(a: &Entity, b: &Entity) -> bool {
    let person = |e: &Entity| e.kind == EntityKind::Person;
    let unknown = |e: &Entity| e.kind == EntityKind::Other;
    let full = words(a) > 1 && words(b) > 1;
    match (person(a), person(b)) {
        (true, true) => same_person(&a.name, &b.name),
        (false, false) => plain(&a.name) == plain(&b.name),
        _ if unknown(a) || unknown(b) => full && same_person(&a.name, &b.name),
        (true, false) => plain(&a.name) == plain(&b.name) && (full || !is_surely_person(a)),
        (false, true) => plain(&a.name) == plain(&b.name) && (full || !is_surely_person(b)),
    }
}

/// Whether more than the look of the name makes it a person's: a title, or a given name.
fn is_surely_person(entity: &Entity) -> bool {
    let given = entity.name.split_whitespace().next().is_some_and(lexicon::is_given_name);
    given || !entity.roles.is_empty()
}

fn same_person(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    let alone = |name: &[&str]| name.len() < 2 || lexicon::is_peerage(name[0]);
    let given = alone(&a) || alone(&b) || lexicon::same_given_name(a[0], b[0]);
    given && lexicon::same_surname_spelling(last_a, last_b) || goes_on(&a, &b) || goes_on(&b, &a)
}

/// Whether `long` is `short` with a second surname: "Elena Rivas Montoya".
fn goes_on(short: &[&str], long: &[&str]) -> bool {
    let same = |(x, y): (&&str, &&str)| lexicon::fold(x).eq_ignore_ascii_case(&lexicon::fold(y));
    short.len() >= 2 && long.len() == short.len() + 1 && short.iter().zip(long).all(same)
}
