//! A page without what no reader sees.
//!
//! In: a page as it was decoded. Out: the same without scripts, styles, pictures, controls and comments, and without the attributes that nobody
//! here asks for. They are most of a page's bytes, and would be parsed only to be thrown away. JSON-LD stays, byte for byte. It does not
//! parse: it looks for tags, their attributes and the few elements whose end is a fixed string, as the HTML standard has them; what
//! it does not understand stays as it is.

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

/// The page without them.
pub(super) fn slim(page: &str) -> String {
    let mut slim = String::with_capacity(page.len() / 4);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        slim.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = element(rest, &mut slim).unwrap_or_else(|| {
            slim.push('<');
            1
        });
        rest = &rest[length..];
    }
    slim.push_str(rest);
    slim
}

/// Writes what stays of the comment, element or tag that begins `rest`, and gives its length; nothing where it has no end.
fn element(rest: &str, slim: &mut String) -> Option<usize> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map(|end| end + "<!---->".len());
    }
    if !rest.as_bytes().get(1)?.is_ascii_alphabetic() {
        return None;
    }
    let tag = Tag::read(rest)?;
    let named = |names: &[&str]| names.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
    if named(&EMPTY) {
        return Some(tag.length);
    }
    if named(&DROPPED) {
        let end = if rest[..tag.length].ends_with("/>") && !named(&["script", "style"]) {
            tag.length
        } else {
            tag.length + close(&rest[tag.length..], tag.name)?
        };
        if named(&["script"]) && rest[..tag.length].to_ascii_lowercase().contains("ld+json") {
            slim.push_str(&rest[..end]);
        }
        return Some(end);
    }
    tag.write(slim);
    Some(tag.length)
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
    fn what_never_ends_is_left_to_the_parser() {
        for page in [
            "<p>a<script>x",
            "<p>a<!-- x",
            "<script",
            "<",
            "a <b",
            "<svg",
            "<script>x</script",
            "<p class=\"a",
            "<p a=",
            "<1>",
            "<é>",
        ] {
            assert_eq!(slim(page), page);
        }
    }
}
