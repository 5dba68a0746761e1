//! A stream of invented reports: events of invented places, each told by a few invented outlets.
//!
//! In: how many. Out: JSON Lines, always the same. It does not know what reads them.

use serde_json::{Value, json};

const PLACES: [&str; 8] =
    ["Velm", "Ostervik", "Tarnow Bay", "Lumbe", "Kestria", "Marwick", "Port Halden", "Sorrel"];
const OUTLETS: [&str; 4] = ["The Sound Courier", "Valley Ledger", "Halden Post", "Northern Meridian"];
const SURNAMES: [&str; 8] = ["Voss", "Brekke", "Maren", "Talbach", "Lund", "Solvik", "Relk", "Coll"];
const THINGS: [(&str, &str); 8] = [
    ("ferry", "ran aground"),
    ("granary", "burned down"),
    ("footbridge", "gave way"),
    ("reactor", "was shut down"),
    ("tram line", "was closed"),
    ("seed bank", "was flooded"),
    ("quarry", "fell in"),
    ("lighthouse", "went dark"),
];

/// The `n`th report: three in a row tell of one event.
pub fn report(n: usize) -> Value {
    let event = n / 3;
    let (place, surname) = (PLACES[event % 8], SURNAMES[(event / 3) % 8]);
    let (thing, happened) = THINGS[(event * 5 + event / 8) % 8];
    let (hurt, outlet) = (3 + event % 40, OUTLETS[n % 4]);
    // Events of one wording are told apart by their days alone.
    let day = jiff::civil::date(2031, 1, 1).saturating_add(jiff::Span::new().days(15 * event as i64));
    let opening = match n % 3 {
        0 => format!("The {thing} of {place} {happened} early on Monday, and {hurt} people were hurt."),
        1 => format!(
            "{hurt} people were hurt when the {thing} of {place} {happened}, the rescue service said."
        ),
        _ => format!(
            "Nobody had warned them: the {thing} of {place} {happened} before dawn, and {hurt} were hurt."
        ),
    };
    let text = format!(
        "{opening}\n\n“We had asked for repairs since the winter of case {event},” said Ilse {surname}, who leads the council \
         of {place}. The ministry would answer within {} days, she said.\n\nInspectors number {n} are to come to {place} \
         next week. In {place} the schools stay closed until then.",
        2 + event % 9
    );
    json!({
        "id": format!("r{n}"),
        "outlet": outlet,
        "title": format!("{place}: {thing} {happened}"),
        "url": format!("https://{}.example/{n}", outlet.to_lowercase().replace(' ', "-")),
        "published_at": day.to_string(),
        "text": text,
    })
}

/// The first `count` reports.
pub fn lines(count: usize) -> String {
    (0..count).map(|n| format!("{}\n", report(n))).collect()
}
