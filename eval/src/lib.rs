//! Measures Rashomon on public data and keeps its quality from falling.
//!
//! In: the library and folders of annotated data, which stay outside the repository. Out: figures, printed,
//! written as JSON, held to floors and set into the README. It does not know how the layers are made.

pub mod attributions;
pub mod baseline;
pub mod claims;
pub mod copies;
pub mod coreference;
pub mod corpus;
pub mod entities;
pub mod events;
pub mod extraction;
pub mod features;
pub mod figures;
pub mod gate;
pub mod gum;
pub mod idf;
pub mod lines;
pub mod logistic;
pub mod pairs;
pub mod processor;
pub mod quotations;
pub mod readme;
pub mod record;
pub mod speakers;
pub mod speed;
pub mod splitmix;
pub mod stories;
pub mod tagger;
pub mod times;
