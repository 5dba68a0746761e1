//! The program from outside: what it prints, and how it ends.

mod databases;
mod endings;
mod fetching;
mod filters;
mod keeping;
mod killing;
mod reading;
mod schemas;
mod server;
mod sources;
mod stopping;
mod stream;
mod support;
mod trouble;
mod watching;
