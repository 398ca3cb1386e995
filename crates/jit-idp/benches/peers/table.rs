//! The table: medians, and ratios round by round.

/// One subject and its time in each round, in seconds.
pub(crate) struct Row {
    name: &'static str,
    times: Vec<f64>,
}

impl Row {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            times: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, seconds: f64) {
        self.times.push(seconds);
    }

    /// The median of the ratios of each round, so that a slow round does not count more than any other.
    fn ratio(&self, to: &Self) -> f64 {
        let ratios = self.times.iter().zip(&to.times);
        median(ratios.map(|(this, that)| this / that).collect())
    }
}

/// Prints the rows in Markdown: the first is the bare operation, the second the verifier.
pub(crate) fn print(rows: &[Row]) {
    println!("| what | microseconds | a second | to the bare signature | to `saml::verify` |");
    println!("|---|---|---|---|---|");
    for row in rows {
        let time = median(row.times.clone());
        println!(
            "| {} | {:.1} | {:.0} | {:.2} | {:.2} |",
            row.name,
            time * 1e6,
            1.0 / time,
            row.ratio(&rows[0]),
            row.ratio(&rows[1]),
        );
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
