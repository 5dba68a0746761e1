//! How common words are in what is held.
//!
//! In: the sketches that are held. Out: [`Local`], which a sketch's rarities are corrected by: a name that half of a year's
//! reports have is no longer rare, though the shipped background has never seen it. It does not know the texts.

use std::collections::HashMap;

use super::Rarity;
use super::document::Term;
use super::sketch::Sketch;

/// Reports of one story share its words: that many holders make no word common.
const STORY: f32 = 4.0;

/// In how many of the held reports each of their terms stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Local {
    reports: usize,
    counts: HashMap<Term, u32>,
}

impl Local {
    pub fn of<'a>(sketches: impl IntoIterator<Item = &'a Sketch>) -> Self {
        let mut local = Local::default();
        for sketch in sketches {
            local.reports += 1;
            sketch.entries.iter().for_each(|e| *local.counts.entry(e.term).or_default() += 1);
        }
        local.counts.retain(|_, n| *n > 1);
        local
    }

    /// The sketch with each term as rare as it is in the background and here together.
    pub fn correct(&self, mut sketch: Sketch) -> Sketch {
        let background = Rarity::shipped().reports() as f32 + 1.0;
        let all = background + self.reports as f32;
        sketch.entries = sketch.entries.changed(|entry| {
            let held = self.counts.get(&entry.term).copied().unwrap_or(0) as f32 - STORY;
            if held > 0.0 {
                // The share of background reports that the rarity stands for, as a number of them.
                let seen = background * (-entry.rarity()).exp();
                entry.set_rarity((all / (seen + held)).ln().max(0.0));
            }
        });
        sketch
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sketch;
    use super::*;

    #[test]
    fn what_all_held_reports_name_is_less_rare() {
        let all: Vec<Sketch> =
            (0..400).map(|n| sketch("a", None, "", &format!("Alkyone called at berth{n}"))).collect();
        let local = Local::of(&all);
        let rarest = |s: &Sketch| s.entries.iter().map(|e| e.rarity()).fold(0.0, f32::max);
        let name = sketch("a", None, "", "Alkyone");
        let other = sketch("a", None, "", "Verhaven");
        assert!(rarest(&local.correct(name.clone())) < rarest(&name) - 2.0);
        assert_eq!(local.correct(other.clone()), other);
    }
}
