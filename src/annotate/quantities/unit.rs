//! Units of money, length, weight and time.
//!
//! In: the pieces of a sentence. Out: the [`Unit`] before or after a number. It does not know what is counted.

use super::super::numbers::Pieces;
use super::super::times::words as calendar;

/// What a number is measured in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Its name in the contract.
    pub name: &'static str,
    /// How many of it one of the words is: half an hour's "minute" is a sixtieth hour.
    pub factor: f64,
    /// The position after its words.
    pub end: usize,
}

/// The currency whose sign stands at `i`, and the position after it: "$", "US$", "€".
pub fn sign_at(pieces: &Pieces, i: usize) -> Option<(&'static str, usize)> {
    let dollar = |j: usize| pieces.is(j, &["$"]) && pieces.glued(j);
    let name = match pieces.lower(i) {
        "us" if dollar(i + 1) => "USD",
        "a" | "au" if dollar(i + 1) && pieces.capital(i) => "AUD",
        "c" | "ca" | "cdn" if dollar(i + 1) && pieces.capital(i) => "CAD",
        "hk" if dollar(i + 1) => "HKD",
        "nz" if dollar(i + 1) => "NZD",
        "s" if dollar(i + 1) && pieces.capital(i) => "SGD",
        "$" => return Some(("USD", i + 1)),
        "€" => return Some(("EUR", i + 1)),
        "£" => return Some(("GBP", i + 1)),
        "¥" => return Some(("JPY", i + 1)),
        "₹" => return Some(("INR", i + 1)),
        "₽" => return Some(("RUB", i + 1)),
        "₴" => return Some(("UAH", i + 1)),
        "usd" | "eur" | "gbp" | "chf" => return Some((code(pieces.lower(i))?, i + 1)),
        _ => return None,
    };
    Some((name, i + 2))
}

fn code(word: &str) -> Option<&'static str> {
    ["USD", "EUR", "GBP", "CHF", "JPY", "RUB"].into_iter().find(|c| c.eq_ignore_ascii_case(word))
}

/// The factor of a scale letter glued to a number ("$300bn", "5m people"), and the position after it.
pub fn scale_letter(pieces: &Pieces, i: usize, money: bool) -> Option<(f64, usize)> {
    let word = pieces.lower(i);
    let counted = |j: usize| pieces.letters(j) && !pieces.glued(j) && pieces.lower(j).ends_with(['s', 'e']);
    // A name may stand between the number and what it counts: "1.6m NorthLink passengers".
    let noun = counted(i + 1) || pieces.capital(i + 1) && pieces.letters(i + 1) && counted(i + 2);
    let factor = match word {
        "bn" => 1e9,
        "tn" | "trn" => 1e12,
        "mn" | "mln" => 1e6,
        "k" if money || noun => 1e3,
        "b" if money => 1e9,
        "m" if money || noun => 1e6,
        _ => return None,
    };
    (pieces.glued(i) || word.len() == 2).then_some((factor, i + 1))
}

/// The unit at `i`, over a hyphen ("a 10-mile road"). A unit of one letter stands only after digits.
pub fn unit_at(pieces: &Pieces, i: usize, digits: bool) -> Option<Unit> {
    let at = i + usize::from(pieces.hyphen(i));
    let unit = |name, factor, length| Unit { name, factor, end: at + length };
    if let Some((name, length)) = percent(pieces, at) {
        return Some(unit(name, 1.0, length));
    }
    if let Some((name, factor)) = time(pieces.lower(at)) {
        return Some(unit(name, factor, 1));
    }
    let glued_p = digits && at == i && pieces.glued(at) && pieces.is(at, &["p"]);
    // "1080p" is a picture, no price.
    let picture = || matches!(pieces.before(at, 1), "480" | "720" | "1080" | "1440" | "2160");
    if pieces.is(at, &["pence", "penny"]) || glued_p && !picture() {
        return Some(unit("GBP", 0.01, 1));
    }
    if let Some((name, length)) = currency(pieces, at) {
        return Some(unit(name, 1.0, length));
    }
    let square = usize::from(pieces.is(at, &["square", "sq", "cubic"]));
    let name =
        measure(pieces.lower(at + square)).filter(|_| digits || pieces.lower(at + square).len() > 2)?;
    if let Some((speed, length)) = speed(pieces, at, name).filter(|_| square == 0) {
        return Some(unit(speed, 1.0, length));
    }
    match square {
        1 => area(pieces.lower(at), name).map(|name| unit(name, 1.0, 2)),
        _ => Some(unit(name, 1.0, 1)),
    }
}

