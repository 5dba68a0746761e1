//! Logistic regression.
//!
//! In: examples, each of as many numbers, and whether each is right. Out: a weight for each number and a constant, the ones
//! of the highest likelihood less a penalty on large weights. It does not know what the numbers mean; nothing is left to
//! chance.

/// Newton's method has long converged after so many steps.
const STEPS: usize = 12;

/// The weights of the numbers in `examples`, the constant last. `penalty` is what a weight costs, by its square, where its number has
/// unit variance.
pub fn learn(examples: &[(Vec<f64>, bool)], penalty: f64) -> Vec<f64> {
    learn_weighted(examples, &vec![1.0; examples.len()], penalty)
}

/// The same where each example counts as much as `counts` says.
pub fn learn_weighted(examples: &[(Vec<f64>, bool)], counts: &[f64], penalty: f64) -> Vec<f64> {
    let width = examples.first().map_or(0, |(numbers, _)| numbers.len());
    let scales: Vec<(f64, f64)> = (0..width).map(|n| scale(examples, n)).collect();
    let scaled: Vec<(Vec<f64>, f64)> = examples
        .iter()
        .map(|(numbers, right)| {
            let row = numbers.iter().zip(&scales).map(|(x, (mean, spread))| (x - mean) / spread);
            (row.chain([1.0]).collect(), f64::from(u8::from(*right)))
        })
        .collect();
    let mut weights = vec![0.0; width + 1];
    for _ in 0..STEPS {
        let step = step(&scaled, counts, &weights, penalty);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    let constant = weights.pop().unwrap_or_default();
    let shift: f64 = weights.iter().zip(&scales).map(|(w, (mean, spread))| w * mean / spread).sum();
    let raw = weights.iter().zip(&scales).map(|(w, (_, spread))| w / spread);
    raw.chain([constant - shift]).collect()
}

/// The mean and the standard deviation of number `n`.
fn scale(examples: &[(Vec<f64>, bool)], n: usize) -> (f64, f64) {
    let count = examples.len() as f64;
    let mean = examples.iter().map(|(numbers, _)| numbers[n]).sum::<f64>() / count;
    let variance = examples.iter().map(|(numbers, _)| (numbers[n] - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt().max(1e-9))
}

/// One step of Newton's: the slope through the curvature.
fn step(examples: &[(Vec<f64>, f64)], counts: &[f64], weights: &[f64], penalty: f64) -> Vec<f64> {
    let width = weights.len();
    let mut slope = vec![0.0; width];
    let mut curve = vec![vec![0.0; width]; width];
    for ((row, right), count) in examples.iter().zip(counts) {
        let score: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
        let p = 1.0 / (1.0 + (-score).exp());
        for (i, x) in row.iter().enumerate() {
            slope[i] += count * x * (p - right);
            // Where all is sure the curvature vanishes, and a step would have no length.
            let bent = count * x * (p * (1.0 - p)).max(1e-9);
            curve[i].iter_mut().zip(row).for_each(|(sum, y)| *sum += bent * y);
        }
    }
    for i in 0..width - 1 {
        slope[i] += penalty * weights[i];
        curve[i][i] += penalty;
    }
    solve(curve, slope)
}

/// The solution of a symmetric, positive definite system, by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        let pivot = matrix[i].clone();
        for j in i + 1..n {
            let factor = matrix[j][i] / pivot[i];
            matrix[j].iter_mut().zip(&pivot).skip(i).for_each(|(x, p)| *x -= factor * p);
            right[j] -= factor * right[i];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| matrix[i][j] * right[j]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let solved = solve(vec![vec![4.0, 1.0], vec![1.0, 3.0]], vec![6.0, 7.0]);
        assert!((solved[0] - 1.0).abs() < 1e-12 && (solved[1] - 2.0).abs() < 1e-12, "{solved:?}");
    }

    #[test]
    fn what_counts_twice_is_as_if_it_stood_there_twice() {
        let examples = [(vec![0.0], false), (vec![1.0], true), (vec![1.0], false)];
        let twice: Vec<_> =
            examples.iter().cloned().chain([examples[1].clone(), examples[0].clone()]).collect();
        let (counted, written) = (learn_weighted(&examples, &[2.0, 2.0, 1.0], 0.0), learn(&twice, 0.0));
        assert!(counted.iter().zip(&written).all(|(x, y)| (x - y).abs() < 1e-6), "{counted:?} {written:?}");
    }

    #[test]
    fn the_number_that_decides_is_learnt() {
        let example = |n: u8| {
            let (decides, other) = (f64::from(n % 2), f64::from(n / 2 % 2));
            (vec![decides, other], decides > 0.5)
        };
        let examples: Vec<(Vec<f64>, bool)> = (0..100).map(example).collect();
        let weights = learn(&examples, 1.0);
        assert!(weights[0] > 3.0 && weights[1].abs() < 1e-6, "{weights:?}");
        let score = |x: f64| weights[2] + weights[0] * x;
        assert!(score(1.0) > 1.0 && score(0.0) < -1.0);
    }
}
