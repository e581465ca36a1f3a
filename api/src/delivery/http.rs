//! The reference site over HTTP.

use std::sync::Arc;

use chrono::Utc;
use entity::{entry::THERAPIES, redirect};
use maud::Markup;
use poem::{
    Body, Endpoint, Request, Response,
    http::{HeaderValue, Method, StatusCode, header},
};

use super::{
    Forms, Pages, Previews, Visit,
    drawn::Drawn,
    layout::{Frame, Layout},
    route,
    site::{self, PlacedForm},
    sitemap,
};
use crate::{
    answer::{SHARED, is_known, method_not_allowed},
    db::Db,
    error::{Error, Result},
    generation,
    published::Published,
    publishing::{self, Audience},
    therapies::therapy::{self, TherapyFilter, TherapyOrder},
};

/// The site at `/`: any path is looked up among what is public.
pub struct Site {
    /// Where content is.
    pub db: Db,
    /// How the site is reached from outside: `https://www.example.org`.
    pub public_url: String,
    /// How forms are drawn.
    pub forms: Arc<Forms>,
    /// Draws drafts for those who have a link.
    pub previews: Previews,
    /// The generation of what is public.
    pub generation: generation::Known,
    /// What is public.
    pub published: Published,
    /// Pages that were drawn.
    pub pages: Pages,
}

/// About what the frame takes of memory.
const FRAME_BYTES: usize = 8 * 1_024;
/// For pages with a form, which has a script of ours and what that has working; otherwise as every page.
const FORM_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);
const STYLE: &str = include_str!("site.css");
const ICON: &str = include_str!("favicon.svg");

impl Endpoint for Site {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(method_not_allowed("GET, HEAD"));
        }
        let answer = match request.uri().path() {
            "/assets/site.css" => return Ok(asset("text/css; charset=utf-8", STYLE)),
            "/assets/favicon.svg" => return Ok(asset("image/svg+xml", ICON)),
            "/robots.txt" => {
                Ok(Response::builder().content_type("text/plain; charset=utf-8").body(sitemap::robots(self.base())))
            }
            "/sitemap.xml" => sitemap::index(self.db.reader(), self.base()).await.map(xml),
            path if path.starts_with("/sitemap-") => match sitemap::part(self.db.reader(), self.base(), path).await {
                Ok(Some(part)) => Ok(xml(part)),
                Ok(None) => self.page(path, &request).await,
                Err(error) => Err(error),
            },
            "/preview" => self.preview(&request).await,
            path => self.page(path, &request).await,
        };
        Ok(answer.unwrap_or_else(|error| failed(&error)))
    }
}

