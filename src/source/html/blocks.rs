//! A tree of elements to the lines that a reader sees.
//!
//! In: an element of a parsed page. Out: its [`Block`]s in order: paragraphs, headings, items of lists, rows of tables. It does not
//! know which of them are the report.
//!
//! The walk keeps its own stack: a page may nest as deep as it likes.

use dom_query::{Element, NodeData, NodeRef};

use crate::source::layout::{Block, BlockKind};

/// Elements whose words no reader sees, or sees only as a control.
const UNSEEN: [&str; 19] = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "button",
    "input",
    "select",
    "textarea",
    "figcaption",
    "audio",
    "video",
    "canvas",
    "head",
    "title",
    "datalist",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
];

/// Elements that a table of data has none of; with one of them a table only arranges the page.
const ARRANGED: [&str; 14] = [
    "p",
    "table",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "blockquote",
    "article",
    "section",
    "figure",
    "form",
];

/// How many elements of a table are looked at to tell.
const TABLE_ELEMENTS: usize = 2000;

/// A block, and how much of it stands in links.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The block.
    pub block: Block,
    /// Characters other than white space.
    characters: usize,
    /// Those of them that stand in links.
    in_links: usize,
}

impl Line {
    /// The share of the block that stands in links.
    pub fn linked(&self) -> f64 {
        self.in_links as f64 / self.characters.max(1) as f64
    }
}

/// The blocks of `root`.
pub(super) fn blocks(root: NodeRef) -> Vec<Block> {
    lines(root).into_iter().map(|line| line.block).collect()
}

/// The blocks of `root`, with their links.
pub(super) fn lines(root: NodeRef) -> Vec<Line> {
    let mut writer = Writer::default();
    let mut at = Some(root);
    while let Some(node) = at {
        let into = if writer.enter(&node) { node.first_child() } else { None };
        at = into.or_else(|| leave(node, &root, &mut writer));
    }
    writer.flush();
    writer.lines
}

/// The next node after `node` and all that it holds; closes what ends on the way.
fn leave<'a>(node: NodeRef<'a>, root: &NodeRef, writer: &mut Writer) -> Option<NodeRef<'a>> {
    let mut node = node;
    loop {
        writer.exit(&node);
        if node.id == root.id {
            return None;
        }
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent()?;
    }
}

#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    line: String,
    /// Characters of the line, white space aside.
    characters: usize,
    /// Those of them that stand in links.
    in_links: usize,
    /// Open links.
    links: usize,
    /// White space was seen since the last word.
    gap: bool,
    /// Open headings.
    headings: usize,
    /// For each open item of a list, whether its first line is still to come.
    items: Vec<bool>,
    /// For each open table, whether it holds data.
    tables: Vec<bool>,
    /// Elements that keep their line breaks.
    verbatim: usize,
}

impl Writer {
    /// Whether the node's children are to be read.
    fn enter(&mut self, node: &NodeRef) -> bool {
        let is_text = node.query_or(false, |inner| match &inner.data {
            NodeData::Text { contents } => {
                self.text(contents);
                true
            }
            _ => false,
        });
        if is_text {
            return false;
        }
        let Some(element) = node.element_ref() else { return true };
        let name: &str = &element.name.local;
        if is_unseen(&element) {
            return false;
        }
        if name == "table" {
            let data = !self.in_data() && is_data(node);
            self.flush();
            self.tables.push(data);
        } else if self.in_data() && name != "tr" {
            self.cell(name);
            return true;
        } else if BLOCKS.contains(&name) {
            self.flush();
        }
        match name {
            "li" => self.items.push(true),
            "pre" => self.verbatim += 1,
            "a" => self.links += 1,
            _ if is_heading(name) => self.headings += 1,
            _ => {}
        }
        true
    }

    fn exit(&mut self, node: &NodeRef) {
        let Some(element) = node.element_ref() else { return };
        let name: &str = &element.name.local;
        if is_unseen(&element) {
            return;
        }
        if self.in_data() && name != "tr" && name != "table" {
            self.gap |= BLOCKS.contains(&name);
            return;
        }
        if BLOCKS.contains(&name) {
            self.flush();
        }
        match name {
            "table" => drop(self.tables.pop()),
            "li" => drop(self.items.pop()),
            "pre" => self.verbatim = self.verbatim.saturating_sub(1),
            "a" => self.links = self.links.saturating_sub(1),
            _ if is_heading(name) => self.headings = self.headings.saturating_sub(1),
            _ => {}
        }
    }

