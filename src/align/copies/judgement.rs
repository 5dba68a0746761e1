//! Whether what two reports share shows that the one has it from the other, or both from a third.
//!
//! In: a [`Run`] of words that two reports share, and their words. Out: the runs that are copied passages: the whole, or what
//! is left when it is parted at its widest edits. It does not know the other reports of the story.
//!
//! Two writers who tell of one event by themselves share names, offices, figures of speech and short rows of words. Each
//! shared word therefore weighs what it is unlikely to be shared by chance, and each edit between them takes weight
//! away. A word that both reports have elsewhere too is one of their subject, and proves little. Two reports of which one
//! passage is surely copied likely share more: for the others of theirs less weight is enough. The weights were chosen on
//! `eval/labels/copies.tsv` for the widest margin between what is copied and what is not, those of the two last sentences on
//! these and on `copies-train.tsv`.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::group::Rarity;
use crate::report::Report;

use super::passages::Run;
use super::words::{Sort, Word};

/// Weight from which a run is a copied passage. Of the labels, copies begin at about 6.0, the rest ends at about 6.1.
const COPIED: f64 = 6.5;
/// The same where another run of the two reports weighs as much.
const COPIED_BESIDE: f64 = 5.0;
/// Shared words that a passage has at least.
const LEAST_WORDS: usize = 11;
/// Part of the longer side's words that is shared: less is two sentences on one subject.
const DENSITY: f64 = 0.6;
/// What a shared word weighs that tells something: at least, and more by its rarity (0 to 1).
const TELLING: f64 = 0.3;
const RARE: f64 = 1.2;
/// What such a word weighs at most that both reports have elsewhere too.
const OF_THE_SUBJECT: f64 = 0.5;
/// What a word of a formula weighs, and a name.
const FORMULA: f64 = 0.5;
const NAME: f64 = 0.15;
/// All names together weigh at most so much of what the telling words do: a list of states is no copy.
const NAMES_BESIDE_TELLING: f64 = 0.7;
/// What each word takes away that an edit changes, and how many words of one edit do: an inserted clause is one edit.
const EDITED: f64 = 0.3;
const EDIT_WORDS: usize = 6;

/// How often a report has each form.
pub(super) type Forms = HashMap<u64, usize>;

/// The forms of `words`.
pub(super) fn forms<'w>(words: impl IntoIterator<Item = &'w Word>) -> Forms {
    let mut forms = Forms::new();
    words.into_iter().for_each(|word| *forms.entry(word.form).or_default() += 1);
    forms
}

/// The words of two reports, their forms once something long enough is shared, and the report whose words are the first.
pub(super) struct Judge<'a> {
    pub a: &'a [Word],
    pub b: &'a [Word],
    pub forms: [&'a OnceCell<Forms>; 2],
    pub report: &'a Report,
}

/// Whether a shared word is of the reports' own: neither quoted by either nor spoken in both.
pub(super) fn is_plain(a: &Word, b: &Word) -> bool {
    !(a.quoted || b.quoted || a.personal && b.personal)
}

