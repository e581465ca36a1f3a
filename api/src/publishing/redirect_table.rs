//! Redirects as a table: a line each, as spreadsheets and other systems write them.

use entity::problem::ProblemCode;

use super::RedirectChange;
use crate::error::{Error, Result};

/// Lines of one table, at the most.
const MOST_LINES: usize = 5_000;

/// The lines of a table, each a change or what is wrong with it.
pub(super) fn read_lines(text: &str) -> Result<Vec<(u64, Result<RedirectChange, String>)>> {
    let problem = |code, message: String| Error::problem(code, ["csv"], message);
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = [b'\t', b';', b','].into_iter().find(|it| first.as_bytes().contains(it));
    let Some(delimiter) = delimiter else {
        let message = "Each line holds an old address and where it leads, with a comma, a semicolon or a tab between.";
        return Err(problem(ProblemCode::Invalid, message.to_owned()));
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for (place, record) in reader.records().enumerate() {
        let record = record.map_err(|cause| problem(ProblemCode::Invalid, format!("This is no table: {cause}.")))?;
        let line = record.position().map_or(0, |at| line_of(text, at));
        let cell = |number: usize| record.get(number).unwrap_or_default();
        let heads = place == 0 && !cell(0).contains('/');
        if heads || record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() == MOST_LINES {
            let message = format!("This table has more than {MOST_LINES} lines. Import it in parts.");
            return Err(problem(ProblemCode::TooLarge, message));
        }
        let status = match cell(2) {
            "" => Ok(301),
            text => text.parse().map_err(|_| "A redirect is 301, for good, or 302, for now.".to_owned()),
        };
        let change =
            status.map(|status| RedirectChange { from: cell(0).to_owned(), target: cell(1).to_owned(), status });
        lines.push((line, change));
    }
    if lines.is_empty() {
        return Err(problem(ProblemCode::Required, "There is no line in it.".to_owned()));
    }
    Ok(lines)
}

/// The line a record stands on: the reader counts from before the empty lines that it passed over.
fn line_of(text: &str, at: &csv::Position) -> u64 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let passed = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n');
    at.line() + passed.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let read = read_lines(text).expect("a table");
        read.into_iter()
            .map(|(line, change)| match change {
                Ok(it) => format!("{line}: {} → {} ({})", it.from, it.target, it.status),
                Err(message) => format!("{line}: {message}"),
            })
            .collect()
    }

    #[test]
    fn a_table_is_read_whatever_stands_between_its_cells() {
        assert_eq!(
            lines("\u{feff}Source,Target,Code\n/a,/b\n\n\"/c,d\" , /e ,302\n"),
            ["2: /a → /b (301)", "4: /c,d → /e (302)"]
        );
        assert_eq!(lines("/a;https://x.org/a,b\r\n/c;/d;307"), ["1: /a → https://x.org/a,b (301)", "2: /c → /d (307)"]);
        assert_eq!(lines("/a\t/b\tx"), ["1: A redirect is 301, for good, or 302, for now."]);
        assert!(read_lines("").is_err() && read_lines("words").is_err() && read_lines("from,to\n").is_err());
    }
}
