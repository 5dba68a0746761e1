//! What is told of two mentions.
//!
//! In: a mention and an earlier one. Out: eight small numbers. Training (`training/linker.py`) counts the same. It does not know
//! what they are worth.

use super::units::{NO_PRONOUN, Unit};

/// How many values each number can take.
pub const SIZES: [usize; 8] = [10, 10, 6, 16, (NO_PRONOUN + 1) * (NO_PRONOUN + 1), 2, 4, 3];

/// From where on a distance is the next longer one.
const LONGER: [usize; 9] = [1, 2, 3, 4, 6, 9, 13, 20, 40];

/// The numbers of a mention and of the one that is `between` places before it: distances in mentions and in sentences, how alike their
/// words are, their kinds, their pronouns, whether the later lies within the earlier, whether they stand in quotation marks, and what
/// the rules say.
pub fn told(later: &Unit, earlier: &Unit, between: usize) -> [usize; 8] {
    let kind = |unit: &Unit| unit.mention.kind as usize;
    let nested = earlier.words.start <= later.words.start && later.words.end <= earlier.words.end;
    [
        bucket(between),
        bucket(later.sentence.saturating_sub(earlier.sentence)),
        alike(later, earlier),
        4 * kind(later) + kind(earlier),
        (NO_PRONOUN + 1) * later.pronoun + earlier.pronoun,
        usize::from(nested),
        2 * usize::from(later.quoted) + usize::from(earlier.quoted),
        ruled(later, earlier),
    ]
}

fn bucket(distance: usize) -> usize {
    LONGER.iter().filter(|limit| distance >= **limit).count()
}

/// A pronoun (0), the same words (1), some of the other's and the same noun (2) or another (3), the same noun (4), none of it (5).
fn alike(a: &Unit, b: &Unit) -> usize {
    if a.pronoun < NO_PRONOUN || b.pronoun < NO_PRONOUN {
        return 0;
    }
    if a.in_order == b.in_order {
        return 1;
    }
    let within = a.telling.is_subset(&b.telling) || b.telling.is_subset(&a.telling);
    match (within, a.noun == b.noun) {
        (true, true) => 2,
        (true, false) => 3,
        (false, true) => 4,
        (false, false) => 5,
    }
}

/// Not both are resolved (0), to one entity (1), to two (2).
fn ruled(a: &Unit, b: &Unit) -> usize {
    match (a.mention.entity, b.mention.entity) {
        (Some(a), Some(b)) if a == b => 1,
        (Some(_), Some(_)) => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_grow_by_steps() {
        let buckets: Vec<_> = [0, 1, 2, 4, 5, 6, 12, 13, 39, 40, 9_000].map(bucket).into();
        assert_eq!(buckets, [0, 1, 2, 4, 4, 5, 6, 7, 8, 9, 9]);
        assert!(buckets.iter().all(|b| *b < SIZES[0]));
    }
}