fn percent(pieces: &Pieces, i: usize) -> Option<(&'static str, usize)> {
    let (name, length) = match pieces.lower(i) {
        "%" | "percent" | "pc" => ("percent", 1),
        "per" if pieces.is(i + 1, &["cent"]) => ("percent", 2),
        "percentage" if pieces.is(i + 1, &["points", "point"]) => ("percentage point", 2),
        _ => return None,
    };
    Some((name, length))
}

/// Everything under a few days is compared in hours; weeks are days; months and years vary, so they stay apart.
fn time(word: &str) -> Option<(&'static str, f64)> {
    let (unit, size) = calendar::unit(word)?;
    Some(match unit {
        calendar::Unit::Second => ("hour", size / 3600.0),
        calendar::Unit::Minute => ("hour", size / 60.0),
        calendar::Unit::Hour => ("hour", size),
        calendar::Unit::Day => ("day", size),
        calendar::Unit::Week => ("day", 7.0 * size),
        calendar::Unit::Month => ("month", size),
        calendar::Unit::Year => ("year", size),
    })
}

fn currency(pieces: &Pieces, i: usize) -> Option<(&'static str, usize)> {
    let dollars = |j: usize| pieces.is(j, &["dollar", "dollars"]);
    let one = |name| Some((name, 1));
    match pieces.lower(i) {
        "dollar" | "dollars" => one("USD"),
        "us" | "american" if dollars(i + 1) => Some(("USD", 2)),
        "australian" if dollars(i + 1) => Some(("AUD", 2)),
        "canadian" if dollars(i + 1) => Some(("CAD", 2)),
        "euro" | "euros" => one("EUR"),
        // "1.2 million pounds of beef" is a weight.
        "pound" | "pounds"
            if matches!(pieces.before(i, 1), "million" | "billion" | "trillion")
                && !pieces.is(i + 1, &["of"]) =>
        {
            one("GBP")
        }
        "yen" => one("JPY"),
        "yuan" | "renminbi" => one("CNY"),
        "ruble" | "rubles" | "rouble" | "roubles" => one("RUB"),
        "hryvnia" | "hryvnias" => one("UAH"),
        "rupee" | "rupees" => one("INR"),
        "shekel" | "shekels" => one("ILS"),
        "riyal" | "riyals" => one("SAR"),
        "dirham" | "dirhams" => one("AED"),
        word => one(code(word).filter(|_| {
            pieces.get(i).is_some_and(|p| p.word.len() == 3 && p.word == p.word.to_uppercase())
        })?),
    }
}

fn measure(word: &str) -> Option<&'static str> {
    Some(match word {
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "kilometre",
        "m" | "metre" | "metres" | "meter" | "meters" => "metre",
        "cm" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => "centimetre",
        "mile" | "miles" => "mile",
        "foot" | "feet" | "ft" => "foot",
        "inch" | "inches" => "inch",
        "yard" | "yards" => "yard",
        "kg" | "kilo" | "kilos" | "kilogram" | "kilograms" => "kilogram",
        "tonne" | "tonnes" => "tonne",
        "ton" | "tons" => "ton",
        "litre" | "litres" | "liter" | "liters" => "litre",
        "hectare" | "hectares" => "hectare",
        "acre" | "acres" => "acre",
        "mph" => "mile per hour",
        "kmh" | "kph" => "kilometre per hour",
        "mw" | "megawatt" | "megawatts" => "megawatt",
        "gw" | "gigawatt" | "gigawatts" => "gigawatt",
        "magnitude" => "magnitude",
        _ => return None,
    })
}

/// Whether the words before `i` say that a number there is the strength of a quake: "magnitude 6.9", "a magnitude of
/// 5.6", "magnitude-7".
pub fn is_magnitude(pieces: &Pieces, i: usize) -> bool {
    let before = |back| pieces.before(i, back) == "magnitude";
    before(1) || before(2) && (pieces.before(i, 1) == "of" || pieces.hyphen(i - 1))
}

/// "kilometres an hour", "miles per hour", "km/h": the unit and how many pieces it has.
fn speed(pieces: &Pieces, at: usize, of: &str) -> Option<(&'static str, usize)> {
    let each = pieces.is(at + 1, &["an", "per"]) && pieces.is(at + 2, &["hour"]);
    let slashed = pieces.is(at + 1, &["/"]) && pieces.is(at + 2, &["h", "hr", "hour"]);
    let name = match of {
        "kilometre" => "kilometre per hour",
        "mile" => "mile per hour",
        _ => return None,
    };
    (each || slashed).then_some((name, 3))
}

fn area(word: &str, of: &str) -> Option<&'static str> {
    Some(match (word, of) {
        ("square" | "sq", "kilometre") => "square kilometre",
        ("square" | "sq", "metre") => "square metre",
        ("square" | "sq", "mile") => "square mile",
        ("square" | "sq", "foot") => "square foot",
        ("cubic", "metre") => "cubic metre",
        _ => return None,
    })
}
