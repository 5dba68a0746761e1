//! Whom a name means.
//!
//! In: the name that somebody looks for, the names that reports give, what a person said of two of them. Out: which of those
//! names mean whom is looked for. It does not know what was said.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::surname;
use crate::align::{Said as Judged, Words};
use crate::annotate::lexicon;

/// A name that is looked for, in one story or in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub story: Option<String>,
    pub name: String,
}

/// A name that a report gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'g> {
    pub story: Option<&'g str>,
    pub report: &'g str,
    pub name: &'g str,
}

/// What a person said of two names, of two sayings of one pair the later; with the story that the reports tell.
#[derive(Debug, Default)]
pub(super) struct Judgements(Vec<(String, Judged)>);

impl Judgements {
    /// Those of `judged`; `story_of` gives the story of a report. What is said of reports that are in no story any more, or in
    /// two by now, says nothing.
    pub fn new<E>(
        judged: &[Judged],
        mut story_of: impl FnMut(&str) -> Result<Option<String>, E>,
    ) -> Result<Self, E> {
        let mut latest = BTreeMap::<(&Words, &Words), &Judged>::new();
        for said in judged {
            latest.insert(((&said.one).min(&said.other), (&said.one).max(&said.other)), said);
        }
        let mut standing = Vec::new();
        for said in latest.into_values() {
            let (one, other) = (story_of(&said.one.report)?, story_of(&said.other.report)?);
            if let Some(story) = one.filter(|one| Some(one) == other.as_ref()) {
                standing.push((story, said.clone()));
            }
        }
        Ok(Judgements(standing))
    }

    /// All that is to be looked for where somebody looks for `name`: in a story, what a person said is the same too.
    pub fn wanted(&self, name: &str) -> Vec<Wanted> {
        let mut wanted = vec![Wanted { story: None, name: name.to_owned() }];
        let mut next = 0;
        while let Some(Wanted { story, name }) = wanted.get(next).cloned() {
            next += 1;
            for (of, Judged { one, other, same }) in &self.0 {
                let elsewhere = story.as_ref().is_some_and(|story| story != of);
                if !same || elsewhere {
                    continue;
                }
                for (a, b) in [(one, other), (other, one)] {
                    let too = Wanted { story: Some(of.clone()), name: b.exact.clone() };
                    let is_new = wanted.iter().all(|known| {
                        known.name != too.name || (known.story.is_some() && known.story != too.story)
                    });
                    if may_mean(&name, &a.exact) && !may_mean(&name, &b.exact) && is_new {
                        wanted.push(too);
                    }
                }
            }
        }
        wanted
    }

    /// Whether a person said that `given` is not whom `name` means.
    pub fn part(&self, name: &str, given: Given) -> bool {
        // A surname alone means everybody of that surname.
        let is_full = |name: &str| name.trim().contains(' ');
        is_full(name)
            && self.0.iter().filter(|(story, said)| !said.same && given.story == Some(story)).any(
                |(_, Judged { one, other, .. })| {
                    [(one, other), (other, one)].into_iter().any(|(this, that)| {
                        let is_this = given.name == this.exact
                            && (given.report == this.report || this.exact != that.exact);
                        // The fuller name stays whose it is; of two alike the second leaves, as in a record.
                        let that_stays = is_full(&that.exact) || (!is_full(&this.exact) && this == other);
                        is_this && !is_full(&this.exact) && that_stays && may_mean(name, &that.exact)
                    })
                },
            )
    }
}

/// Whether two names may mean one person: one surname, and given names that do not differ.
fn may_mean(name: &str, other: &str) -> bool {
    surname(name) == surname(other) && fits(name, other)
}

/// Whether the given names of two of one surname do not differ.
fn fits(name: &str, other: &str) -> bool {
    match (name.trim().split_once(' '), other.split_once(' ')) {
        (Some((a, _)), Some((b, _))) => lexicon::same_given_name(a, b),
        _ => true,
    }
}

/// Whether what is given to `speaker` is given to `name`, two names of one surname. A bare surname is his whom the
/// other reports of the story name, unless they name two.
pub(super) fn is_given_to(name: &str, speaker: &str, others: Option<&BTreeSet<String>>) -> bool {
    match others {
        Some(others) if !speaker.contains(' ') => others.iter().all(|other| fits(name, other)),
        _ => fits(name, speaker),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgements(judged: &[(&str, &str, bool)]) -> Judgements {
        let words = |of: &str| {
            let (report, exact) = of.split_once(": ").expect("a report and a name");
            Words { report: report.to_owned(), exact: exact.to_owned() }
        };
        let judged: Vec<Judged> = judged
            .iter()
            .map(|(one, other, same)| Judged { one: words(one), other: words(other), same: *same })
            .collect();
        Judgements::new::<()>(&judged, |report| Ok((report != "gone").then(|| "s1".to_owned())))
            .expect("stories")
    }

    fn given(report: &'static str, name: &'static str) -> Given<'static> {
        Given { story: Some("s1"), report, name }
    }

    #[test]
    fn a_surname_is_his_whom_the_story_names() {
        let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<String>>();
        assert!(is_given_to("Ilse Maren", "Ilse Maren", None));
        assert!(is_given_to("Maren", "Ilse Maren", None));
        assert!(!is_given_to("Ilse Maren", "Tomas Maren", None));
        assert!(is_given_to("Ilse Maren", "Maren", Some(&names(&["Ilse Maren"]))));
        assert!(!is_given_to("Ilse Maren", "Maren", Some(&names(&["Ilse Maren", "Tomas Maren"]))));
    }

    #[test]
    fn what_a_person_said_is_the_same_is_looked_for_too_in_that_story() {
        let names = |judged: &[(&str, &str, bool)], name: &str| -> Vec<String> {
            judgements(judged).wanted(name).into_iter().skip(1).map(|wanted| wanted.name).collect()
        };
        let chain = [("a: Ilse Maren", "b: Brekke", true), ("b: Brekke", "c: Coll", true)];
        assert_eq!(names(&chain, "Ilse Maren"), ["Brekke", "Coll"]);
        assert_eq!(names(&chain, "Tomas Maren"), [""; 0]);
        assert_eq!(names(&chain, "Coll"), ["Brekke", "Ilse Maren"]);
        let taken_back = [("a: Maren", "b: Brekke", true), ("b: Brekke", "a: Maren", false)];
        assert_eq!(names(&taken_back, "Maren"), [""; 0]);
        assert_eq!(names(&[("a: Maren", "gone: Brekke", true)], "Maren"), [""; 0]);
    }

    #[test]
    fn what_a_person_said_is_not_the_same_is_left_out() {
        let judged = judgements(&[("a: Maren", "b: Ilse Maren", false)]);
        assert!(judged.part("Ilse Maren", given("a", "Maren")));
        assert!(judged.part("Ilse Maren", given("c", "Maren")), "the same words elsewhere go with it");
        assert!(!judged.part("Ilse Maren", given("b", "Ilse Maren")));
        assert!(!judged.part("Maren", given("a", "Maren")), "a surname means everybody");
        assert!(!judged.part("Tomas Maren", given("a", "Maren")), "nobody said so of him");
        let namesakes = judgements(&[("a: Maren", "c: Maren", false)]);
        assert!(!namesakes.part("Ilse Maren", given("a", "Maren")));
        assert!(namesakes.part("Ilse Maren", given("c", "Maren")));
    }
}
