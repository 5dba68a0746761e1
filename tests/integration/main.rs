//! The program from outside: what it prints, and how it ends.

mod databases;
mod endings;
mod filters;
mod keeping;
mod killing;
mod reading;
mod schemas;
mod stream;
mod support;
mod trouble;
