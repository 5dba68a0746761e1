//! The language of a text.
//!
//! In: a text. Out: a BCP 47 tag, or nothing for a text too short to tell. It knows the sixteen languages
//! of `whichlang` and takes any other for the nearest of them.

use whichlang::Lang;

/// The languages that can be detected.
const KNOWN: [&str; 16] =
    ["ar", "zh", "de", "en", "fr", "hi", "it", "ja", "ko", "nl", "pt", "ru", "es", "sv", "tr", "vi"];

/// How many letters a guess needs: below it, names alone turn the guess.
const MIN_LETTERS: usize = 80;
/// How many bytes the guess rests on; more do not change it.
const PREFIX_BYTES: usize = 1500;

/// The tag of the language of `text`, for which its page declares `declared`. What is detected counts, unless it is another than English
/// and the page declares one that cannot be detected: then it is only the nearest of those that can.
pub(super) fn of(text: &str, declared: Option<&str>) -> Option<String> {
    let declared = declared.and_then(primary);
    match (detect(text), declared) {
        (Some("en"), _) => Some("en".to_owned()),
        (Some(detected), Some(declared)) if is_known(&declared) => Some(detected.to_owned()),
        (detected, declared) => declared.or_else(|| detected.map(str::to_owned)),
    }
}

/// The language of a tag without its script and region, in lower case; nothing where it is no tag.
fn primary(tag: &str) -> Option<String> {
    let language = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let is_tag = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    (is_tag && language != "und").then_some(language)
}

fn is_known(language: &str) -> bool {
    KNOWN.contains(&language)
}

/// The tag of the language that `text` is written in.
fn detect(text: &str) -> Option<&'static str> {
    let end = text.floor_char_boundary(PREFIX_BYTES);
    let prefix = &text[..end];
    let letters = prefix.chars().filter(|c| c.is_alphabetic()).count();
    // A sign of Chinese or Japanese writing says as much as several letters.
    let wide = prefix.chars().filter(|c| ('\u{3040}'..'\u{a000}').contains(c)).count();
    (letters + 4 * wide >= MIN_LETTERS).then(|| tag(whichlang::detect_language(prefix)))
}

fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart_and_short_texts_not_at_all() {
        let english = "The two governments said on Tuesday that they would open the gates of the dam in the spring, \
                       and that farmers downstream would be warned a week before.";
        let german = "Die beiden Regierungen teilten am Dienstag mit, dass sie die Schleusen des Damms im Frühjahr \
                      öffnen und die Bauern am Unterlauf eine Woche vorher warnen werden.";
        assert_eq!(detect(english), Some("en"));
        assert_eq!(detect(german), Some("de"));
        assert_eq!(detect("Ana Brit, Oslo"), None);
    }

    #[test]
    fn a_page_may_declare_what_cannot_be_detected() {
        let polish = "Oba rządy oświadczyły we wtorek, że wiosną otworzą śluzy zapory i że rolnicy w dole rzeki \
                      zostaną o tym uprzedzeni tydzień wcześniej.";
        let english = "The two governments said on Tuesday that they would open the gates of the dam in the spring, \
                       and that farmers downstream would be warned.";
        assert_eq!(of(polish, Some("pl-PL")).as_deref(), Some("pl"));
        assert_eq!(
            of(english, Some("pl")).as_deref(),
            Some("en"),
            "the template's language is not the text's"
        );
        assert_eq!(of("Ana Brit, Oslo", Some("en_GB")).as_deref(), Some("en"));
        assert_eq!(of("Ana Brit, Oslo", Some("English")), None);
        let german = "Die beiden Regierungen teilten am Dienstag mit, dass sie die Schleusen des Damms im Frühjahr öffnen werden.";
        assert_eq!(of(german, Some("en-US")).as_deref(), Some("de"));
    }
}
