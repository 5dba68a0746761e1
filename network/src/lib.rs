//! The networks that read a report: their arithmetic, their encoders and their heads.
//!
//! In: the words of a report with eight small features each, and the file of a trained network. Out: logarithms of the
//! probabilities of cues, names and roles. It does not know what a report is, nor which of the scores win.
//!
//! It is a crate of its own so that it is compiled as one unit and for speed, whatever the program around it is compiled
//! for: the tests read with it too.
//!
//! All large sums are of whole numbers, and the others are taken in an order that the code fixes: a network gives the same
//! bits on every processor.

pub mod features;
pub mod heads;
pub mod matrix;
pub mod network;
pub mod viterbi;
pub mod weights;
pub mod wordpiece;

mod convolution;
mod kernel;
mod transformer;
mod window;
