//! Seeded choices: which rows are held out in turn, which stand for the rest.

/// A stream of numbers that look random and are the same every time (splitmix64).
#[derive(Debug, Clone)]
pub(super) struct Shuffler(u64);

impl Shuffler {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut hash = self.0;
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^ (hash >> 31)
    }

    /// Puts `items` into another order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            // The bias of the remainder is below one in 2^40 here.
            let other = usize::try_from(self.next() % (i as u64 + 1)).unwrap_or(0);
            items.swap(i, other);
        }
    }
}

/// All rows, those of a class spread evenly: any stretch of the result has every class in about
/// its share.
pub(super) fn spread(classes: &[usize], seed: u64) -> Vec<usize> {
    let n_classes = classes.iter().max().map_or(0, |most| most + 1);
    let mut of_class = vec![Vec::new(); n_classes];
    for (row, class) in classes.iter().enumerate() {
        of_class[*class].push(row);
    }
    let mut shuffler = Shuffler::new(seed);
    let mut placed: Vec<(f64, usize)> = Vec::with_capacity(classes.len());
    for rows in &mut of_class {
        shuffler.shuffle(rows);
        let n = rows.len() as f64;
        placed.extend(rows.iter().enumerate().map(|(i, row)| ((i as f64 + 0.5) / n, *row)));
    }
    // Classes of one size tie everywhere; the shuffled rank keeps them from marching in step.
    let mut order: Vec<usize> = (0..placed.len()).collect();
    shuffler.shuffle(&mut order);
    let mut ranked: Vec<(f64, usize, usize)> =
        placed.iter().zip(order).map(|((place, row), rank)| (*place, rank, *row)).collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    ranked.into_iter().map(|(_, _, row)| row).collect()
}

/// Which of `n_folds` parts each row belongs to; the rows of a class go round.
pub(super) fn folds(classes: &[usize], n_folds: usize, seed: u64) -> Vec<usize> {
    let n_classes = classes.iter().max().map_or(0, |most| most + 1);
    let mut of_class = vec![Vec::new(); n_classes];
    for (row, class) in classes.iter().enumerate() {
        of_class[*class].push(row);
    }
    let mut shuffler = Shuffler::new(seed);
    let mut folds = vec![0; classes.len()];
    let mut turn = 0;
    for rows in &mut of_class {
        shuffler.shuffle(rows);
        for row in rows {
            folds[*row] = turn % n_folds;
            turn += 1;
        }
    }
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_spread_and_nothing_is_lost() {
        let classes: Vec<usize> = (0..100).map(|i| usize::from(i % 10 == 0)).collect();
        let order = spread(&classes, 7);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..100).collect::<Vec<_>>());
        let rare = |rows: &[usize]| rows.iter().filter(|row| classes[**row] == 1).count();
        assert!((4..=6).contains(&rare(&order[..50])), "{}", rare(&order[..50]));
        assert_eq!(order, spread(&classes, 7));
        assert_ne!(order, spread(&classes, 8));

        let folds = folds(&classes, 5, 7);
        for fold in 0..5 {
            let of: Vec<usize> = (0..100).filter(|row| folds[*row] == fold).collect();
            assert_eq!((of.len(), rare(&of)), (20, 2));
        }
    }
}
