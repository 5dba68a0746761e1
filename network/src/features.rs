//! What a network is told about a word besides its letters.
//!
//! In: eight small numbers for a word. Out: how well the text parts before it. It does not know where the numbers come from.

/// How many numbers a word has.
pub const COLUMNS: usize = 8;

/// How many values each column can take, in the order of [`WordFeatures`].
pub const SIZES: [usize; COLUMNS] = [8, 40, 6, 8, 3, 3, 3, 9];

/// The columns: quotation, part of speech, layout, case, and the rules' cue, content, source and name.
pub type WordFeatures = [u8; COLUMNS];

/// How well the text parts before a word: not in mid-sentence (0), somewhat within a quotation or what the rules attribute (1), between
/// sentences (2), best between paragraphs (3).
pub fn ease(word: &WordFeatures) -> u8 {
    let [quotation, _, layout, _, _, content, ..] = *word;
    let within = matches!(quotation, 2 | 3 | 5 | 6) || content == 2;
    match layout {
        0 | 3 => 0,
        _ if within => 1,
        1 | 4 => 2,
        _ => 3,
    }
}
