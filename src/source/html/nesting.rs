//! How deep a page's elements stand in one another.
//!
//! In: its tags, one after another. Out: whether each stays. It does not know what is in them.
//!
//! A parser looks at all open elements with nearly every tag, and opens those that only format anew in every paragraph: a page that
//! nests without end would keep it busy for hours, and fill the memory. No page of news comes near these bounds.

/// Elements that stand in one another at most (as in Chromium); what is deeper loses its tags, and keeps its words.
const MAX_DEPTH: usize = 512;

/// Elements that only format and are open at once at most.
const MAX_FORMATTING: usize = 16;

/// Tags in a page at most; beyond them only words are kept.
const MAX_TAGS: usize = 200_000;

/// Elements that end by themselves where another one begins, or have nothing in them.
const UNNESTED: [&str; 22] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "br", "hr", "meta", "link",
    "wbr", "col", "base", "area", "html", "head", "body",
];

const FORMATTING: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// What is open.
#[derive(Debug, Default)]
pub(super) struct Nesting<'p> {
    open: Vec<&'p str>,
    formatting: usize,
    /// What was left out, and has not ended yet.
    left_out: Vec<&'p str>,
    tags: usize,
}

impl<'p> Nesting<'p> {
    /// Whether the start tag of an element of this name stays.
    pub fn opens(&mut self, name: &'p str) -> bool {
        self.tags += 1;
        if self.tags > MAX_TAGS {
            return false;
        }
        // A link ends where the next one begins.
        let ends_itself = name.eq_ignore_ascii_case("a") && self.place(&self.open, name).is_some();
        if ends_itself || is_one_of(name, &UNNESTED) {
            return true;
        }
        let formats = is_one_of(name, &FORMATTING);
        if self.open.len() >= MAX_DEPTH || (formats && self.formatting >= MAX_FORMATTING) {
            self.left_out.push(name);
            return false;
        }
        self.formatting += usize::from(formats);
        self.open.push(name);
        true
    }

    /// Whether the end tag of an element of this name stays.
    pub fn closes(&mut self, name: &str) -> bool {
        self.tags += 1;
        if self.tags > MAX_TAGS {
            return false;
        }
        if let Some(at) = self.place(&self.left_out, name) {
            self.left_out.truncate(at);
            return false;
        }
        if let Some(at) = self.place(&self.open, name) {
            let closed = self.open.drain(at..);
            self.formatting -= closed.filter(|name| is_one_of(name, &FORMATTING)).count();
        }
        true
    }

    /// The last of `names` that is `name`, not farther from the end than elements may stand in one another.
    fn place(&self, names: &[&str], name: &str) -> Option<usize> {
        let first = names.len().saturating_sub(MAX_DEPTH);
        names[first..].iter().rposition(|open| open.eq_ignore_ascii_case(name)).map(|at| first + at)
    }
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nested_too_deep_loses_its_tags_and_only_those() {
        let mut nesting = Nesting::default();
        assert!((0..MAX_DEPTH).all(|_| nesting.opens("div")));
        assert!(!nesting.opens("DIV") && !nesting.opens("section") && nesting.opens("p"));
        assert!(!nesting.closes("section") && !nesting.closes("div"));
        assert!(nesting.closes("div") && nesting.opens("section"));
        assert!(!nesting.opens("div"));
    }

    #[test]
    fn what_only_formats_is_bounded_and_links_do_not_nest() {
        let mut nesting = Nesting::default();
        assert!((0..MAX_FORMATTING).all(|_| nesting.opens("b")));
        assert!(!nesting.opens("i") && !nesting.closes("i") && nesting.closes("b") && nesting.opens("i"));
        assert!((0..2 * MAX_DEPTH).all(|_| nesting.opens("a")));
        assert!(nesting.opens("div"));
    }

    #[test]
    fn a_stray_end_changes_nothing() {
        let mut nesting = Nesting::default();
        for _ in 0..MAX_DEPTH {
            assert!(nesting.opens("div") && nesting.closes("b"));
        }
        assert!(!nesting.opens("div"), "an end of something else ends no element");
    }
}
