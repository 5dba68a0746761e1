//! A page without what no reader sees.
//!
//! In: a page as it was decoded. Out: the same without scripts, styles, pictures, controls and comments, without the attributes
//! that nobody here asks for, without menus and the like that hold no paragraph, and without white space that says nothing. They
//! are most of a page's bytes, and would be parsed only to be thrown away. JSON-LD stays, byte for byte. It does not parse: it
//! looks for tags, their attributes and the ends of elements; what it does not understand stays as it is.

use memchr::{memchr, memmem};

use super::nesting::Nesting;

/// What becomes of an element, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It is dropped with all that is in it; a parser sees no tags in it, so that one that never ends takes the rest of the page.
    Raw,
    /// It is dropped with all that is in it.
    Dropped,
    /// Its tag is dropped, and has nothing in it.
    Empty,
    /// It is no report (`furniture`), and is dropped with all that is in it where that is neither a paragraph nor what the page says of itself.
    Aside,
    /// It stays, and around it white space says nothing.
    Block,
    /// It stays, with its white space.
    Verbatim,
    /// It stays.
    Inline,
}

impl Fate {
    fn of(name: &str) -> Self {
        let mut lower = [0; 12];
        let Some(lower) = lower.get_mut(..name.len()) else { return Fate::Inline };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"script" | b"style" | b"iframe" => Fate::Raw,
            b"svg" | b"noscript" | b"picture" | b"video" | b"audio" | b"select" | b"button" | b"canvas"
            | b"object" => Fate::Dropped,
            b"img" | b"source" | b"input" | b"track" | b"embed" => Fate::Empty,
            b"nav" | b"aside" | b"footer" | b"form" | b"figure" | b"dialog" | b"menu" | b"template" => {
                Fate::Aside
            }
            b"html" | b"head" | b"body" | b"meta" | b"link" | b"title" | b"article" | b"blockquote"
            | b"dd" | b"div" | b"dl" | b"dt" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"header"
            | b"hr" | b"li" | b"main" | b"ol" | b"p" | b"section" | b"table" | b"tbody" | b"tr" | b"ul" => {
                Fate::Block
            }
            b"pre" | b"textarea" | b"listing" | b"xmp" | b"plaintext" => Fate::Verbatim,
            _ => Fate::Inline,
        }
    }

    /// Whether white space around it says nothing.
    fn is_block(self) -> bool {
        matches!(self, Fate::Block | Fate::Aside | Fate::Verbatim)
    }
}

/// With one of them in it, something of [`Fate::Aside`] stays.
const SAYS_MORE: [&str; 12] =
    ["p", "article", "main", "h1", "time", "blockquote", "table", "meta", "link", "title", "html", "body"];

/// So many times a page's length is looked through for the ends of [`Fate::Aside`]: where they nest deep, the rest stays.
const LOOKED_THROUGH: usize = 4;

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
    let mut slim = Slim {
        out: String::with_capacity(page.len() / 4),
        left: LOOKED_THROUGH * page.len(),
        after_block: true,
        ..Slim::default()
    };
    let mut rest = page;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        slim.text(&rest[..at]);
        rest = &rest[at..];
        let length = slim.element(rest).unwrap_or_else(|| {
            slim.text("<");
            1
        });
        rest = &rest[length..];
    }
    slim.text(rest);
    slim.out
}

/// A page as far as it is slim.
#[derive(Default)]
struct Slim<'p> {
    out: String,
    nesting: Nesting<'p>,
    /// Elements of [`Fate::Dropped`] that end nowhere in what is left: nobody looks for their end twice.
    endless: Vec<String>,
    /// Open elements in which white space stays as it is.
    verbatim: usize,
    /// What was written last was the tag of a block.
    after_block: bool,
    /// White space stands at the end of what was written, after a tag.
    blank: bool,
    /// Bytes that may still be looked through for the ends of [`Fate::Aside`].
    left: usize,
}

