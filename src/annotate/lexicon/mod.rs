//! stub
#![allow(missing_docs)]
pub fn party_of_place(_n: &str) -> Option<&'static str> {
    None
}
pub fn country(_n: &str) -> Option<&'static str> {
    None
}
pub fn fold(n: &str) -> String {
    n.to_lowercase()
}
pub fn same_surname_spelling(a: &str, b: &str) -> bool {
    a == b
}
pub fn same_given_name(a: &str, b: &str) -> bool {
    a == b
}
