//! What a person said of claims and entities.
//!
//! In: groups that were judged to be one thing each, and what a person said of two of their members. Out: the groups as the
//! person has them: what is the same is one, and what is not is parted. It does not know why, nor how the groups were
//! found.

/// What a person said of the things of one story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Of claims, each by the words with which a report makes it.
    pub claims: Vec<Said>,
    /// Of entities, each by the name that a report gives it.
    pub entities: Vec<Said>,
}

/// What a person said of two things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// One of them.
    pub one: Words,
    /// The other.
    pub other: Words,
    /// Whether they are the same.
    pub same: bool,
}

/// A thing as one report has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Words {
    /// Id of the report.
    pub report: String,
    /// Its words there: they hold on where the report changed elsewhere.
    pub exact: String,
}

/// `groups` (of indices, each in one group) as `said` has them; `words` gives the report and the words of an index. Of two
/// sayings the later holds. What names words that stand nowhere any more is passed over.
pub(super) fn heed<'w>(
    said: &[Said],
    mut groups: Vec<Vec<usize>>,
    words: impl Fn(usize) -> (&'w str, &'w str),
) -> Vec<Vec<usize>> {
    for Said { one, other, same } in said {
        let find = |groups: &[Vec<usize>], wanted: &Words| {
            let is = |i: &usize| words(*i) == (wanted.report.as_str(), wanted.exact.as_str());
            let place = |(g, group): (usize, &Vec<usize>)| group.iter().copied().find(is).map(|i| (g, i));
            groups.iter().enumerate().find_map(place)
        };
        let (Some((a, first)), Some((b, second))) = (find(&groups, one), find(&groups, other)) else {
            continue;
        };
        if *same && a != b {
            let moved = std::mem::take(&mut groups[b]);
            groups[a].extend(moved);
        } else if !*same && a == b && first != second {
            // What has the other's very words goes with it, unless both have the same.
            let alike = |i: usize| {
                i == second || (words(i).1 == words(second).1 && words(first).1 != words(second).1)
            };
            let (leave, stay) = std::mem::take(&mut groups[a]).into_iter().partition(|i| alike(*i));
            groups[a] = stay;
            groups.push(leave);
        }
        groups.retain(|group| !group.is_empty());
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [(&str, &str); 4] = [("a", "Maren"), ("b", "Ilse Maren"), ("c", "Maren"), ("d", "Brekke")];

    fn said(one: (&str, &str), other: (&str, &str), same: bool) -> Said {
        let words =
            |(report, exact): (&str, &str)| Words { report: report.to_owned(), exact: exact.to_owned() };
        Said { one: words(one), other: words(other), same }
    }

    fn heeded(said: &[Said], groups: &[&[usize]]) -> Vec<Vec<usize>> {
        let groups = groups.iter().map(|g| g.to_vec()).collect();
        let mut groups = heed(said, groups, |i| WORDS[i]);
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups.sort();
        groups
    }

    #[test]
    fn what_is_the_same_is_joined_and_what_is_not_is_parted() {
        let same = said(("a", "Maren"), ("d", "Brekke"), true);
        assert_eq!(heeded(std::slice::from_ref(&same), &[&[0, 1], &[2], &[3]]), [vec![0, 1, 3], vec![2]]);
        let not = said(("b", "Ilse Maren"), ("a", "Maren"), false);
        assert_eq!(heeded(&[not], &[&[0, 1, 2], &[3]]), [vec![0, 2], vec![1], vec![3]]);
        let namesakes = said(("a", "Maren"), ("c", "Maren"), false);
        assert_eq!(heeded(&[namesakes], &[&[0, 1, 2], &[3]]), [vec![0, 1], vec![2], vec![3]]);
        let back = said(("a", "Maren"), ("d", "Brekke"), false);
        assert_eq!(heeded(&[same, back], &[&[0], &[3]]), [vec![0], vec![3]]);
    }

    #[test]
    fn words_that_stand_nowhere_change_nothing() {
        let gone = said(("a", "Solvik"), ("d", "Brekke"), true);
        assert_eq!(heeded(&[gone], &[&[0, 1], &[3]]), [vec![0, 1], vec![3]]);
    }
}
