//! The program from outside: what it prints, and how it ends.

mod endings;
mod filters;
mod reading;
mod schemas;
mod support;
