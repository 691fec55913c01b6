//! From labelled texts to a classifier: heads are fitted on some rows and judged on others, what
//! suits is chosen by the held-out loss, and the way the heads are read is fitted to those rows.

use super::{
    config::HeadConfig,
    features::{Row, Vocabulary},
    labels::LabelClassifier,
    lbfgs::Limits,
    linear::{Linear, Loss, Shape},
    matrix::Matrix,
    outside::{Outside, Sighting, signals},
    ridge::{Kernel, Prepared},
    sample,
    several::{Seen, Several, best_cut},
    stack::{Opinion, Stack, TopOdds},
};
use models::{Embedding, ngrams::Ngrams};

/// From how many rows on one part of them held out, once, is enough.
const MANY: usize = 4_000;

/// One text, read.
pub(super) struct Text {
    pub(super) ngrams: Ngrams,
    pub(super) embedding: Embedding,
    /// Sorted by nothing: the first is what it is mainly about. None for out of scope.
    pub(super) labels: Vec<usize>,
}

/// Rows to fit on and rows to judge on.
struct Round<'a> {
    vocabulary: Vocabulary,
    fit: Vec<Row>,
    fit_texts: Vec<&'a Text>,
    held: Vec<Row>,
    held_texts: Vec<&'a Text>,
}

/// What heads were fitted on a round's rows.
#[derive(Clone, Default)]
struct Heads {
    linear: Linear,
    /// Yes-or-no, where texts have several labels.
    several: Option<Linear>,
    kernel: Kernel,
}

/// What was chosen.
#[derive(Debug, Clone, Copy)]
struct Choice {
    l2: f32,
    /// Of the yes-or-no heads, if there are any.
    several_l2: Option<f32>,
    gamma: f32,
    ridge: f64,
}

/// The problem as a whole.
pub(super) struct Trainer<'a> {
    pub(super) config: &'a HeadConfig,
    pub(super) n_labels: usize,
    pub(super) dimension: usize,
    /// Whether some text to train on is out of scope: then that is a class too, the last.
    pub(super) has_outside: bool,
    /// Whether some text has several labels.
    pub(super) has_several: bool,
}

