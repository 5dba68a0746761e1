//! A page without what no reader sees.
//!
//! In: a page as it was decoded. Out: the same without scripts, styles, drawings and comments, which are most of a page's bytes and would
//! be parsed only to be thrown away. JSON-LD stays. It does not parse: it looks for the few tags whose end is a fixed
//! string, as the HTML standard has it.

/// Elements whose content is dropped.
const DROPPED: [&str; 4] = ["script", "style", "svg", "iframe"];

/// The page without them.
pub(super) fn slim(page: &str) -> String {
    let mut slim = String::with_capacity(page.len() / 2);
    let mut from = 0;
    while let Some(at) = page[from..].find('<').map(|at| from + at) {
        slim.push_str(&page[from..at]);
        from = match dropped(&page[at..]) {
            Some(length) => at + length,
            None => {
                slim.push('<');
                at + 1
            }
        };
    }
    slim.push_str(&page[from..]);
    slim
}

/// How long the comment or element is that begins `rest` and is dropped.
fn dropped(rest: &str) -> Option<usize> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        // One that never ends is left to the parser.
        return comment.find("-->").map(|end| end + "<!---->".len());
    }
    let name = DROPPED.iter().find(|name| begins(rest, name))?;
    let head = rest.find('>')?;
    if *name == "script" && rest[..head].to_ascii_lowercase().contains("ld+json") {
        return None;
    }
    if rest[..head].ends_with('/') && *name == "svg" {
        return Some(head + 1);
    }
    let mut from = head;
    while let Some(at) = rest[from..].find("</").map(|at| from + at) {
        let after = &rest[at + 2..];
        if after.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            let end = after.find('>')?;
            return Some(at + 2 + end + 1);
        }
        from = at + 2;
    }
    None
}

/// Whether `rest` begins with the tag `name`.
fn begins(rest: &str, name: &str) -> bool {
    let tag = rest.get(1..1 + name.len());
    let next = rest.as_bytes().get(1 + name.len());
    tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
        && next.is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_goes_and_the_rest_stays() {
        let page = "<p>a<SCRIPT async>if (a < b) { x = '<p>' }</Script\n>b<style>p > a {}</style><!-- <p> -->c<svg/>d<svg><title>x</title></svg>e é";
        assert_eq!(slim(page), "<p>abcde é");
        let ld = "<script type=\"application/ld+json\">{\"a\": \"<\"}</script><scripture>x</scripture>";
        assert_eq!(slim(ld), ld);
    }

    #[test]
    fn what_never_ends_is_left_to_the_parser() {
        for page in ["<p>a<script>x", "<p>a<!-- x", "<script", "<", "a <b", "<svg", "<script>x</script"] {
            assert_eq!(slim(page), page);
        }
    }
}