impl<'p> Slim<'p> {
    /// Writes text: of white space in a row only the first character, and none beside the tag of a block.
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.verbatim > 0 {
            (self.after_block, self.blank) = (false, false);
            return self.out.push_str(text);
        }
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            if !self.after_block && !self.blank {
                self.out.push_str(&text[..1]);
                self.blank = true;
            }
            return;
        }
        let mut from = 0;
        let mut gap = self.blank;
        for (at, byte) in text.bytes().enumerate() {
            let is_space = byte.is_ascii_whitespace();
            if is_space && gap {
                self.out.push_str(&text[from..at]);
                from = at + 1;
            }
            gap = is_space;
        }
        self.out.push_str(&text[from..]);
        (self.after_block, self.blank) = (false, false);
    }

    /// Says that a tag is written next, which is that of a block or not.
    fn before_tag(&mut self, is_block: bool) {
        if is_block && self.blank {
            self.out.pop();
        }
        (self.after_block, self.blank) = (is_block, false);
    }

    /// Writes what stays of the comment, element or tag that begins `rest`, and gives its length; nothing where none begins there. A
    /// comment or a tag that never ends takes the rest of the page, as it does for a parser.
    fn element(&mut self, rest: &'p str) -> Option<usize> {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let empty = [">", "->"].iter().find(|end| comment.starts_with(**end));
            let end = empty.map(|end| end.len());
            let end = end.or_else(|| memmem::find(comment.as_bytes(), b"-->").map(|end| end + 3));
            return Some(end.map_or(rest.len(), |end| end + 4));
        }
        if let Some(end) = rest.strip_prefix("</") {
            return self.end_tag(rest, end);
        }
        if !rest.as_bytes().get(1)?.is_ascii_alphabetic() {
            return None;
        }
        let Some(tag) = Tag::read(rest) else { return Some(rest.len()) };
        let fate = Fate::of(tag.name);
        let end = match fate {
            Fate::Empty => return Some(tag.length),
            Fate::Raw | Fate::Dropped => self.end(rest, &tag, fate),
            Fate::Aside => self.aside(&rest[tag.length..], tag.name).map(|end| tag.length + end),
            _ if tag.name.eq_ignore_ascii_case("link") && !tag.is_read() => return Some(tag.length),
            Fate::Verbatim | Fate::Block | Fate::Inline => None,
        };
        if let Some(end) = end {
            self.drop(fate, &tag, &rest[..end]);
            return Some(end);
        }
        if self.nesting.opens(tag.name) {
            self.before_tag(fate.is_block());
            self.verbatim += usize::from(fate == Fate::Verbatim);
            tag.write(&mut self.out);
        }
        Some(tag.length)
    }

    /// Writes what stays of an `element` that goes: JSON-LD, and that what stood before it and after it are apart.
    fn drop(&mut self, fate: Fate, tag: &Tag, element: &str) {
        if fate == Fate::Aside && !self.after_block {
            self.before_tag(true);
            self.out.push_str("<hr>");
        } else if fate == Fate::Raw && tag.is_json_ld() {
            self.before_tag(true);
            self.out.push_str(element);
        }
    }

    fn end_tag(&mut self, rest: &str, end: &str) -> Option<usize> {
        if !end.as_bytes().first()?.is_ascii_alphabetic() {
            return None;
        }
        let Some(length) = memchr(b'>', rest.as_bytes()).map(|at| at + 1) else { return Some(rest.len()) };
        let name = end.split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).next()?;
        if self.nesting.closes(name) {
            let fate = Fate::of(name);
            self.before_tag(fate.is_block());
            self.verbatim = self.verbatim.saturating_sub(usize::from(fate == Fate::Verbatim));
            self.out.push_str(&rest[..length]);
        }
        Some(length)
    }

    /// How long the element `name` is after its start tag, where it is to be dropped; nothing where it stays.
    fn aside(&mut self, rest: &str, name: &str) -> Option<usize> {
        let (mut at, mut depth) = (0, 1);
        let found = loop {
            let Some(next) = memchr(b'<', &rest.as_bytes()[at..]) else { break None };
            at += next + 1;
            if at > self.left {
                break None;
            }
            let tag = &rest[at..];
            if let Some(comment) = tag.strip_prefix("!--") {
                let Some(end) = memmem::find(comment.as_bytes(), b"-->") else { break None };
                at += end;
                continue;
            }
            let (tag, ends) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
            let tag = &tag[..tag.bytes().take_while(u8::is_ascii_alphanumeric).count()];
            let is = |known: &str| tag.eq_ignore_ascii_case(known);
            if is(name) {
                depth = if ends { depth - 1 } else { depth + 1 };
                if depth == 0 {
                    break rest[at..].find('>').map(|end| at + end + 1);
                }
            } else if SAYS_MORE.iter().any(|more| is(more)) {
                break None;
            } else if !ends && Fate::of(tag) == Fate::Raw {
                let Some(end) = close(&rest[at..], tag) else { break None };
                at += end;
            }
        };
        self.left = self.left.saturating_sub(found.unwrap_or(at));
        found.filter(|end| !["itemprop", "ld+json"].iter().any(|said| rest[..*end].contains(said)))
    }

    /// Where the element that `tag` begins ends; nothing where it never does and its tag stays.
    fn end(&mut self, rest: &str, tag: &Tag, fate: Fate) -> Option<usize> {
        if rest[..tag.length].ends_with("/>") && fate != Fate::Raw {
            return Some(tag.length);
        }
        if self.endless.iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
            return None;
        }
        match close(&rest[tag.length..], tag.name) {
            Some(end) => Some(tag.length + end),
            None if fate == Fate::Raw => Some(rest.len()),
            None => {
                self.endless.push(tag.name.to_owned());
                None
            }
        }
    }
}

