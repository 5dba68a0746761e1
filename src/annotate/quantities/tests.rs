//! Quantities, a line each.

use super::super::testing::report;
use super::super::{Interval, Quantity, sentences, tagger, times, tokens};
use super::*;

fn read(text: &str) -> Vec<(String, Quantity)> {
    let report = report(text);
    let mut layers = Annotations { tokens: tokens::find(&report), ..Annotations::default() };
    layers.sentences = sentences::find(&report, &layers);
    tagger::tag(&report, &mut layers);
    layers.times = times::find(&report, &layers);
    find(&report, &layers).into_iter().map(|q| (report.slice(q.span).to_owned(), q)).collect()
}

const ALL: f64 = f64::INFINITY;

/// Brackets as in mathematics: `[` includes, `(` excludes.
fn interval(open: &str, low: f64, high: f64) -> Interval {
    Interval { low, low_open: open.starts_with('('), high, high_open: open.ends_with(')') }
}

fn close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

fn check(cases: &[(&str, &str, &str, f64, f64, &str)]) {
    for (text, words, brackets, low, high, unit) in cases {
        let found = read(text);
        let [(span, quantity)] = found.as_slice() else { panic!("{text}: {found:?}") };
        let expected = interval(brackets, *low, *high);
        assert_eq!((span.as_str(), quantity.unit.as_str()), (*words, *unit), "{text}");
        let got = quantity.interval;
        assert!(close(got.low, *low) && close(got.high, *high), "{text}: {got:?}");
        assert_eq!((got.low_open, got.high_open), (expected.low_open, expected.high_open), "{text}");
    }
}

#[test]
fn lengths_of_time() {
    check(&[
        ("The meeting took more than four hours.", "more than four hours", "()", 4.0, ALL, "hour"),
        ("After four-and-a-half hours they left.", "four-and-a-half hours", "[]", 4.5, 4.5, "hour"),
        ("The debate went on for almost five hours.", "almost five hours", "[)", 4.25, 5.0, "hour"),
        ("They spoke for 90 minutes.", "90 minutes", "[]", 1.5, 1.5, "hour"),
        ("They spoke for half an hour.", "half an hour", "[]", 0.5, 0.5, "hour"),
        ("They spoke for about an hour.", "about an hour", "[]", 0.8, 1.2, "hour"),
        ("They spoke for an hour and a half.", "an hour and a half", "[]", 1.5, 1.5, "hour"),
        ("It took two hours and 30 minutes.", "two hours and 30 minutes", "[]", 2.5, 2.5, "hour"),
        ("A three-day truce began.", "three-day", "[]", 3.0, 3.0, "day"),
        ("It will take two to three weeks.", "two to three weeks", "[]", 14.0, 21.0, "day"),
        ("It lasted at least six months.", "at least six months", "[)", 6.0, ALL, "month"),
        ("It was built over six years.", "six years", "[]", 6.0, 6.0, "year"),
        ("It lasted two decades.", "two decades", "[]", 20.0, 20.0, "year"),
    ]);
}

#[test]
fn money_and_measures() {
    check(&[
        ("Firms lost $300 billion.", "$300 billion", "[]", 3e11, 3e11, "USD"),
        ("A package of at least €6 billion was named.", "at least €6 billion", "[)", 6e9, ALL, "EUR"),
        ("It cost £2.5m to build.", "£2.5m", "[]", 2.5e6, 2.5e6, "GBP"),
        ("It rejected a 3.4 billion pound bid.", "3.4 billion pound", "[]", 3.4e9, 3.4e9, "GBP"),
        ("It cost US$40bn.", "US$40bn", "[]", 4e10, 4e10, "USD"),
        ("It cost 12 million euros.", "12 million euros", "[]", 1.2e7, 1.2e7, "EUR"),
        ("Prices rose by 4.5 per cent.", "4.5 per cent", "[]", 4.5, 4.5, "percent"),
        ("Prices rose 10% in all.", "10%", "[]", 10.0, 10.0, "percent"),
        ("A wall of nearly 20 km was built.", "nearly 20 km", "[)", 17.0, 20.0, "kilometre"),
        ("A 10-mile road was built.", "10-mile", "[]", 10.0, 10.0, "mile"),
        (
            "The fire burnt 40 square kilometres.",
            "40 square kilometres",
            "[]",
            40.0,
            40.0,
            "square kilometre",
        ),
        ("It cost between $10 and $15.", "between $10 and $15", "[]", 10.0, 15.0, "USD"),
        ("It cost two to three million euros.", "two to three million euros", "[]", 2e6, 3e6, "EUR"),
    ]);
}

