//! What the terminal can show.
//!
//! In: flags, the environment and the standard output. Out: a width and whether there are colours. It prints nothing.

use std::env;
use std::io::{self, IsTerminal};

use super::args::Color;

/// Where no terminal says how wide it is: wider than 80 for the matrix, and still a readable measure.
const WIDTH: usize = 88;

/// No wider than this, even where the terminal is: longer lines read badly.
const MOST_WIDTH: usize = 100;

/// How wide the text is: as asked for, as the terminal is, or [`WIDTH`].
pub fn width(asked: Option<u16>, to_stdout: bool) -> usize {
    let terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    match asked {
        Some(width) => usize::from(width),
        None if to_stdout => terminal().map_or(WIDTH, |w| w.min(MOST_WIDTH)),
        None => WIDTH,
    }
}

/// Whether the text has colours.
pub fn colour(asked: Color, to_stdout: bool) -> bool {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let world = World {
        terminal: to_stdout && io::stdout().is_terminal(),
        no_color: set("NO_COLOR").is_some(),
        forced: set("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
        dumb: set("TERM").is_some_and(|value| value == "dumb"),
    };
    decide(asked, world)
}

/// What the environment says about colours.
struct World {
    terminal: bool,
    no_color: bool,
    forced: bool,
    dumb: bool,
}

fn decide(asked: Color, world: World) -> bool {
    match asked {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if world.no_color => false,
        Color::Auto => world.forced || (world.terminal && !world.dumb),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_beats_the_environment_and_no_color_beats_the_terminal() {
        let world = |terminal, no_color, forced, dumb| World { terminal, no_color, forced, dumb };
        assert!(decide(Color::Always, world(false, true, false, true)));
        assert!(!decide(Color::Never, world(true, false, true, false)));
        assert!(!decide(Color::Auto, world(true, true, true, false)));
        assert!(decide(Color::Auto, world(false, false, true, false)));
        assert!(decide(Color::Auto, world(true, false, false, false)));
        assert!(!decide(Color::Auto, world(true, false, false, true)));
        assert!(!decide(Color::Auto, world(false, false, false, false)));
    }

    #[test]
    fn what_is_asked_for_is_the_width() {
        assert_eq!(width(Some(200), true), 200);
        assert_eq!(width(None, false), WIDTH);
    }
}
