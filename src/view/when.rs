//! Times as an editor reads them.
//!
//! In: an EDTF string of the record. Out: its words ("18–20 March 2031") and the days that it can mean.
//! It does not know the clock: nothing here is "today" or "tomorrow". What it cannot read, it shows as it stands.

use jiff::ToSpan;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// EDTF's seasons without a hemisphere, 21 to 24, with the month in which each begins in the north.
const SEASONS: [(&str, i8); 4] = [("spring", 3), ("summer", 6), ("autumn", 9), ("winter", 12)];

/// One side of an EDTF interval.
#[derive(Clone, Debug, PartialEq)]
struct Moment {
    year: i16,
    month: Option<i8>,
    /// Index into [`SEASONS`]; then there is no month.
    season: Option<usize>,
    day: Option<i8>,
    time: Option<String>,
    hedge: &'static str,
}

/// The first and the last day that `edtf` can mean; `None` for durations, open ends and what is not EDTF.
pub fn days(edtf: &str) -> Option<(Date, Date)> {
    let (first, last) = match edtf.split_once('/') {
        Some((from, to)) => (moment(from)?, moment(to)?),
        None => (moment(edtf)?, moment(edtf)?),
    };
    Some((first.first_day()?, last.last_day()?))
}

/// `edtf` in words: "18 March 2031, 14:05", "March 2031", "about 18 March 2031", "18–20 March 2031".
pub fn human(edtf: &str) -> String {
    match edtf.split_once('/') {
        Some((from, to)) => interval(from, to),
        None => moment(edtf).map(|m| m.words(true)),
    }
    .unwrap_or_else(|| edtf.to_owned())
}

/// The same without the year, for places where the year stands near by: "18 March".
pub fn short(edtf: &str) -> String {
    let first = edtf.split_once('/').map_or(edtf, |(from, _)| from);
    match moment(first) {
        Some(m) if m.month.is_some() => Moment { time: None, ..m }.words(false),
        _ => human(edtf),
    }
}

fn interval(from: &str, to: &str) -> Option<String> {
    let open = |end: &str| end.is_empty() || end == "..";
    if open(from) {
        return Some(format!("by {}", moment(to)?.words(true)));
    }
    if open(to) {
        return Some(format!("from {}", moment(from)?.words(true)));
    }
    let (from, to) = (moment(from)?, moment(to)?);
    if let Some(part) = part_of_month(&from, &to) {
        return Some(format!("{part}{}", Moment { day: None, hedge: "", ..to }.words(true)));
    }
    let whole_days = from.time.is_none() && to.time.is_none() && from.hedge.is_empty();
    Some(match (from.day, from.year == to.year, from.month == to.month) {
        _ if from == to => from.words(true),
        (Some(day), true, true) if whole_days && to.day.is_some() => format!("{day}–{}", to.words(true)),
        (_, true, _) if whole_days && from.month.is_some() => {
            format!("{} – {}", from.words(false), to.words(true))
        }
        _ => format!("{} – {}", from.words(true), to.words(true)),
    })
}

/// "mid-", where about the middle third of a month is meant, and likewise of the others.
fn part_of_month(from: &Moment, to: &Moment) -> Option<&'static str> {
    let about = from.hedge == "about " && to.hedge == "about ";
    let one = about && from.month.is_some() && (from.year, from.month) == (to.year, to.month);
    match (from.day.filter(|_| one)?, to.day?) {
        (1, 9..=11) => Some("early "),
        (10..=12, 19..=22) => Some("mid-"),
        (19..=23, 28..) => Some("late "),
        _ => None,
    }
}