#[test]
fn counted_things() {
    check(&[
        ("The army fired 176 drones.", "176 drones", "[]", 176.0, 176.0, "drone"),
        ("Flames reached 38 apartments.", "38 apartments", "[]", 38.0, 38.0, "apartment"),
        (
            "Four more residential buildings were damaged.",
            "Four more residential buildings",
            "[]",
            4.0,
            4.0,
            "building",
        ),
        ("They won 52 of the 175 seats.", "52 of the 175 seats", "[]", 52.0, 52.0, "seat"),
        ("The death toll from the crash near Hale rose to 23 on Sunday.", "23", "[]", 23.0, 23.0, ""),
        ("The toll stood at at least 203.", "at least 203", "[)", 203.0, ALL, ""),
        ("The number of people killed in the crash rose to 23 on Sunday.", "23", "[]", 23.0, 23.0, ""),
        ("They raised the number of miners killed to five on Sunday.", "five", "[]", 5.0, 5.0, ""),
        ("A magnitude 6.9 earthquake struck.", "6.9", "[]", 6.9, 6.9, "magnitude"),
        ("A quake of magnitude 6.9 struck.", "6.9", "[]", 6.9, 6.9, "magnitude"),
        ("The 7.1-magnitude quake struck.", "7.1-magnitude", "[]", 7.1, 7.1, "magnitude"),
        ("In all 12 people were hurt.", "12 people", "[]", 12.0, 12.0, "people"),
        ("The blast killed 14.", "14", "[]", 14.0, 14.0, ""),
        ("There were at least 12 injured.", "at least 12 injured", "[)", 12.0, ALL, "injured"),
        ("More than two dozen boats sank.", "More than two dozen boats", "()", 24.0, ALL, "boat"),
        ("Dozens of boats sank.", "Dozens of boats", "[]", 24.0, 120.0, "boat"),
        ("Hundreds of villagers fled.", "Hundreds of villagers", "[)", 200.0, 2000.0, "villager"),
        ("Several villagers fled.", "Several villagers", "[]", 3.0, 9.0, "villager"),
        ("Up to 1,500 soldiers left.", "Up to 1,500 soldiers", "[]", 0.0, 1500.0, "soldier"),
        ("Fewer than 200 soldiers left.", "Fewer than 200 soldiers", "[)", 0.0, 200.0, "soldier"),
        ("About 200 soldiers left.", "About 200 soldiers", "[]", 180.0, 220.0, "soldier"),
        ("Between 10 and 15 boats sank.", "Between 10 and 15 boats", "[]", 10.0, 15.0, "boat"),
        ("Some 12-14 boats sank.", "Some 12-14 boats", "[]", 10.8, 15.4, "boat"),
        ("Six or seven boats sank.", "Six or seven boats", "[]", 6.0, 7.0, "boat"),
        ("About a dozen people came.", "About a dozen people", "[]", 10.8, 13.2, "people"),
        ("A couple dozen boats sank.", "A couple dozen boats", "[]", 24.0, 36.0, "boat"),
        ("He saw four plain-clothes officers.", "four plain-clothes officers", "[]", 4.0, 4.0, "officer"),
        ("He met seven cabinet members.", "seven cabinet members", "[]", 7.0, 7.0, "member"),
        ("No fewer than 40 homes burnt.", "No fewer than 40 homes", "[)", 40.0, ALL, "home"),
    ]);
}

#[test]
fn what_is_no_quantity() {
    for text in [
        "In 2014 the bridge fell.",
        "On March 10 the bridge fell.",
        "A 49-year-old driver was there.",
        "She is six years old.",
        "An F-16 flew over the G-20 summit.",
        "A Boeing 737 landed.",
        "One of the drivers left.",
        "No one left.",
        "They won 3-2.",
        "The vote was 52-48.",
        "The two sides met.",
        "A two-state solution is far off.",
        "The third driver left.",
        "The 19th driver left.",
        "Call 555-1234 now.",
        "It began at 14:05.",
        "Under Article 5 they may leave.",
        "It opened two years ago.",
        "After 9/11 it closed.",
        "The number of schools rose to 23.",
        "The toll was lifted and the price rose to 14.",
    ] {
        let found: Vec<String> = read(text).into_iter().map(|(words, _)| words).collect();
        assert_eq!(found, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn three_tellings_of_one_length_can_be_true_together() {
    let read = |text: &str| read(text).into_iter().map(|(_, q)| q.interval).next_back();
    let above = read("It took more than four hours.");
    let exact = read("It took four-and-a-half hours.");
    let almost = read("It took almost five hours.");
    for (a, b) in [(above, exact), (exact, almost), (above, almost)] {
        assert!(a.zip(b).is_some_and(|(a, b)| a.intersects(b)));
    }
    let below = read("It took less than four hours.");
    assert!(below.zip(above).is_some_and(|(a, b)| !a.intersects(b)));
}

#[test]
fn no_text_breaks_it() {
    for text in [
        "",
        "$",
        "more than",
        "between 5 and",
        "12-",
        "99999999999999999999 boats",
        "one",
        "½",
        "an hour and",
    ] {
        read(text);
    }
    read(&"at least 12 to more than a ".repeat(500));
}
