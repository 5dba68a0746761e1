//! The language of a text.
//!
//! In: a text. Out: a BCP 47 tag, or nothing for a text too short to tell. It knows the sixteen languages
//! of `whichlang` and takes any other for the nearest of them.

use whichlang::Lang;

/// How many letters a guess needs: below it, names alone turn the guess.
const MIN_LETTERS: usize = 80;
/// How many bytes the guess rests on; more do not change it.
const PREFIX_BYTES: usize = 4000;

/// The tag of the language that `text` is written in.
pub(super) fn detect(text: &str) -> Option<&'static str> {
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
}