impl Trainer<'_> {
    /// Trains on `train`, held out in part if there is no `dev`.
    pub(super) fn run(
        &self,
        train: &[Text],
        dev: &[Text],
        progress: &mut dyn FnMut(f32),
    ) -> LabelClassifier {
        let rounds = self.rounds(train, dev);
        let n_steps = (self.config.l2.len() + self.config.gammas.len()) * rounds.len()
            + if dev.is_empty() { 2 } else { 1 };
        let mut step = 0;
        let mut advance = || {
            step += 1;
            progress((step as f32 / n_steps as f32).min(1.0));
        };
        let mut heads = vec![Heads::default(); rounds.len()];
        let l2 = self.choose_linear(&rounds, &mut heads, &mut advance);
        let (gamma, ridge) = self.choose_kernel(&rounds, &mut heads, &mut advance);
        let several_l2 = self.has_several.then(|| self.choose_several(&rounds, &mut heads));
        let choice = Choice { l2, several_l2, gamma, ridge };
        let mut classifier = self.read(&rounds, &heads);
        advance();
        let (last, heads) = match rounds.into_iter().zip(heads).next() {
            Some(only) if !dev.is_empty() => only,
            _ => {
                let round = self.round(train.iter().collect(), Vec::new());
                let heads = self.fit(&round, choice);
                advance();
                (round, heads)
            }
        };
        classifier.vocabulary = last.vocabulary;
        classifier.linear = heads.linear;
        classifier.kernel = heads.kernel;
        if let (Some(several), Some(linear)) = (&mut classifier.several, heads.several) {
            several.linear = linear;
        }
        tracing::debug!(?choice, stack = ?classifier.stack, "trained heads");
        classifier
    }

    fn rounds<'t>(&self, train: &'t [Text], dev: &'t [Text]) -> Vec<Round<'t>> {
        if !dev.is_empty() {
            return vec![self.round(train.iter().collect(), dev.iter().collect())];
        }
        let classes: Vec<usize> = train.iter().map(|text| self.class(text)).collect();
        let folds = sample::folds(&classes, self.config.n_folds.max(2), self.config.seed);
        let n_rounds = if train.len() >= MANY { 1 } else { self.config.n_folds.max(2) };
        let part = |fold, held: bool| -> Vec<&Text> {
            let of = train.iter().zip(&folds).filter(|(_, f)| (**f == fold) == held);
            of.map(|(text, _)| text).collect()
        };
        (0..n_rounds).map(|fold| self.round(part(fold, false), part(fold, true))).collect()
    }

    fn round<'t>(&self, fit_texts: Vec<&'t Text>, held_texts: Vec<&'t Text>) -> Round<'t> {
        let documents = fit_texts.iter().map(|text| &text.ngrams);
        let vocabulary = Vocabulary::of(documents, self.config.min_documents);
        let row = |text: &&Text| vocabulary.row(&text.ngrams, &text.embedding, self.config);
        let fit = fit_texts.iter().map(row).collect();
        let held = held_texts.iter().map(row).collect();
        Round { vocabulary, fit, fit_texts, held, held_texts }
    }

    /// The main label, or the class after all labels for out of scope.
    fn class(&self, text: &Text) -> usize {
        text.labels.first().copied().unwrap_or(self.n_labels)
    }

    fn n_classes(&self) -> usize {
        self.n_labels + usize::from(self.has_outside)
    }

    fn fit(&self, round: &Round<'_>, choice: Choice) -> Heads {
        let kernel = self.prepare(round, choice.gamma).solve(choice.ridge);
        Heads {
            linear: self.fit_linear(round, choice.l2, None),
            several: choice.several_l2.map(|l2| self.fit_several(round, l2, None)),
            kernel,
        }
    }

    fn fit_linear(&self, round: &Round<'_>, l2: f32, start: Option<&Linear>) -> Linear {
        let classes: Vec<[usize; 1]> = round.fit_texts.iter().map(|t| [self.class(t)]).collect();
        let targets: Vec<&[usize]> = classes.iter().map(<[usize; 1]>::as_slice).collect();
        let rows: Vec<&Row> = round.fit.iter().collect();
        let shape = self.shape(round, self.n_classes(), l2);
        Linear::fit(&rows, &targets, shape, Loss::Softmax, start, &mut |_| {})
    }

    fn fit_several(&self, round: &Round<'_>, l2: f32, start: Option<&Linear>) -> Linear {
        let targets: Vec<&[usize]> =
            round.fit_texts.iter().map(|text| text.labels.as_slice()).collect();
        let rows: Vec<&Row> = round.fit.iter().collect();
        let shape = self.shape(round, self.n_labels, l2);
        Linear::fit(&rows, &targets, shape, Loss::Sigmoid, start, &mut |_| {})
    }

    fn shape(&self, round: &Round<'_>, n_classes: usize, l2: f32) -> Shape {
        Shape {
            n_classes,
            dimension: self.dimension,
            n_ngrams: round.vocabulary.hashes.len(),
            l2,
            limits: Limits {
                max_iterations: self.config.max_iterations,
                tolerance: self.config.tolerance,
            },
        }
    }

    fn prepare(&self, round: &Round<'_>, gamma: f32) -> Prepared {
        let classes: Vec<usize> = round.fit_texts.iter().map(|text| self.class(text)).collect();
        let mut landmarks = sample::spread(&classes, self.config.seed);
        landmarks.truncate(self.config.max_landmarks.max(1));
        let mut targets = Matrix::zeros(round.fit.len(), self.n_classes());
        for (i, text) in round.fit_texts.iter().enumerate() {
            let row = &mut targets.values[i * targets.columns..][..targets.columns];
            text.labels.iter().for_each(|label| row[*label] = 1.0);
            if text.labels.is_empty() && self.has_outside {
                row[self.n_labels] = 1.0;
            }
        }
        let rows: Vec<&Row> = round.fit.iter().collect();
        Prepared::new(&rows, &targets, &classes, &landmarks, gamma)
    }

    /// Fits the linear head with each strength, from the strongest, and keeps the best.
    fn choose_linear(
        &self,
        rounds: &[Round<'_>],
        kept: &mut [Heads],
        advance: &mut dyn FnMut(),
    ) -> f32 {
        let mut best = (f64::INFINITY, self.config.l2.first().copied().unwrap_or(0.1));
        let mut last: Vec<Option<Linear>> = vec![None; rounds.len()];
        for l2 in &self.config.l2 {
            let mut opinions = Vec::new();
            for (round, last) in rounds.iter().zip(&mut last) {
                let linear = self.fit_linear(round, *l2, last.as_ref());
                let scores = round.held.iter().map(|row| linear.scores(row));
                opinions.extend(scores.map(|scores| Opinion {
                    experts: [scores, Vec::new(), Vec::new()],
                    coverage: 0.0,
                }));
                *last = Some(linear);
                advance();
            }
            let loss = self.loss(rounds, &opinions, 0);
            tracing::debug!(l2, loss, "linear head");
            if loss < best.0 {
                best = (loss, *l2);
                for (kept, last) in kept.iter_mut().zip(&last) {
                    kept.linear = last.clone().unwrap_or_default();
                }
            } else {
                break; // the loss has one valley
            }
        }
        best.1
    }

    /// Fits the yes-or-no heads with each strength and keeps those whose F1 is best.
    fn choose_several(&self, rounds: &[Round<'_>], kept: &mut [Heads]) -> f32 {
        let strengths = &self.config.several_l2;
        let mut best = (f32::NEG_INFINITY, strengths.first().copied().unwrap_or(0.1));
        let mut last: Vec<Option<Linear>> = vec![None; rounds.len()];
        for l2 in strengths {
            let mut cells = Vec::new();
            for (round, last) in rounds.iter().zip(&mut last) {
                let linear = self.fit_several(round, *l2, last.as_ref());
                for (row, text) in round.held.iter().zip(&round.held_texts) {
                    let scores = linear.scores(row).into_iter().enumerate();
                    cells.extend(scores.map(|(label, s)| (s, text.labels.contains(&label))));
                }
                *last = Some(linear);
            }
            let (_, f1) = best_cut(cells);
            tracing::debug!(l2, f1, "yes-or-no heads");
            if f1 <= best.0 {
                break;
            }
            best = (f1, *l2);
            for (kept, last) in kept.iter_mut().zip(&last) {
                kept.several.clone_from(last);
            }
        }
        best.1
    }

    fn choose_kernel(
        &self,
        rounds: &[Round<'_>],
        kept: &mut [Heads],
        advance: &mut dyn FnMut(),
    ) -> (f32, f64) {
        let mut best = (f64::INFINITY, 1.0, 0.1);
        for gamma in &self.config.gammas {
            let prepared: Vec<Prepared> = rounds
                .iter()
                .map(|round| {
                    advance();
                    self.prepare(round, *gamma)
                })
                .collect();
            for ridge in &self.config.ridges {
                let kernels: Vec<Kernel> = prepared.iter().map(|p| p.solve(*ridge)).collect();
                let held = rounds.iter().zip(&kernels).flat_map(|(round, kernel)| {
                    round.held.iter().map(|row| kernel.scores(row).scores)
                });
                let opinions: Vec<Opinion> = held
                    .map(|scores| Opinion {
                        experts: [Vec::new(), scores, Vec::new()],
                        coverage: 0.0,
                    })
                    .collect();
                let loss = self.loss(rounds, &opinions, 1);
                tracing::debug!(gamma, ridge, loss, "kernel head");
                if loss < best.0 {
                    best = (loss, *gamma, *ridge);
                    for (kept, kernel) in kept.iter_mut().zip(kernels) {
                        kept.kernel = kernel;
                    }
                }
            }
        }
        (best.1, best.2)
    }

    /// The held-out loss of one head alone, at the scale that suits it best.
    fn loss(&self, rounds: &[Round<'_>], opinions: &[Opinion], expert: usize) -> f64 {
        let texts = rounds.iter().flat_map(|round| &round.held_texts);
        let held: Vec<(&Opinion, usize)> = opinions
            .iter()
            .zip(texts)
            .filter_map(|(opinion, text)| Some((opinion, *text.labels.first()?)))
            .collect();
        // The others have nothing to say.
        let mut padded: Vec<Opinion> = Vec::with_capacity(held.len());
        for (opinion, _) in &held {
            let mut opinion = (*opinion).clone();
            let silent = vec![0.0; self.n_classes()];
            for (i, scores) in opinion.experts.iter_mut().enumerate() {
                if i != expert {
                    scores.clone_from(&silent);
                }
            }
            padded.push(opinion);
        }
        let held: Vec<(&Opinion, usize)> =
            padded.iter().zip(&held).map(|(opinion, (_, truth))| (opinion, *truth)).collect();
        Stack::fit(&held, self.n_labels, std::array::from_fn(|i| i == expert)).1
    }

    /// Fits how the heads are read; the heads themselves are still to be put in.
    fn read(&self, rounds: &[Round<'_>], heads: &[Heads]) -> LabelClassifier {
        let mut classifier = LabelClassifier {
            n_classes: self.n_classes(),
            config: self.config.clone(),
            dimension: self.dimension,
            ..LabelClassifier::default()
        };
        let mut held: Vec<(&Text, Opinion)> = Vec::new();
        let mut yes_or_no: Vec<Vec<f32>> = Vec::new();
        for (round, heads) in rounds.iter().zip(heads) {
            for (row, text) in round.held.iter().zip(&round.held_texts) {
                held.push((*text, opinion(&heads.linear, &heads.kernel, row)));
                yes_or_no.extend(heads.several.as_ref().map(|linear| linear.scores(row)));
            }
        }
        let inside: Vec<(&Opinion, usize)> = held
            .iter()
            .filter_map(|(text, opinion)| Some((opinion, *text.labels.first()?)))
            .collect();
        let (stack, loss) = Stack::fit(&inside, self.n_labels, [true; 3]);
        tracing::debug!(?stack, loss, "stack");
        classifier.stack = stack;
        let mut tops = Vec::with_capacity(inside.len());
        for (opinion, truth) in &inside {
            let ranking = super::labels::ranking(&stack.scores(opinion, self.n_labels));
            tops.extend(ranking.first().map(|(label, p)| (*p, label == truth)));
        }
        classifier.top_odds = TopOdds::fit(&tops);
        let mut above_truth = Vec::with_capacity(inside.len());
        let mut sightings = Vec::with_capacity(held.len());
        for (text, opinion) in &held {
            let stacked = stack.scores(opinion, self.n_classes());
            let truth = text.labels.first().copied();
            let mut ranking = super::labels::ranking(&stacked[..self.n_labels]);
            classifier.top_odds.apply(&mut ranking);
            if let Some(truth) = truth {
                let above = ranking.iter().take_while(|(label, _)| *label != truth);
                above_truth.push(above.map(|(_, p)| p).sum::<f32>());
            }
            sightings.push(Sighting {
                signals: signals(opinion, &stacked, self.n_labels),
                is_outside: truth.is_none(),
                is_right: truth.is_some() && ranking.first().map(|(label, _)| *label) == truth,
            });
        }
        classifier.outside = Outside::fit(&sightings);
        classifier.mass_above = quantile(above_truth, self.config.coverage);
        classifier.several = self.has_several.then(|| {
            let seen: Vec<Seen<'_>> = held
                .iter()
                .zip(yes_or_no)
                .map(|((text, opinion), linear)| Seen { linear, opinion, labels: &text.labels })
                .collect();
            Several::fit(Linear::default(), &seen)
        });
        classifier
    }
}

/// What the heads say of one message.
pub(super) fn opinion(linear: &Linear, kernel: &Kernel, row: &Row) -> Opinion {
    let kernel = kernel.scores(row);
    Opinion { experts: [linear.scores(row), kernel.scores, kernel.nearest], coverage: row.coverage }
}

/// The value that at least `share` of `values` do not exceed, counting the one yet to come as
/// exceeding it: the correction that makes split-conformal coverage hold for few values.
fn quantile(mut values: Vec<f32>, share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let rank = ((values.len() + 1) as f32 * share).ceil() as usize;
    values.get(rank.max(1) - 1).copied().unwrap_or(1.0)
}
