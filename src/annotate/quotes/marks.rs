//! Quotation marks.
//!
//! In: a block of text. Out: its marks, each with the sides that it can stand on by its form and by the
//! characters around it. Apostrophes and marks of feet and inches are left out.

use std::ops::Range;

use crate::annotate::tokens::{elides, is_apostrophe};
use crate::span::Span;

/// Which end of a quote a mark can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Its beginning.
    Open,
    /// Its end.
    Close,
    /// Either: what stands open decides.
    Either,
}

/// A quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it is.
    pub span: Span,
    /// Which end it can be.
    pub side: Side,
    /// Whether it is a double one, or one of two singles.
    pub double: bool,
    /// Whether it could as well be the apostrophe of a plural's possessive ("the workers’ plan").
    pub possessive: bool,
}

/// The marks in `range` of `text`, in order.
pub fn find(text: &str, range: Range<usize>) -> Vec<Mark> {
    let block = &text[range.clone()];
    let mut marks = Vec::new();
    let mut skip_to = 0;
    for (at, c) in block.char_indices() {
        if at < skip_to {
            continue;
        }
        let twice = is_apostrophe(c) && block[at + c.len_utf8()..].starts_with(c);
        let end = at + c.len_utf8() * if twice { 2 } else { 1 };
        skip_to = end;
        let around = Around::of(block, at, end);
        let side = match c {
            _ if twice => Some(double_side(twin(c), around)),
            '“' | '”' | '„' | '‟' | '«' | '»' | '"' | '＂' => {
                Some(double_side(c, around)).filter(|_| !inches(block, at))
            }
            _ if is_apostrophe(c) => single_side(c, around, &block[end..]),
            _ => None,
        };
        let double = twice || !is_apostrophe(c);
        let possessive = !double && around.before.is_some_and(|b| matches!(b, 's' | 'S' | 'z' | 'x'));
        marks.extend(side.map(|side| Mark {
            span: Span::new(range.start + at..range.start + end),
            side,
            double,
            possessive,
        }));
    }
    settle_possessives(block, range.start, &mut marks);
    marks
}

/// The double mark that two single ones stand for.
fn twin(c: char) -> char {
    match c {
        '`' | '‘' => '“',
        '’' | '´' => '”',
        _ => '"',
    }
}

/// The characters at both sides of a mark.
#[derive(Clone, Copy)]
struct Around {
    before: Option<char>,
    after: Option<char>,
}

impl Around {
    fn of(block: &str, at: usize, end: usize) -> Self {
        Around { before: block[..at].chars().next_back(), after: block[end..].chars().next() }
    }
    /// A quote can start here: nothing, white space, a bracket, a dash or another mark stands before it.
    fn can_open(self) -> bool {
        let free = |c: char| c.is_whitespace() || "([{—–-―/“‘\"'„«…:=>|*_".contains(c);
        self.before.is_none_or(free) && self.after.is_some_and(|c| !c.is_whitespace())
    }
    /// A quote can end here: nothing, white space, a stop, a bracket, a dash or another mark follows.
    fn can_close(self) -> bool {
        let free = |c: char| c.is_whitespace() || ".,;:!?)]}—–-―/”’\"'»…<|*_".contains(c);
        self.after.is_none_or(free) && self.before.is_some_and(|c| !c.is_whitespace())
    }
}

/// `6'2"`: feet and inches.
fn inches(block: &str, at: usize) -> bool {
    let mut back = block[..at].chars().rev().take(4).skip_while(char::is_ascii_digit);
    block[..at].ends_with(|c: char| c.is_ascii_digit())
        && back.next().is_some_and(is_apostrophe)
        && back.next().is_some_and(|c| c.is_ascii_digit())
}

fn double_side(c: char, around: Around) -> Side {
    let (open, close) = (around.can_open(), around.can_close());
    match c {
        // A curly mark on the wrong side is a slip of the keyboard only where the other side is impossible.
        '“' if close && !open => Side::Close,
        '”' if open && !close => Side::Open,
        '„' | '‟' | '«' | '“' => Side::Open,
        '»' | '”' => Side::Close,
        _ if open && !close => Side::Open,
        _ if close && !open => Side::Close,
        _ => Side::Either,
    }
}

fn single_side(c: char, around: Around, rest: &str) -> Option<Side> {
    let letter_before = around.before.is_some_and(char::is_alphanumeric);
    let letter_after = around.after.is_some_and(char::is_alphanumeric);
    if letter_before && letter_after || elides(rest) && !letter_before {
        return None;
    }
    match c {
        '‘' | '`' => around.can_open().then_some(Side::Open),
        '’' | '´' => around.can_close().then_some(Side::Close),
        _ if around.can_open() && (letter_after || around.after == Some('"')) => Some(Side::Open),
        _ => around.can_close().then_some(Side::Close),
    }
}

/// For each mark, how many marks of its sort can close before another opens.
pub fn closes_next(marks: &[Mark]) -> Vec<usize> {
    let mut next = [0, 0];
    let mut result = vec![0; marks.len()];
    for (i, mark) in marks.iter().enumerate().rev() {
        let closing = &mut next[usize::from(mark.double)];
        result[i] = *closing;
        *closing = if mark.side == Side::Open { 0 } else { *closing + 1 };
    }
    result
}

/// "‘the workers’ plan’": what can be a possessive is one where a surer mark closes the quote, and a
/// plain word follows it.
fn settle_possessives(block: &str, start: usize, marks: &mut Vec<Mark>) {
    let mut surer_follows = false;
    let mut keep = vec![true; marks.len()];
    for (i, mark) in marks.iter().enumerate().rev().filter(|(_, m)| !m.double) {
        match mark.side {
            Side::Open => surer_follows = false,
            _ if !mark.possessive => surer_follows = true,
            _ => {
                let rest = &block[mark.span.range().end - start..];
                let word_follows = rest.strip_prefix(' ').is_some_and(|r| r.starts_with(char::is_lowercase));
                keep[i] = !(word_follows && surer_follows);
            }
        }
    }
    let mut keep = keep.into_iter();
    marks.retain(|_| keep.next().unwrap_or(true));
}