impl Judge<'_> {
    /// The copied passages of `runs`.
    pub fn passages(&self, runs: &[Run]) -> Vec<Run> {
        let from = |least: f64| runs.iter().flat_map(|run| self.of_run(run, least)).collect();
        let sure: Vec<Run> = from(COPIED);
        if sure.is_empty() { sure } else { from(COPIED_BESIDE) }
    }

    /// The passages of `run` that weigh at least so much.
    fn of_run(&self, run: &Run, least: f64) -> Vec<Run> {
        let (mut open, mut found) = (vec![run.clone()], Vec::new());
        while let Some(run) = open.pop() {
            if self.is_passage(&run, least) {
                found.push(run);
            } else if let Some(at) = widest_edit(&run) {
                open.extend([part(&run.shared[..at]), part(&run.shared[at..])].into_iter().flatten());
            }
        }
        found
    }

    fn is_passage(&self, run: &Run, least: f64) -> bool {
        let density = run.shared.len() as f64 / run.a.len().max(run.b.len()).max(1) as f64;
        density >= DENSITY && self.weight(&run.shared) >= least
    }

    /// What `shared` weighs; 0 where there are too few words.
    fn weight(&self, shared: &[(usize, usize)]) -> f64 {
        let plain: Vec<(usize, usize)> =
            shared.iter().copied().filter(|(i, j)| is_plain(&self.a[*i], &self.b[*j])).collect();
        if plain.len() < LEAST_WORDS {
            return 0.0;
        }
        let here = forms(plain.iter().map(|(i, _)| &self.a[*i]));
        let of = |sort: Sort| plain.iter().filter(move |pair| self.sort(**pair) == sort);
        let telling: f64 = of(Sort::Telling).map(|(i, _)| self.telling(&self.a[*i], &here)).sum();
        let names = NAME * of(Sort::Name).count() as f64;
        let formulas = FORMULA * of(Sort::Formula).count() as f64;
        let edits: usize = plain.windows(2).map(|pair| edit(pair[0], pair[1]).min(EDIT_WORDS)).sum();
        telling + names.min(NAMES_BESIDE_TELLING * telling) + formulas - EDITED * edits as f64
    }

    /// What a shared word can prove; one that says what somebody is, no more than a name.
    fn sort(&self, (i, j): (usize, usize)) -> Sort {
        let (a, b) = (&self.a[i], &self.b[j]);
        if a.sort == Sort::Telling && (a.role || b.role) { Sort::Name } else { a.sort }
    }

    /// What a telling word weighs in a run that has the forms `here`.
    fn telling(&self, word: &Word, here: &Forms) -> f64 {
        let weight = TELLING + RARE * Rarity::shipped().of_word(self.report.slice(word.span));
        let count = |forms: &Forms| forms.get(&word.form).copied().unwrap_or(0);
        let of_both = [(self.forms[0], self.a), (self.forms[1], self.b)];
        let elsewhere =
            of_both.iter().all(|(of, words)| count(of.get_or_init(|| forms(*words))) > count(here));
        if elsewhere { weight.min(OF_THE_SUBJECT) } else { weight }
    }
}

/// How many words stand between two shared ones, on the side that has more.
fn edit(last: (usize, usize), next: (usize, usize)) -> usize {
    (next.0 - last.0).max(next.1 - last.1).saturating_sub(1)
}

/// Before which shared word the widest edit lies, of equal ones the one nearest to the middle: edits have few widths, so that even
/// a run of thousands of words is parted in few steps. `None` where there is no edit.
fn widest_edit(run: &Run) -> Option<usize> {
    let middle = run.shared.len() / 2;
    let edits = run.shared.windows(2).enumerate().map(|(n, pair)| (edit(pair[0], pair[1]), n + 1));
    let widest = edits.filter(|(width, _)| *width > 0);
    widest.max_by_key(|(width, n)| (*width, std::cmp::Reverse(n.abs_diff(middle)))).map(|(_, n)| n)
}

