//! The weights of a network, read from the file that lies in the program.
//!
//! In: a file in the safetensors format. Out: matrices by their names. The files are part of the program, and a test
//! reads each of them whole; so a missing name is an error of the program, not of its input.

use safetensors::{Dtype, SafeTensors};

use super::matrix::{Linear, Matrix, Norm};

/// The tensors of one network.
pub struct Weights<'a>(SafeTensors<'a>);

impl<'a> Weights<'a> {
    /// Reads a file that the program was built with.
    ///
    /// # Panics
    /// Where the file is damaged.
    pub fn new(bytes: &'a [u8]) -> Self {
        Weights(SafeTensors::deserialize(bytes).expect("the network's file is whole"))
    }

    fn tensor(&self, name: &str, dtype: Dtype) -> (&'a [u8], Vec<usize>) {
        let tensor = self.0.tensor(name).unwrap_or_else(|_| panic!("the network has {name}"));
        assert_eq!(tensor.dtype(), dtype, "{name}");
        (tensor.data(), tensor.shape().to_vec())
    }

    /// A tensor of 32-bit floating-point numbers.
    pub fn floats(&self, name: &str) -> Vec<f32> {
        let (bytes, _) = self.tensor(name, Dtype::F32);
        bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
    }

    /// A tensor of 8-bit integers, and the numbers in a row of it.
    fn integers(&self, name: &str) -> (Vec<i8>, usize) {
        let (bytes, shape) = self.tensor(name, Dtype::I8);
        (bytes.iter().map(|byte| *byte as i8).collect(), shape.last().copied().unwrap_or_default())
    }

    /// A table of floating-point rows.
    pub fn matrix(&self, name: &str) -> Matrix {
        let (_, shape) = self.tensor(name, Dtype::F32);
        Matrix { values: self.floats(name), width: shape.last().copied().unwrap_or_default() }
    }

    /// The linear map `name`: `name.weight` (8 bits), `name.scale`, `name.bias`.
    pub fn linear(&self, name: &str) -> Linear {
        let (weights, _) = self.integers(&format!("{name}.weight"));
        Linear::new(&weights, self.floats(&format!("{name}.scale")), self.floats(&format!("{name}.bias")))
    }

    /// The normalisation `name`: `name.weight` and `name.bias`.
    pub fn norm(&self, name: &str) -> Norm {
        Norm { gain: self.floats(&format!("{name}.weight")), shift: self.floats(&format!("{name}.bias")) }
    }

    /// The table `name`: `name.weight` (8 bits) and a scale for each row.
    pub fn table(&self, name: &str) -> Table {
        let (values, width) = self.integers(&format!("{name}.weight"));
        Table { values, width, scales: self.floats(&format!("{name}.scale")) }
    }

    /// Whether a tensor of that name is there.
    pub fn has(&self, name: &str) -> bool {
        self.0.tensor(name).is_ok()
    }
}

/// A table of rows of 8-bit numbers with a scale for each row.
pub struct Table {
    values: Vec<i8>,
    width: usize,
    scales: Vec<f32>,
}

impl Table {
    /// The numbers in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.scales.len()
    }

    /// Adds the row at `index` to `row`; an index beyond the table adds nothing.
    pub fn add_to(&self, index: usize, row: &mut [f32]) {
        let Some(scale) = self.scales.get(index) else { return };
        let values = &self.values[index * self.width..(index + 1) * self.width];
        row.iter_mut().zip(values).for_each(|(sum, value)| *sum += f32::from(*value) * scale);
    }
}
