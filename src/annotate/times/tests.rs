//! Expressions of time, a line each.

use super::super::Sentence;
use super::*;
use crate::report::{PublishedAt, Text};
use crate::span::Span;

/// The first expression of `text` and its value, in a report of Wednesday 7 May 2031.
fn read(text: &str, published: Option<Date>) -> Vec<(String, TimeKind, Option<String>)> {
    let report = Report {
        id: "r".into(),
        source: "r".into(),
        outlet: None,
        title: None,
        url: None,
        published_at: published.map(PublishedAt::day),
        language: None,
        credits: vec![],
        text: Text::new(text),
        regions: vec![],
        remarks: vec![],
    };
    let span = Span::new(0..text.len());
    let sentences = vec![Sentence { span, tokens: 0..0, paragraph: 0, furniture: false }];
    let times = find(&report, &Annotations { sentences, ..Annotations::default() });
    times.into_iter().map(|t| (report.slice(t.span).to_owned(), t.kind, t.value)).collect()
}

fn check(cases: &[(&str, &str, TimeKind, &str)]) {
    for (text, words, kind, value) in cases {
        let value = (!value.is_empty()).then(|| (*value).to_owned());
        let found = read(text, Some(jiff::civil::date(2031, 5, 7)));
        assert_eq!(found, [((*words).to_owned(), *kind, value)], "{text}");
    }
}

use TimeKind::{Date as D, Duration as L, Set as S, Time as T};

#[test]
fn dates_that_name_themselves() {
    check(&[
        ("signed on 18 February 2025 in Oslo", "18 February 2025", D, "2025-02-18"),
        ("signed Feb. 18, 2025.", "Feb. 18, 2025", D, "2025-02-18"),
        ("since it began on February 24, 2022", "February 24, 2022", D, "2022-02-24"),
        ("Tuesday, Feb. 18, 2025. (Photo)", "Tuesday, Feb. 18, 2025", D, "2025-02-18"),
        ("on the 10th of March 2030", "the 10th of March 2030", D, "2030-03-10"),
        ("updated 2031-05-06 late", "2031-05-06", D, "2031-05-06"),
        ("signed 25/12/2030", "25/12/2030", D, "2030-12-25"),
        ("signed 5/6/2029", "5/6/2029", D, ""),
        ("in 2014", "2014", D, "2014"),
        ("a return to 2014 borders", "2014", D, "2014"),
        ("the 2018 killing of a reporter", "2018", D, "2018"),
        ("the 2008 Harbour summit", "2008", D, "2008"),
        ("in March 2025,", "March 2025", D, "2025-03"),
        ("through the 1990s and", "the 1990s", D, "199X"),
        ("in the 19th century", "the 19th century", D, "18XX"),
        ("in summer 2023", "summer 2023", D, "2023-22"),
        ("in the winter of 2023", "the winter of 2023", D, "2023-24"),
        ("in the second quarter of 2020", "the second quarter of 2020", D, "2020-04/2020-06"),
        ("in early 2019", "early 2019", D, "2019-01~/2019-04~"),
        ("by the end of 2024", "the end of 2024", D, "2024-12"),
        ("the 2014-15 season", "2014-15", D, "2014/2015"),
        ("from 3-5 March 2030", "3-5 March 2030", D, "2030-03-03/2030-03-05"),
    ]);
}

#[test]
fn dates_that_lean_on_the_report() {
    check(&[
        ("The visit was rescheduled for March 10", "March 10", D, "2032-03-10"),
        ("The visit was rescheduled for May 10", "May 10", D, "2031-05-10"),
        ("They met on 10 March", "10 March", D, "2031-03-10"),
        ("They met on the 10th of March", "the 10th of March", D, "2031-03-10"),
        ("They met in November", "November", D, "2030-11"),
        ("They will meet in November", "November", D, "2031-11"),
        ("They met on Tuesday", "Tuesday", D, "2031-05-06"),
        ("They met on Wednesday", "Wednesday", D, "2031-05-07"),
        ("They met on Thursday", "Thursday", D, "2031-05-01"),
        ("They will meet on Thursday", "Thursday", D, "2031-05-08"),
        ("a trip that was scheduled for Wednesday", "Wednesday", D, "2031-05-07"),
        ("He spoke on Tuesday morning", "Tuesday morning", T, "2031-05-06"),
        ("He left last Friday", "last Friday", D, "2031-05-02"),
        ("He left last Monday", "last Monday", D, "2031-05-05?"),
        ("It opens next Tuesday", "next Tuesday", D, "2031-05-13"),
        ("It opens this week", "this week", D, "2031-05-05/2031-05-11"),
        ("It opens next week", "next week", D, "2031-05-12/2031-05-18"),
        ("It opens later this week", "later this week", D, "2031-05-07/2031-05-11"),
        ("It opened earlier this month", "earlier this month", D, "2031-05-01/2031-05-07"),
        ("It opened last month", "last month", D, "2031-04"),
        ("It opened last year", "last year", D, "2030"),
        ("It opened last summer", "last summer", D, "2030-22"),
        ("It opened late last year", "late last year", D, "2030-09~/2030-12~"),
        ("It opened over the weekend", "the weekend", D, "2031-05-03/2031-05-04"),
        ("It will open at the weekend", "the weekend", D, "2031-05-10/2031-05-11"),
        ("It opened two years ago", "two years ago", D, "2029"),
        ("It opened almost three years ago", "almost three years ago", D, "2028~"),
        ("It opened six months ago", "six months ago", D, "2030-11"),
        ("It opened three days ago", "three days ago", D, "2031-05-04"),
        ("It opened several weeks ago", "several weeks ago", D, ""),
        ("It opened yesterday", "yesterday", D, "2031-05-06"),
        ("It opens tonight", "tonight", T, "2031-05-07"),
        ("They fired overnight", "overnight", T, "2031-05-06/2031-05-07"),
        ("before the end of the month", "the end of the month", D, "2031-05-31"),
        ("It will open at the end of the month", "the end of the month", D, "2031-05-22~/2031-05-31~"),
        ("He spoke following Monday’s vote", "Monday", D, "2031-05-05"),
        ("He came three days earlier", "three days earlier", D, ""),
    ]);
}