/// The run of some of its shared words.
fn part(shared: &[(usize, usize)]) -> Option<Run> {
    let (first, last) = (shared.first()?, shared.last()?);
    (shared.len() >= LEAST_WORDS).then(|| Run {
        a: first.0..last.0 + 1,
        b: first.1..last.1 + 1,
        shared: shared.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::account;
    use super::super::{Copies, words};
    use super::*;
    use crate::align::Account;

    fn passages(a: &str, b: &str) -> usize {
        let accounts = [account("a", a), account("b", b)];
        Copies::of(&accounts.iter().collect::<Vec<&Account>>()).passages.len()
    }

    const DREDGER: &str = "The dredger Tamarisk dragged its anchor across two buried cables and cut the island off for nine hours.";

    #[test]
    fn a_clause_that_was_put_in_does_not_hide_a_copy() {
        let edited = "The dredger Tamarisk, which had left Port Meridia without a pilot on Sunday, dragged its anchor \
                      across two buried cables and cut the island off for nine hours.";
        assert_eq!(passages(DREDGER, edited), 1);
    }

    #[test]
    fn what_is_told_in_other_words_is_none() {
        let own = "Two buried cables were torn by the anchor of the dredger Tamarisk; nine hours passed before the \
                   island was back on the grid.";
        assert_eq!(passages(DREDGER, own), 0);
    }

    #[test]
    fn a_list_of_names_is_none() {
        let list = "Kestria, Lower Vale, Port Meridia, Tamira, Osmund, Varn, Estholm, Quarrel, Ilm, Dorn, Saltmark and Reed";
        assert_eq!(passages(&format!("It applies in {list}."), &format!("Ferries serve {list}.")), 0);
    }

    #[test]
    fn speech_without_marks_is_none_where_both_speak() {
        let spoken = "I think that whoever let this dredger leave without a pilot has to answer for nine hours of darkness.";
        assert_eq!(passages(&format!("She said:\n\n{spoken}"), &format!("She continued:\n\n{spoken}")), 0);
        let told = "Whoever let this dredger leave without a pilot has to answer for nine hours of darkness, it found.";
        assert_eq!(passages(&format!("Report: {told}"), &format!("Inquiry: {told}")), 1);
    }

    #[test]
    fn words_that_both_have_elsewhere_too_prove_little() {
        let charged = "with bribery of inspectors, forgery of permits and evasion of tolls.";
        let (a, b) = (format!("Kovel was charged {charged}"), format!("Prosecutors accuse Kovel {charged}"));
        assert_eq!(passages(&a, &b), 1);
        let again =
            "Inspectors took it for bribery; evasion and forgery, with permits and for tolls, came later.";
        let later =
            "First came evasion at the tolls, then forgery, then bribery: permits went through inspectors.";
        assert_eq!(passages(&format!("{a} {again}"), &format!("{b} {later}")), 0);
    }

    #[test]
    fn beside_a_copied_passage_less_is_enough() {
        let short = "They had no power and no water until the next day.";
        let own = ["Ilse Verhaven blamed nobody.", "It will be repaired."];
        assert_eq!(passages(&format!("{} {short}", own[0]), &format!("{short} {}", own[1])), 0);
        let (a, b) = (format!("{DREDGER} {} {short}", own[0]), format!("{short} {} {DREDGER}", own[1]));
        assert_eq!(passages(&a, &b), 2);
    }

    #[test]
    fn what_a_line_announces_as_written_by_somebody_is_none() {
        let written =
            "Whoever let this dredger leave without a pilot has to answer for nine hours of darkness.";
        assert_eq!(passages(&format!("Ilse Verhaven writes:\n\n{written}"), written), 0);
        assert_eq!(passages(&format!("It was dark for hours:\n\n{written}"), written), 1);
    }

    #[test]
    fn a_thin_run_is_parted_at_its_widest_edit() {
        let shared = vec![(0, 0), (1, 1), (5, 2), (6, 3), (9, 6)];
        let run = Run { a: 0..10, b: 0..7, shared };
        assert_eq!(widest_edit(&run), Some(2));
        let even = Run { a: 0..9, b: 0..9, shared: (0..5).map(|n| (2 * n, 2 * n)).collect() };
        assert_eq!(widest_edit(&even), Some(2));
        assert_eq!(widest_edit(&Run { a: 0..2, b: 0..2, shared: vec![(0, 0), (1, 1)] }), None);
    }

    #[test]
    fn every_word_has_a_sort() {
        let given = account("a", DREDGER);
        let sorts: Vec<Sort> = words::of(&given).iter().map(|w| w.sort).take(4).collect();
        assert_eq!(sorts, [Sort::Name, Sort::Telling, Sort::Name, Sort::Telling]);
    }
}
