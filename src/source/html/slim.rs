//! A page without what no reader sees.
//!
//! In: a page as it was decoded. Out: the same without scripts, styles, pictures, controls and comments, and without the attributes that nobody
//! here asks for. They are most of a page's bytes, and would be parsed only to be thrown away. JSON-LD stays, byte for byte. It does not
//! parse: it looks for tags, their attributes and the few elements whose end is a fixed string, as the HTML standard has them; what
//! it does not understand stays as it is.

use super::nesting::Nesting;

/// Elements that are dropped with all that is in them.
const DROPPED: [&str; 12] = [
    "script", "style", "svg", "iframe", "noscript", "picture", "video", "audio", "select", "button",
    "canvas", "object",
];

/// Tags that are dropped, and have nothing in them.
const EMPTY: [&str; 5] = ["img", "source", "input", "track", "embed"];

/// Attributes that say what an element is, or what a page says of itself.
const KEPT: [&str; 22] = [
    "class",
    "id",
    "content",
    "property",
    "name",
    "itemprop",
    "itemscope",
    "http-equiv",
    "rel",
    "href",
    "datetime",
    "lang",
    "xml:lang",
    "type",
    "role",
    "hidden",
    "aria-hidden",
    "data-testid",
    "data-component",
    "pubdate",
    "style",
    "charset",
];

/// Elements in which a parser sees no tags: one of them that never ends takes the rest of the page.
const RAW: [&str; 3] = ["script", "style", "iframe"];

/// The page without them.
pub(super) fn slim(page: &str) -> String {
    let mut slim = Slim { out: String::with_capacity(page.len() / 4), ..Slim::default() };
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        slim.out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = slim.element(rest).unwrap_or_else(|| {
            slim.out.push('<');
            1
        });
        rest = &rest[length..];
    }
    slim.out.push_str(rest);
    slim.out
}

/// A page as far as it is slim.
#[derive(Default)]
struct Slim<'p> {
    out: String,
    nesting: Nesting<'p>,
    /// Elements of [`DROPPED`] that end nowhere in what is left: nobody looks for their end twice.
    endless: Vec<&'static str>,
}

impl<'p> Slim<'p> {
    /// Writes what stays of the comment, element or tag that begins `rest`, and gives its length; nothing where none begins there. A
    /// comment or a tag that never ends takes the rest of the page, as it does for a parser.
    fn element(&mut self, rest: &'p str) -> Option<usize> {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let empty = [">", "->"].iter().find(|end| comment.starts_with(**end));
            let end = empty.map(|end| end.len()).or_else(|| comment.find("-->").map(|end| end + 3));
            return Some(end.map_or(rest.len(), |end| end + 4));
        }
        if let Some(end) = rest.strip_prefix("</") {
            return self.end_tag(rest, end);
        }
        if !rest.as_bytes().get(1)?.is_ascii_alphabetic() {
            return None;
        }
        let Some(tag) = Tag::read(rest) else { return Some(rest.len()) };
        let named = |names: &[&str]| names.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        if named(&EMPTY) {
            return Some(tag.length);
        }
        if let Some(name) = DROPPED.iter().find(|name| tag.name.eq_ignore_ascii_case(name))
            && let Some(end) = self.end(rest, &tag, name)
        {
            if named(&["script"]) && rest[..tag.length].to_ascii_lowercase().contains("ld+json") {
                self.out.push_str(&rest[..end]);
            }
            return Some(end);
        }
        if self.nesting.opens(tag.name) {
            tag.write(&mut self.out);
        }
        Some(tag.length)
    }

    fn end_tag(&mut self, rest: &str, end: &str) -> Option<usize> {
        if !end.as_bytes().first()?.is_ascii_alphabetic() {
            return None;
        }
        let Some(length) = rest.find('>').map(|at| at + 1) else { return Some(rest.len()) };
        let name = end.split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).next()?;
        if self.nesting.closes(name) {
            self.out.push_str(&rest[..length]);
        }
        Some(length)
    }

    /// Where the element `name`, which `tag` begins, ends; nothing where it never does and its tag stays.
    fn end(&mut self, rest: &str, tag: &Tag, name: &'static str) -> Option<usize> {
        if rest[..tag.length].ends_with("/>") && !RAW.contains(&name) {
            return Some(tag.length);
        }
        if self.endless.contains(&name) {
            return None;
        }
        match close(&rest[tag.length..], name) {
            Some(end) => Some(tag.length + end),
            None if RAW.contains(&name) => Some(rest.len()),
            None => {
                self.endless.push(name);
                None
            }
        }
    }
}