impl Site {
    async fn page(&self, path: &str, request: &Request) -> Result<Response> {
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        // One spelling of each address: a form drawn at it is judged by it when it comes back.
        let Some(path) = publishing::normalise(&path) else { return self.not_found().await };
        let generation = self.generation.get().await;
        let draw = async { self.draw(&path, generation).await.map(Arc::new) };
        let found = match generation {
            Some(generation) => self.pages.get_or_draw(generation, &path, draw).await,
            None => draw.await.map_err(Arc::new),
        };
        match found.as_ref().map_err(Arc::as_ref) {
            Ok(drawn) => Ok(self.send(drawn, request)),
            Err(NoPage::Redirect(redirect, target)) => {
                let status = u16::try_from(redirect.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
                // What came along (a campaign's `utm_…`) goes along, where it stays here.
                let query = request.uri().query().filter(|_| target.starts_with('/') && !target.contains(['?', '#']));
                let target = query.map_or_else(|| target.clone(), |query| format!("{target}?{query}"));
                let response = Response::builder().status(status.unwrap_or(StatusCode::MOVED_PERMANENTLY));
                // A browser that kept it for good would go in circles once the page is moved back.
                Ok(response.header(header::LOCATION, target).header(header::CACHE_CONTROL, SHARED).finish())
            }
            Err(NoPage::Nothing) => self.not_found().await,
            Err(NoPage::Failed(error)) => Ok(failed(error)),
        }
    }

    async fn draw(&self, path: &str, generation: Option<u64>) -> std::result::Result<Drawn, NoPage> {
        let db = self.db.reader();
        let view = self.published.at(generation);
        let found = route::find(db, path, None).await?;
        let forms = self.forms.load().await?;
        let form = |form: &PlacedForm| forms.draw_with_slot(form, path);
        let drawing = async || {
            let frame = view.once("frame", |_| FRAME_BYTES, Frame::load(db, &self.public_url)).await?;
            Ok::<_, Error>(site::Drawing { frame, audience: Audience::Public, form: &form, note: None })
        };
        let markup = match found {
            Some(route::Route::Page(live)) => site::draw_page(db, drawing().await?, &live).await?,
            Some(route::Route::Therapy(live)) => site::draw_therapy(db, drawing().await?, &live).await?,
            Some(route::Route::Redirect(redirect, target)) => return Err(NoPage::Redirect(redirect, target)),
            None if path == THERAPIES => {
                let therapies =
                    therapy::list_live(db, &TherapyFilter::default(), TherapyOrder::default(), None, 100).await?;
                site::draw_therapies(&Layout::load(db, &self.public_url).await?, &therapies)
            }
            None => return Err(NoPage::Nothing),
        };
        Ok(Drawn::new(path, markup))
    }

    /// What has a form is made for this visit, so nobody stores it; the rest may be stored, and asked for by its name.
    fn send(&self, drawn: &Drawn, request: &Request) -> Response {
        let Some((whole, etag)) = drawn.shared() else {
            return with_form(html(StatusCode::OK, drawn.filled(&self.forms, &visit_of(drawn.path(), request))));
        };
        let Ok(etag) = HeaderValue::from_str(etag) else { return html(StatusCode::OK, whole.clone()) };
        let mut response = if is_known(request.headers(), &etag) {
            Response::from(StatusCode::NOT_MODIFIED)
        } else {
            html(StatusCode::OK, whole.clone())
        };
        response.headers_mut().insert(header::ETAG, etag);
        response.headers_mut().insert(header::CACHE_CONTROL, SHARED);
        response
    }

    async fn not_found(&self) -> Result<Response> {
        let layout = Layout::load(self.db.reader(), &self.public_url).await?;
        Ok(document(StatusCode::NOT_FOUND, site::draw_not_found(&layout)))
    }

    /// A draft, for whoever has a link to it. The token is in the query, which no log keeps.
    async fn preview(&self, request: &Request) -> Result<Response> {
        let db = self.db.reader();
        let query = request.uri().query().unwrap_or_default();
        let token = query.split('&').find_map(|pair| pair.strip_prefix("token=")).unwrap_or_default();
        let drawn = match self.previews.open(token, Utc::now()) {
            Some(shared) => self.previews.draw_shared(db, shared).await?,
            None => None,
        };
        let mut response = match drawn {
            Some(markup) => document(StatusCode::OK, markup),
            None => {
                let layout = Layout::load(db, &self.public_url).await?;
                document(StatusCode::NOT_FOUND, site::draw_no_preview(&layout))
            }
        };
        response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
        Ok(response)
    }

    fn base(&self) -> &str {
        self.public_url.trim_end_matches('/')
    }
}

/// How a visitor came to the page at `path`.
pub fn visit_of<'a>(path: &'a str, request: &'a Request) -> Visit<'a> {
    let referrer = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok());
    Visit { path, query: request.uri().query().unwrap_or_default(), referrer }
}

fn xml(text: String) -> Response {
    Response::builder().content_type("application/xml; charset=utf-8").body(text)
}

/// What is at a path, where no page is.
enum NoPage {
    Redirect(redirect::Model, String),
    Nothing,
    Failed(Error),
}

impl From<Error> for NoPage {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// A whole page that nobody stores.
pub fn document(status: StatusCode, markup: Markup) -> Response {
    html(status, markup.into_string())
}

/// The same, with a form on it.
pub fn form_document(status: StatusCode, markup: Markup) -> Response {
    with_form(document(status, markup))
}

fn with_form(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, FORM_POLICY);
    response
}

fn html(status: StatusCode, body: impl Into<Body>) -> Response {
    Response::builder()
        .status(status)
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .body(body)
}

fn asset(content_type: &str, text: &'static str) -> Response {
    Response::builder().content_type(content_type).header(header::CACHE_CONTROL, "public, max-age=300").body(text)
}

/// A fault of ours, logged, with what to do in danger.
pub fn failed(error: &Error) -> Response {
    tracing::error!(error = ?error, "a page could not be drawn");
    Response::builder()
        .status(StatusCode::INTERNAL_SERVER_ERROR)
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .body("<!doctype html><html lang=en><title>Please try again</title><h1>Please try again</h1><p>This page cannot be shown just now. In danger, call 911. In a crisis, call or text 988.</p>")
}
