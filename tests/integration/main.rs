//! The program from outside: what it prints, and how it ends.

mod endings;
mod fetching;
mod filters;
mod reading;
mod schemas;
mod server;
mod sources;
mod support;
