//! What search engines are told of the site as a whole: `robots.txt` and the site map (sitemaps.org protocol 0.9).

use std::fmt::Write as _;

use entity::entry::{EntryKind, THERAPIES};
use sea_orm::ConnectionTrait;

use crate::{
    error::{Error, Result},
    publishing,
};

/// Entries in one file, at the most: with the list of therapies, as many addresses as it may have (sitemaps.org).
const MOST_ENTRIES: u64 = 50_000 - 1;

const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// What robots are asked to leave alone, and where the site map is. `base` is the site's address without a slash.
pub fn robots(base: &str) -> String {
    format!("User-agent: *\nDisallow: /admin\nSitemap: {base}/sitemap.xml\n")
}

/// `/sitemap.xml`: every address that may be listed, or the list of the files that hold them.
pub async fn index(db: &impl ConnectionTrait, base: &str) -> Result<String> {
    let files = publishing::count_indexed(db).await?.div_ceil(MOST_ENTRIES);
    if files <= 1 {
        return addresses(db, base, 0).await;
    }
    let mut text = begin("sitemapindex");
    for file in 1..=files {
        writeln!(text, "<sitemap><loc>{base}/sitemap-{file}.xml</loc></sitemap>").map_err(Error::internal)?;
    }
    text.push_str("</sitemapindex>\n");
    Ok(text)
}

/// `/sitemap-2.xml`, where there are so many addresses; none for a file that is not.
pub async fn part(db: &impl ConnectionTrait, base: &str, path: &str) -> Result<Option<String>> {
    let number = path.strip_prefix("/sitemap-").and_then(|rest| rest.strip_suffix(".xml"));
    let number: Option<u64> = number.filter(|it| !it.starts_with(['+', '0'])).and_then(|it| it.parse().ok());
    let files = publishing::count_indexed(db).await?.div_ceil(MOST_ENTRIES);
    match number {
        Some(number) if files > 1 && (1..=files).contains(&number) => {
            Ok(Some(addresses(db, base, (number - 1) * MOST_ENTRIES).await?))
        }
        _ => Ok(None),
    }
}

async fn addresses(db: &impl ConnectionTrait, base: &str, skip: u64) -> Result<String> {
    let rows = publishing::list_indexed(db, skip, MOST_ENTRIES).await?;
    let mut text = begin("urlset");
    // Their list is no entry, but an address like theirs.
    if rows.iter().any(|row| row.kind == EntryKind::Therapy) {
        writeln!(text, "<url><loc>{base}{THERAPIES}</loc></url>").map_err(Error::internal)?;
    }
    for row in rows {
        let changed = row.published_at.unwrap_or(row.updated_at).format("%Y-%m-%d");
        // A path is made of slugs: letters, digits and hyphens need no escape.
        writeln!(text, "<url><loc>{base}{}</loc><lastmod>{changed}</lastmod></url>", row.path)
            .map_err(Error::internal)?;
    }
    text.push_str("</urlset>\n");
    Ok(text)
}

fn begin(element: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{element} xmlns=\"{SPACE}\">\n")
}