#[test]
fn times_lengths_and_sets() {
    check(&[
        ("It opens at 5 p.m. on Monday", "5 p.m. on Monday", T, "2031-05-12T17:00:00"),
        ("It will open on Monday at 5:30pm", "Monday at 5:30pm", T, "2031-05-12T17:30:00"),
        ("It opened at 14:05", "14:05", T, ""),
        ("for more than four hours", "more than four hours", L, "PT4H"),
        ("after four-and-a-half hours of", "four-and-a-half hours", L, "PT4H30M"),
        ("lasted almost five hours,", "almost five hours", L, "PT5H"),
        ("a three-day truce", "three-day", L, "P3D"),
        ("a two-hour call", "two-hour", L, "PT2H"),
        ("almost two and a half years behind", "almost two and a half years", L, "P2Y6M"),
        ("over the next four years", "the next four years", L, "P4Y"),
        ("sold over six years", "six years", L, "P6Y"),
        ("sold for over six years", "over six years", L, "P6Y"),
        ("the past decade", "the past decade", L, "P10Y"),
        ("for half an hour", "half an hour", L, "PT30M"),
        ("waited for a week", "a week", L, "P1W"),
        ("a decades-long dispute", "decades-long", L, ""),
        ("for several years", "several years", L, ""),
        ("every Monday", "every Monday", S, "XXXX-WXX-1"),
        ("open on Tuesdays", "Tuesdays", S, "XXXX-WXX-2"),
        ("published daily", "daily", S, "P1D"),
        ("ships 15 a year", "a year", S, "P1Y"),
        ("every two weeks", "every two weeks", S, "P2W"),
    ]);
}

#[test]
fn what_is_no_time() {
    for text in [
        "They may march past May's house",
        "the Sunday Times said",
        "Black Friday sales",
        "the 9/11 attacks",
        "2000 people fled",
        "a 49-year-old driver",
        "she is 49 years old",
        "resolution 1701 of the council",
        "they won 3:2",
        "One day he will",
        "Theresa May spoke",
        "the second man",
        "1,999 boats",
        "a fall in prices",
        "the Daily Courier",
        "The overnight coach left the road",
        "a ban on the city's overnight buses",
    ] {
        assert_eq!(read(text, Some(jiff::civil::date(2031, 5, 7))), [], "{text}");
    }
}

#[test]
fn without_a_date_only_what_names_itself_resolves() {
    let values = |text| read(text, None).into_iter().map(|(_, _, value)| value).collect::<Vec<_>>();
    assert_eq!(
        values("on Tuesday, after 4 March 2030 and last week"),
        [None, Some("2030-03-04".into()), None]
    );
    assert_eq!(values("two years ago, in May, at the end of the year"), [None, None, None]);
}

#[test]
fn a_later_day_leans_on_the_day_before_it() {
    let found = read("She left on March 3, 2030 and came back four days later. At 09:30 she rang.", None);
    let values: Vec<Option<&str>> = found.iter().map(|(_, _, v)| v.as_deref()).collect();
    assert_eq!(values, [Some("2030-03-03"), Some("2030-03-07"), Some("2030-03-07T09:30:00")]);
}

#[test]
fn no_text_breaks_it() {
    for text in [
        "",
        "ago",
        "99999999999999999999 years ago",
        "31 February 2025",
        "December 31, 9999 and later",
        "½ ½",
        "00:00",
    ] {
        for date in [None, Some(Date::MIN), Some(Date::MAX)] {
            read(text, date);
        }
    }
    read(&"next last this 5 p.m. on the end of ".repeat(500), Some(Date::MAX));
}
