//! Order statistics of measured values.

/// Values in ascending order.
#[derive(Clone, Debug, Default)]
pub struct Sorted(Vec<f64>);

impl Sorted {
    /// Sorts `values`; a NaN is greater than every number.
    pub fn new(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The values in ascending order.
    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value that `share` of all values are below: the one of rank `share * len`, at most the last. NaN without values.
    pub fn above(&self, share: f64) -> f64 {
        self.rank((share * self.0.len() as f64) as usize)
    }

    /// The value nearest to `share` of the way from the first to the last. NaN without values.
    pub fn nearest(&self, share: f64) -> f64 {
        self.rank((share * self.last() as f64).round() as usize)
    }

    /// The value at or before `share` of the way from the first to the last. NaN without values.
    pub fn before(&self, share: f64) -> f64 {
        self.rank((share * self.last() as f64) as usize)
    }

    /// The middle value, or the mean of the two middle ones. NaN without values.
    pub fn median(&self) -> f64 {
        f64::midpoint(self.rank(self.last() / 2), self.rank(self.0.len() / 2))
    }

    fn last(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    fn rank(&self, rank: usize) -> f64 {
        self.0.get(rank.min(self.last())).copied().unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_as_documented() {
        let four = Sorted::new([4.0, 1.0, 3.0, 2.0]);
        assert_eq!([four.above(0.0), four.above(0.5), four.above(1.0)], [1.0, 3.0, 4.0]);
        assert_eq!([four.nearest(0.5), four.before(0.5), four.median()], [3.0, 2.0, 2.5]);
        assert!(Sorted::default().median().is_nan() && Sorted::default().above(0.5).is_nan());
        assert_eq!(Sorted::new([7.0]).median(), 7.0);
    }
}