/// How far after the start tag `name` its end tag ends.
fn close(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</").map(|at| from + at + 2) {
        if rest.get(at..at + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            return rest[at..].find('>').map(|end| at + end + 1);
        }
        from = at;
    }
    None
}

/// A start tag.
struct Tag<'p> {
    name: &'p str,
    /// The attributes that stay, as they were written.
    kept: Vec<&'p str>,
    length: usize,
}

impl<'p> Tag<'p> {
    /// The tag that begins `page`; nothing where it never ends.
    fn read(page: &'p str) -> Option<Self> {
        let bytes = page.as_bytes();
        let until = |from: usize, ends: &dyn Fn(u8) -> bool| (from..bytes.len()).find(|i| ends(bytes[*i]));
        let mut at = until(1, &|b| ends_word(b))?;
        let name = &page[1..at];
        let mut kept = Vec::new();
        loop {
            at = until(at, &|b| !b.is_ascii_whitespace() && b != b'/')?;
            if bytes[at] == b'>' {
                return Some(Tag { name, kept, length: at + 1 });
            }
            let start = at;
            // A name may begin with an equals sign, and only there hold one.
            at = until(at + 1, &|b| ends_word(b) || b == b'=')?;
            let attribute = &page[start..at];
            let after = until(at, &|b| !b.is_ascii_whitespace())?;
            if bytes[after] == b'=' {
                let value = until(after + 1, &|b| !b.is_ascii_whitespace())?;
                at = match bytes[value] {
                    quote @ (b'"' | b'\'') => until(value + 1, &|b| b == quote)? + 1,
                    b'>' => value,
                    _ => until(value, &|b| b.is_ascii_whitespace() || b == b'>')?,
                };
            }
            if KEPT.iter().any(|name| attribute.eq_ignore_ascii_case(name)) {
                kept.push(&page[start..at]);
            }
        }
    }

    fn write(&self, slim: &mut String) {
        slim.push('<');
        slim.push_str(self.name);
        for attribute in &self.kept {
            slim.push(' ');
            slim.push_str(attribute);
        }
        slim.push('>');
    }
}

fn ends_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_goes_and_the_rest_stays() {
        let page = "<p>a<SCRIPT async>if (a < b) { x = '<p>' }</Script\n>b<style>p > a {}</style><!-- <p> -->c<svg/>d<svg><title>x</title></svg>e é<img src=x>";
        assert_eq!(slim(page), "<p>abcde é");
        let ld = "<script type=\"application/ld+json\">{\"a\": \"<b onclick='x'>\"}</script><scripture>x</scripture>";
        assert_eq!(slim(ld), ld);
    }

    #[test]
    fn attributes_that_nobody_asks_for_go() {
        let page = "<a  data-x=\"1 > 0\" HREF='/a?b=\"c\"' onclick=go() class=x target><time datetime = \"2031\"/>a < b</a>";
        assert_eq!(slim(page), "<a HREF='/a?b=\"c\"' class=x><time datetime = \"2031\">a < b</a>");
        assert_eq!(slim("<p =x class>y"), "<p class>y");
    }

    #[test]
    fn what_never_ends_takes_the_rest_as_it_does_for_a_parser() {
        for (page, rest) in [
            ("<p>a<script>x", "<p>a"),
            ("<p>a<!-- x", "<p>a"),
            ("<p>a<!--> x<!---> y", "<p>a x y"),
            ("<script", ""),
            ("<", "<"),
            ("a <b", "a "),
            ("a </b", "a "),
            ("<svg", ""),
            ("<svg>a<svg>b", "<svg>a<svg>b"),
            ("<script>x</script", ""),
            ("<p class=\"a", ""),
            ("<p a=", ""),
            ("<1>", "<1>"),
            ("<é>", "<é>"),
            ("</>a</ b>", "</>a</ b>"),
        ] {
            assert_eq!(slim(page), rest, "{page}");
        }
    }

    #[test]
    fn what_repeats_without_an_end_takes_time_as_its_length_does() {
        // Each of them kept a reader busy for minutes.
        for part in ["<!--", "<a ", "<svg>", "<div>", "<b><i><p>", "<script>", "</", "<a x='"] {
            let page = part.repeat(300_000);
            assert!(slim(&page).len() <= page.len(), "{part}");
        }
        let deep = format!("{}x", "<div>".repeat(300_000));
        assert_eq!(slim(&deep), format!("{}x", "<div>".repeat(512)));
    }
}