fn moment(edtf: &str) -> Option<Moment> {
    let bare = edtf.trim_end_matches(['~', '?', '%']);
    let hedge = match edtf.get(bare.len()..)? {
        "" => "",
        "?" => "perhaps ",
        _ => "about ",
    };
    let (date, time) = bare.split_once('T').map_or((bare, None), |(date, time)| (date, Some(time)));
    let mut parts = date.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month = parts.next().filter(|m| *m != "XX").map(str::parse).transpose().ok()?;
    let day = parts.next().filter(|d| *d != "XX").map(str::parse).transpose().ok()?;
    let season = month.and_then(|m: i8| usize::try_from(m - 21).ok()).filter(|s| *s < SEASONS.len());
    let month = month.filter(|_| season.is_none());
    let known = month.is_none_or(|m: i8| (1..=12).contains(&m)) && (day.is_none() || month.is_some());
    let time = time.map(|t| t.get(..5).unwrap_or(t).to_owned());
    (known && parts.next().is_none()).then_some(Moment { year, month, season, day, time, hedge })
}

impl Moment {
    fn first_day(&self) -> Option<Date> {
        let month = self.month.unwrap_or_else(|| self.season.map_or(1, |s| SEASONS[s].1));
        Date::new(self.year, month, self.day.unwrap_or(1)).ok()
    }

    fn last_day(&self) -> Option<Date> {
        match self.day {
            Some(_) => self.first_day(),
            None if self.season.is_some() => {
                self.first_day()?.checked_add(2.months()).ok().map(Date::last_of_month)
            }
            None => Date::new(self.year, self.month.unwrap_or(12), 1).ok().map(Date::last_of_month),
        }
    }

    fn words(&self, with_year: bool) -> String {
        let mut words = self.hedge.to_owned();
        if let Some(day) = self.day {
            words.push_str(&format!("{day} "));
        }
        if let Some(name) = self.month.and_then(|m| MONTHS.get(m as usize - 1)) {
            words.push_str(name);
        }
        if let Some((name, _)) = self.season.map(|s| SEASONS[s]) {
            words.push_str(name);
        }
        if with_year || self.month.is_none() {
            words.push_str(&format!(" {}", self.year));
        }
        if let Some(time) = &self.time {
            words.push_str(&format!(", {time}"));
        }
        words.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn times_are_read_as_an_editor_would_say_them() {
        let said = [
            ("2031-03-18", "18 March 2031"),
            ("2031-03-18T14:05:00+03:00", "18 March 2031, 14:05"),
            ("2031-03", "March 2031"),
            ("2031-03-XX", "March 2031"),
            ("2031", "2031"),
            ("2031-03-18~", "about 18 March 2031"),
            ("2031-03-18/2031-03-20", "18–20 March 2031"),
            ("2031-03-30/2031-04-02", "30 March – 2 April 2031"),
            ("2031-03-18/2031-03-18", "18 March 2031"),
            ("../2031-04", "by April 2031"),
            ("2031-12-11~/2031-12-21~", "mid-December 2031"),
            ("2031-06-01~/2031-06-10~", "early June 2031"),
            ("2031-06-03~/2031-06-16~", "about 3 June 2031 – about 16 June 2031"),
            ("2031-04/..", "from April 2031"),
            ("2030-23", "autumn 2030"),
            ("2031-21~", "about spring 2031"),
            ("PT4H30M", "PT4H30M"),
            ("2031-44-99", "2031-44-99"),
            ("“", "“"),
        ];
        for (edtf, words) in said {
            assert_eq!(human(edtf), words, "{edtf}");
        }
        assert_eq!(short("2031-03-18T14:05"), "18 March");
        assert_eq!(short("2031"), "2031");
    }

    #[test]
    fn a_month_means_all_its_days() {
        assert_eq!(days("2032-02"), Some((date(2032, 2, 1), date(2032, 2, 29))));
        assert_eq!(days("2031-03-18/2031-03-20"), Some((date(2031, 3, 18), date(2031, 3, 20))));
        assert_eq!(days("2031-02-31"), None);
        assert_eq!(days("2031-24"), Some((date(2031, 12, 1), date(2032, 2, 29))));
        assert_eq!(days("PT4H"), None);
    }
}
