//! Which acts may be one, and which are never?
//!
//! In: concepts of what is done. Out: whether news may use both of one act, or one excludes the other. It does not know who does it to
//! whom: that the same do it to the same is for the caller to see.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::concepts::concept;

/// For each act, by its concept, the numbers of the lines in which it stands.
struct Lines(HashMap<String, Vec<usize>>);

static AKIN: LazyLock<Lines> = LazyLock::new(|| Lines::read(include_str!("acts.txt")));
static EXCLUSIVE: LazyLock<Lines> = LazyLock::new(|| Lines::read(include_str!("exclusive.txt")));

impl Lines {
    fn read(text: &str) -> Self {
        let mut lines: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            for word in line.split_whitespace() {
                lines.entry(concept(&word.replace('_', " ")).to_owned()).or_default().push(n);
            }
        }
        Lines(lines)
    }

    fn of(&self, act: &str) -> &[usize] {
        self.0.get(act).map(Vec::as_slice).unwrap_or_default()
    }

    fn share(&self, x: &str, y: &str) -> bool {
        self.of(x).iter().any(|line| self.of(y).contains(line))
    }
}

/// Numbers of which those of two acts share one where news may use both words of one act.
pub fn kinds(act: &str) -> &'static [usize] {
    AKIN.of(act)
}

/// Whether one act excludes the other: who is charged is not yet convicted.
pub fn exclude(x: &str, y: &str) -> bool {
    x != y && EXCLUSIVE.share(x, y)
}

/// Whether a word, given as a concept, names an act.
pub fn is_act(x: &str) -> bool {
    AKIN.0.contains_key(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hits_may_shake_and_who_is_charged_is_not_convicted() {
        let akin = |x: &str, y: &str| AKIN.share(concept(x), concept(y));
        assert!(akin("strike", "shake") && akin("go down", "sink"));
        assert!(!akin("sink", "vote"));
        assert!(exclude(concept("charge"), concept("convict")) && !exclude("sink", "sink"));
        assert!(is_act("sink") && !is_act("zebra"));
    }
}
