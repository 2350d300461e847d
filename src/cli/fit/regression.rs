//! Logistic regression of few weights, each held to its sign and drawn to what an editor thought of it.

/// What was seen on one labelled listing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Example {
    /// Whether it is a copy.
    pub copy: bool,
    /// How much the example counts.
    pub mass: f64,
    /// Which weights apply, and how strongly.
    pub seen: Vec<(usize, f64)>,
}

/// A weight before anything was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Belief {
    /// What it is taken to be, in log-odds. Its sign is kept.
    pub mean: f64,
    /// How much measurement is asked for to move it: log-loss for each squared unit of log-odds.
    pub firmness: f64,
}

/// The weights of least log-loss, penalised for leaving what was believed. Projected gradient descent: the loss is convex.
pub(super) fn fit(examples: &[Example], prior: f64, beliefs: &[Belief]) -> Vec<f64> {
    const STEPS: usize = 800;
    let mut weights: Vec<f64> = beliefs.iter().map(|belief| belief.mean).collect();
    // No step is longer than the curvature allows: a quarter of the squared strengths, and the penalty.
    let curvature = |at: usize| {
        let seen = examples.iter().map(|e| {
            let all: f64 = e.seen.iter().map(|(_, strength)| strength.abs()).sum();
            e.seen.iter().filter(|(to, _)| *to == at).map(|(_, strength)| e.mass * strength.abs() * all / 4.0).sum::<f64>()
        });
        seen.sum::<f64>() + 2.0 * beliefs[at].firmness
    };
    let curvatures: Vec<f64> = (0..beliefs.len()).map(curvature).collect();
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = beliefs.iter().zip(&weights).map(|(b, w)| 2.0 * b.firmness * (w - b.mean)).collect();
        for example in examples {
            let error = likelihood(example, prior, &weights) - f64::from(u8::from(example.copy));
            example.seen.iter().for_each(|(at, strength)| gradient[*at] += example.mass * error * strength);
        }
        let mut moved = 0.0_f64;
        for (at, belief) in beliefs.iter().enumerate() {
            if curvatures[at] > 0.0 {
                let next = weights[at] - gradient[at] / curvatures[at];
                let next = if belief.mean < 0.0 { next.min(0.0) } else { next.max(0.0) };
                moved = moved.max((next - weights[at]).abs());
                weights[at] = next;
            }
        }
        if moved < 1e-5 {
            break;
        }
    }
    weights
}

/// Mean log-loss of the examples.
pub(super) fn loss(examples: &[Example], prior: f64, weights: &[f64]) -> f64 {
    let mass: f64 = examples.iter().map(|e| e.mass).sum();
    let one = |e: &Example| {
        let p = likelihood(e, prior, weights).clamp(1e-12, 1.0 - 1e-12);
        -e.mass * if e.copy { p.ln() } else { (1.0 - p).ln() }
    };
    if mass > 0.0 { examples.iter().map(one).sum::<f64>() / mass } else { 0.0 }
}

/// How likely the weights take an example to be a copy.
fn likelihood(example: &Example, prior: f64, weights: &[f64]) -> f64 {
    let sum = prior + example.seen.iter().map(|(at, strength)| weights[*at] * strength).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(copies: u32, genuine: u32, at: usize) -> Vec<Example> {
        let example = |copy, mass| Example { copy, mass, seen: vec![(at, 1.0)] };
        vec![example(true, f64::from(copies)), example(false, f64::from(genuine))]
    }

    #[test]
    fn without_beliefs_the_odds_are_those_of_the_examples() {
        let weights = fit(&examples(30, 10, 0), -1.0, &[Belief { mean: 1.0, firmness: 0.0 }]);
        assert!((weights[0] - (3.0_f64.ln() + 1.0)).abs() < 1e-3, "{weights:?}");
    }

    #[test]
    fn a_weight_keeps_its_sign() {
        let beliefs = [Belief { mean: 1.0, firmness: 0.0 }, Belief { mean: -1.0, firmness: 0.0 }];
        let all = [examples(1, 100, 0), examples(100, 1, 1)].concat();
        assert_eq!(fit(&all, 0.0, &beliefs), [0.0, 0.0]);
    }

    #[test]
    fn what_was_never_seen_stays_as_it_was_believed() {
        let beliefs = [Belief { mean: 2.0, firmness: 1.0 }, Belief { mean: -4.0, firmness: 1.0 }];
        let weights = fit(&examples(30, 10, 0), -1.0, &beliefs);
        assert!((weights[1] + 4.0).abs() < 1e-9 && (weights[0] - 2.0).abs() < 0.5, "{weights:?}");
    }

    #[test]
    fn a_better_fit_has_the_smaller_loss() {
        let all = examples(30, 10, 0);
        assert!(loss(&all, 0.0, &[3.0_f64.ln()]) < loss(&all, 0.0, &[0.0]));
    }
}
