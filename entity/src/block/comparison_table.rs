//! Things side by side, with row and column headers.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines};
use crate::problem::{ProblemCode, Problems};

/// Things side by side: a header for each row and each column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ComparisonTableBlock", input_name = "ComparisonTableBlockInput", complex)]
#[schemars(extend("x-widget" = "table"))]
pub struct ComparisonTable {
    /// Stable within the document.
    pub key: String,
    /// What is compared; screen readers announce it first.
    #[schemars(title = "Caption", extend("x-widget" = "line"))]
    pub caption: String,
    /// The heading of each column, that of the row headers first; 2 to 8.
    #[schemars(title = "Columns", extend("x-widget" = "list"))]
    pub columns: Vec<String>,
    /// At most 60 rows, each with a cell for every column but the first.
    #[schemars(title = "Rows", extend("x-widget" = "list"))]
    pub rows: Vec<ComparisonRow>,
}

/// One row of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "ComparisonRowInput")]
pub struct ComparisonRow {
    /// What the row compares.
    #[schemars(title = "Row heading", extend("x-widget" = "line"))]
    pub header: String,
    /// A cell for every column but the first.
    #[schemars(title = "Cells", extend("x-widget" = "list"))]
    pub cells: Vec<String>,
}

#[ComplexObject]
impl ComparisonTable {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for ComparisonTable {
    const TITLE: &'static str = "Comparison table";
    const DESCRIPTION: &'static str = "Two or more things side by side, row by row.";
    const ICON: &'static str = "table";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("caption", &self.caption, 200);
        problems.count("rows", self.rows.len(), 60);
        problems.at_most("columns", self.columns.len(), 8);
        if self.columns.len() < 2 {
            problems.missing("columns", "A comparison needs at least two columns.");
        }
        problems.within("columns", |problems| {
            for (place, column) in self.columns.iter().enumerate() {
                // The corner above the row headers may stay empty.
                match place {
                    0 => problems.optional_text("0", column, 80),
                    _ => problems.text(&place.to_string(), column, 80),
                }
            }
        });
        let cells = self.columns.len().saturating_sub(1);
        problems.within("rows", |problems| {
            for (place, row) in self.rows.iter().enumerate() {
                problems.within(place, |problems| row.validate(cells, problems));
            }
        });
    }

    fn plain_text(&self) -> String {
        let rows = self.rows.iter().map(|row| format!("{}: {}", row.header, row.cells.join("; ")).into());
        lines(std::iter::once(self.caption.as_str().into()).chain(rows))
    }

    fn draw(&self, _: &Render<'_>) -> Markup {
        html! {
            div id=(self.key) class="block block-table" {
                section class="table-scroll" aria-label=(self.caption) tabindex="0" {
                    table {
                        caption { (self.caption) }
                        thead { tr { @for column in &self.columns {
                            @if column.is_empty() { td {} } @else { th scope="col" { (column) } }
                        } } }
                        tbody {
                            @for row in &self.rows {
                                tr {
                                    th scope="row" { (row.header) }
                                    @for cell in &row.cells { td { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl ComparisonRow {
    fn validate(&self, cells: usize, problems: &mut Problems) {
        problems.text("header", &self.header, 160);
        if self.cells.len() != cells {
            let message =
                format!("Give this row {cells} cells, one for each column but the first; it has {}.", self.cells.len());
            problems.add("cells", ProblemCode::Invalid, message);
        }
        problems.within("cells", |problems| {
            for (place, cell) in self.cells.iter().enumerate() {
                problems.optional_text(&place.to_string(), cell, 600);
                let words = cell.split_whitespace().count();
                if words > 25 {
                    problems.warn(place, format!("A cell of {words} words is hard to read in a table. Aim for 12."));
                }
            }
        });
    }
}