/// How far after the start tag `name` its end tag ends.
fn close(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = memchr(b'<', &rest.as_bytes()[from..]).map(|at| from + at + 1) {
        from = at;
        if rest.as_bytes().get(at) == Some(&b'/')
            && rest.get(at + 1..at + 1 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
        {
            return memchr(b'>', &rest.as_bytes()[at..]).map(|end| at + end + 1);
        }
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
        fn until(bytes: &[u8], from: usize, ends: impl Fn(u8) -> bool) -> Option<usize> {
            Some(from + bytes.get(from..)?.iter().position(|byte| ends(*byte))?)
        }
        let mut at = until(bytes, 1, ends_word)?;
        let name = &page[1..at];
        let mut kept = Vec::new();
        loop {
            at = until(bytes, at, |b| !b.is_ascii_whitespace() && b != b'/')?;
            if bytes[at] == b'>' {
                return Some(Tag { name, kept, length: at + 1 });
            }
            let start = at;
            // A name may begin with an equals sign, and only there hold one.
            at = until(bytes, at + 1, |b| ends_word(b) || b == b'=')?;
            let attribute = &page[start..at];
            let after = until(bytes, at, |b| !b.is_ascii_whitespace())?;
            let mut within = false;
            if bytes[after] == b'=' {
                let value = until(bytes, after + 1, |b| !b.is_ascii_whitespace())?;
                within = page[value..].trim_start_matches(['"', '\'']).starts_with('#');
                at = match bytes[value] {
                    quote @ (b'"' | b'\'') => value + 1 + memchr(quote, &bytes[value + 1..])? + 1,
                    b'>' => value,
                    _ => until(bytes, value, |b| b.is_ascii_whitespace() || b == b'>')?,
                };
            }
            if !KEPT.iter().any(|name| attribute.eq_ignore_ascii_case(name)) {
                continue;
            }
            // Of a link that a reader sees, all ask only whether it leads elsewhere on the page.
            let leads = name.eq_ignore_ascii_case("a") && attribute.eq_ignore_ascii_case("href");
            kept.push(if leads && !within { "href=x" } else { &page[start..at] });
        }
    }

    /// Whether it is of JSON-LD.
    fn is_json_ld(&self) -> bool {
        self.name.eq_ignore_ascii_case("script")
            && self.kept.iter().any(|attribute| attribute.to_ascii_lowercase().contains("ld+json"))
    }

    /// Whether anybody reads a link like it: to the page's own address, or what microdata say.
    fn is_read(&self) -> bool {
        let attributes = self.kept.iter().map(|attribute| attribute.to_ascii_lowercase());
        attributes
            .into_iter()
            .any(|said| said.starts_with("itemprop") || said.starts_with("rel") && said.contains("canonical"))
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
    fn what_holds_no_paragraph_goes_with_its_name() {
        let menu = "<nav class=x><ul><li><nav>a</nav><li>b</ul></nav>";
        assert_eq!(slim(&format!("<div>{menu}c</div>{menu}")), "<div>c</div>");
        assert_eq!(slim(&format!("<p>a {menu}b")), "<p>a <hr>b");
        for said in [
            "<nav><p>a</p></nav>",
            "<footer><b itemprop=publisher>Post</b></footer>",
            "<form><article>a</article></form>",
            "<figure><blockquote>a</blockquote></figure>",
            "<aside><script type=application/ld+json>{}</script></aside>",
            "<nav>a",
            "<nav>a<!-- </nav> -->",
        ] {
            assert_eq!(slim(said), said.replace("<!-- </nav> -->", ""));
        }
        assert_eq!(slim("<nav>a<script>x = '</nav>'</script>b</nav>c"), "c");
    }

    #[test]
    fn white_space_that_says_nothing_goes() {
        let page = "\n<div>\n  <p>It  rained \n\t in <b>Lumbe</b>\n  <i>all</i> day. </p>\n\n<p>\u{a0} x</p> </div>\n";
        assert_eq!(
            slim(page),
            "<div><p>It rained in <b>Lumbe</b>\n<i>all</i> day. </p><p>\u{a0} x</p></div>"
        );
        assert_eq!(slim("<b>a</b> <!-- c --> <i>b</i>"), "<b>a</b> <i>b</i>");
        assert_eq!(
            slim("<p>a  b</p>\n<PRE>x\n <b> y</b>\n</PRE>\n<p>a  b"),
            "<p>a b</p><PRE>x\n <b> y</b>\n</PRE><p>a b"
        );
    }

    #[test]
    fn attributes_that_nobody_asks_for_go() {
        let page = "<a  data-x=\"1 > 0\" HREF='#b=\"c\"' onclick=go() class=x target><time datetime = \"2031\"/>a < b</a>";
        assert_eq!(slim(page), "<a HREF='#b=\"c\"' class=x><time datetime = \"2031\">a < b</a>");
        assert_eq!(slim("<p =x class>y"), "<p class>y");
        assert_eq!(slim("<a id=x href='/a/b#c'>y</a>"), "<a id=x href=x>y</a>");
        let links = "<link rel=preload href=/x><link href=/y rel='canonical'><link itemprop=url href=/z>";
        assert_eq!(slim(links), "<link href=/y rel='canonical'><link itemprop=url href=/z>");
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
        for part in [
            "<!--",
            "<a ",
            "<svg>",
            "<div>",
            "<b><i><p>",
            "<script>",
            "</",
            "<a x='",
            "<nav>",
            "<nav><p>",
            "<aside></nav>",
        ] {
            let page = part.repeat(300_000);
            assert!(slim(&page).len() <= page.len(), "{part}");
        }
        let deep = format!("{}x", "<div>".repeat(300_000));
        assert_eq!(slim(&deep), format!("{}x", "<div>".repeat(512)));
    }
}