    fn in_data(&self) -> bool {
        self.tables.last() == Some(&true)
    }

    fn cell(&mut self, name: &str) {
        if matches!(name, "td" | "th") && !self.line.is_empty() {
            self.line.push_str(" |");
            self.characters += 1;
            self.gap = true;
        } else if BLOCKS.contains(&name) {
            self.gap = true;
        }
    }

    fn text(&mut self, text: &str) {
        if self.verbatim == 0 || self.in_data() {
            return self.words(text);
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.flush();
            }
            self.words(line);
        }
    }

    fn words(&mut self, text: &str) {
        let is_gap = |c: char| matches!(c, '\0' | '\t'..='\r' | ' ') || (!c.is_ascii() && c.is_whitespace());
        for (number, word) in text.split(is_gap).enumerate() {
            self.gap |= number > 0;
            if word.is_empty() {
                continue;
            }
            if self.gap && !self.line.is_empty() {
                self.line.push(' ');
            }
            self.gap = false;
            self.line.push_str(word);
            let characters = word.chars().count();
            self.characters += characters;
            self.in_links += if self.links > 0 { characters } else { 0 };
        }
    }

    /// Ends the line; one without words is dropped.
    fn flush(&mut self) {
        self.gap = false;
        let line = std::mem::take(&mut self.line);
        let characters = std::mem::take(&mut self.characters);
        let in_links = std::mem::take(&mut self.in_links);
        if !line.contains(char::is_alphanumeric) {
            return;
        }
        let first_of_item = self.items.last_mut().is_some_and(std::mem::take);
        let kind = match () {
            () if self.in_data() => BlockKind::Row,
            () if self.headings > 0 => BlockKind::Heading,
            () if first_of_item => BlockKind::Item,
            () => BlockKind::Paragraph,
        };
        self.lines.push(Line { block: Block { kind, text: line }, characters, in_links });
    }
}

/// Whether no reader sees the words of `element`, or only as a control.
fn is_unseen(element: &Element) -> bool {
    let name: &str = &element.name.local;
    UNSEEN.contains(&name) || element.has_attr("hidden")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether `table` holds data, and does not only arrange a page.
fn is_data(table: &NodeRef) -> bool {
    let arranges =
        |node: NodeRef| node.element_ref().is_some_and(|e| ARRANGED.contains(&e.name.local.as_ref()));
    !table.descendants_it().take(TABLE_ELEMENTS).any(arranges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn lines(page: &str) -> Vec<(BlockKind, String)> {
        let document = Document::from(page);
        blocks(document.root()).into_iter().map(|block| (block.kind, block.text)).collect()
    }

    fn texts(page: &str) -> Vec<String> {
        lines(page).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn lists_tables_and_quotations_survive() {
        use BlockKind::{Heading, Item, Paragraph, Row};
        let page = "<div>Before<p>It <b>rai</b>ned\n all day.</p><h2>The toll</h2><ul><li><p>Lumbe</p><p>All of it.</p><li>Ostra</ul>\
            <blockquote>“It was time.”</blockquote>\
            <table><tr><th>Day<th>Level<tr><td>Monday<td><div>4 m</div></table>after</div>";
        let expected = [
            (Paragraph, "Before"),
            (Paragraph, "It rained all day."),
            (Heading, "The toll"),
            (Item, "Lumbe"),
            (Paragraph, "All of it."),
            (Item, "Ostra"),
            (Paragraph, "“It was time.”"),
            (Row, "Day | Level"),
            (Row, "Monday | 4 m"),
            (Paragraph, "after"),
        ];
        let lines = lines(page);
        assert_eq!(lines.iter().map(|(kind, text)| (*kind, text.as_str())).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_table_that_arranges_a_page_is_no_data() {
        let page = "<table><tr><td><p>One.</p><table><tr><td>a<td>b</table><td><p>Two.</p></table>";
        assert_eq!(texts(page), ["One.", "a | b", "Two."]);
    }

    #[test]
    fn what_no_reader_sees_is_left_out() {
        let page = "<p>One.<script>var x</script><style>p{}</style><br>Two.</p><p hidden>No.</p><button>Share</button><figure><figcaption>Map</figcaption></figure>";
        assert_eq!(texts(page), ["One.", "Two."]);
    }

    #[test]
    fn a_deep_page_does_no_harm() {
        let page = format!("{}deep{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(texts(&page), ["deep"]);
    }
}
