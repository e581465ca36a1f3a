//! Pictures over HTTP: taking files in from staff, and serving what was made of them at addresses whose bytes never
//! change.

use std::time::Duration;

use chrono::Utc;
use data_encoding::HEXLOWER;
use entity::{media, picture::Picture, problem::ProblemCode, rendition::Rendition};
use percent_encoding::percent_decode_str;
use poem::{
    Body, Endpoint, Request, Response,
    http::{HeaderValue, Method, StatusCode, header},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use super::{
    NewMedia, Pictures, file,
    pictures::Made,
    reencode::{MOST_BYTES, too_heavy},
};
use crate::{
    answer::{method_not_allowed, plain},
    db::Db,
    error::{Error, Result},
    identity::{Actor, Identity, Permission, http::bearer},
};

/// Whatever a browser takes the bytes for, nothing in them runs.
const POLICY: &str = "default-src 'none'; sandbox";

/// How long a file may take to arrive.
const PATIENCE: Duration = Duration::from_secs(300);

/// The pictures at `/media/<sha256>`, and their renditions at `/media/<sha256>/<rendition>`.
pub struct MediaEndpoint {
    /// Where their rows are.
    pub db: Db,
    /// Where their bytes are.
    pub pictures: Pictures,
}

impl Endpoint for MediaEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(method_not_allowed("GET, HEAD"));
        }
        let Some(wanted) = Wanted::read(request.uri().path()) else { return Ok(missing()) };
        // An address says everything about its bytes: whoever has them has them still.
        if request.header(header::IF_NONE_MATCH) == Some(wanted.tag().as_str()) {
            return Ok(wanted.answer(StatusCode::NOT_MODIFIED, "", Body::empty()));
        }
        let found = match wanted.rendition {
            None => self.find_stored(&wanted).await,
            Some(rendition) => self.find_rendition(&wanted, rendition).await,
        };
        Ok(found.unwrap_or_else(|error| {
            tracing::error!(error = ?error, "a picture could not be read");
            plain(StatusCode::INTERNAL_SERVER_ERROR, "This picture cannot be shown just now.")
        }))
    }
}

impl MediaEndpoint {
    async fn find_stored(&self, wanted: &Wanted) -> Result<Response> {
        let Some(row) = file::find_by_sha256(self.db.reader(), &wanted.sha256).await? else { return Ok(missing()) };
        let Some(bytes) = self.pictures.stored(&wanted.sha256).await? else {
            return Err(Error::internal(format!("the bytes of {} are not in the media store", row.id)));
        };
        Ok(wanted.answer(StatusCode::OK, &row.mime_type, Body::from_vec(bytes)))
    }

    /// What was made before is there without asking the database. What is not is made only of pictures of the library,
    /// and only around the focal point they have, so that nobody fills the store with every point there could be.
    async fn find_rendition(&self, wanted: &Wanted, rendition: Rendition) -> Result<Response> {
        let kind = rendition.format.mime_type();
        if let Some(bytes) = self.pictures.made(&wanted.sha256, rendition).await? {
            return Ok(wanted.answer(StatusCode::OK, kind, Body::from_vec(bytes)));
        }
        let Some(row) = file::find_by_sha256(self.db.reader(), &wanted.sha256).await? else { return Ok(missing()) };
        if !is_offered(&row, rendition) {
            return Ok(missing());
        }
        match self.pictures.make(&wanted.sha256, rendition).await {
            Made::Bytes(bytes) => Ok(wanted.answer(StatusCode::OK, kind, Body::from_vec(bytes.to_vec()))),
            Made::Lost => Err(Error::internal(format!("{} cannot be made of {}", rendition, row.id))),
            Made::Busy => {
                let mut busy = plain(StatusCode::SERVICE_UNAVAILABLE, "Too many pictures are being made just now.");
                busy.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
                Ok(busy)
            }
        }
    }
}

fn is_offered(row: &media::Model, rendition: Rendition) -> bool {
    let picture = Picture::from(row);
    picture.url(rendition.width, rendition.shape, rendition.format).ends_with(&format!("/{rendition}"))
}

fn missing() -> Response {
    plain(StatusCode::NOT_FOUND, "There is no such picture.")
}

/// What an address asks for.
struct Wanted {
    sha256: Vec<u8>,
    rendition: Option<Rendition>,
}

impl Wanted {
    fn read(path: &str) -> Option<Self> {
        let path = path.strip_prefix("/media/")?;
        let (hash, name) = path.split_once('/').map_or((path, None), |(hash, name)| (hash, Some(name)));
        let sha256 = HEXLOWER.decode(hash.as_bytes()).ok().filter(|hash| hash.len() == 32)?;
        let rendition = name.map(str::parse).transpose().ok()?;
        Some(Self { sha256, rendition })
    }

    fn tag(&self) -> String {
        let hash = HEXLOWER.encode(&self.sha256);
        match self.rendition {
            None => format!("\"{hash}\""),
            Some(rendition) => format!("\"{hash}/{rendition}\""),
        }
    }

    fn answer(&self, status: StatusCode, kind: &str, body: Body) -> Response {
        let response = Response::builder()
            .status(status)
            .header(header::ETAG, self.tag())
            .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
            .header(header::CONTENT_SECURITY_POLICY, POLICY)
            // A front end on another origin shows them too.
            .header("cross-origin-resource-policy", "cross-origin");
        if kind.is_empty() { response.body(body) } else { response.content_type(kind).body(body) }
    }
}

/// Takes in a picture at `POST /admin/media`: the file's bytes as the body, its name percent-encoded in `X-File-Name`,
/// the access token as for the staff schema. Answers `{ id, isNew }`, or `{ code, message }` with what to do.
pub struct UploadEndpoint {
    /// Where rows go.
    pub db: Db,
    /// Where bytes go.
    pub pictures: Pictures,
    /// Who may.
    pub identity: Identity,
}

impl Endpoint for UploadEndpoint {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        Ok(match self.take_in(&mut request).await {
            Ok((picture, is_new)) => {
                let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
                answer(status, &json!({ "id": picture.id.to_string(), "isNew": is_new }))
            }
            Err(error) => refusal(&error),
        })
    }
}

impl UploadEndpoint {
    /// Asks who it is, what they may and how long it is before a byte of the body is read.
    async fn take_in(&self, request: &mut Request) -> Result<(media::Model, bool)> {
        let now = Utc::now();
        let token = bearer(request)?.ok_or(Error::Unauthenticated)?;
        let actor = self.identity.actor(token, now).await?;
        actor.require(Permission::WriteContent)?;
        let name = request.header("x-file-name").unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy().into_owned();
        let length = request.header(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
        let body = tokio::time::timeout(PATIENCE, read(request.take_body(), length)).await;
        let bytes = match body {
            Ok(Ok(Some(bytes))) if bytes.is_empty() => {
                return Err(problem(ProblemCode::Required, "This file is empty."));
            }
            Ok(Ok(Some(bytes))) => bytes,
            Ok(Ok(None)) => return Err(heavy()),
            Ok(Err(_)) | Err(_) => {
                return Err(problem(ProblemCode::Invalid, "This file did not arrive. Send it again."));
            }
        };
        self.add(actor, &name, bytes, now).await
    }

    async fn add(
        &self,
        actor: Actor,
        file_name: &str,
        bytes: Vec<u8>,
        now: chrono::DateTime<Utc>,
    ) -> Result<(media::Model, bool)> {
        // The same file again needs no second decoding.
        if let Some(known) = file::find_original(self.db.reader(), &Sha256::digest(&bytes)).await?
            && known.trashed_at.is_none()
        {
            return Ok((known, false));
        }
        let kept = self.pictures.keep(actor, bytes).await?;
        let tx = self.db.begin().await?;
        let added = file::create(&tx, actor, NewMedia { kept, file_name, alt: "" }, now).await?;
        tx.commit().await?;
        Ok(added)
    }
}

/// The body; nothing when it is too large. Such a one is let run out unread, within reason: whoever is still sending
/// does not hear an answer.
async fn read(body: Body, length: Option<usize>) -> std::io::Result<Option<Vec<u8>>> {
    let mut reader = body.into_async_read();
    let mut bytes = Vec::new();
    if length.is_none_or(|length| length <= MOST_BYTES) {
        (&mut reader).take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).await?;
        if bytes.len() <= MOST_BYTES {
            return Ok(Some(bytes));
        }
    }
    tokio::io::copy(&mut reader.take(10 * MOST_BYTES as u64), &mut tokio::io::sink()).await?;
    Ok(None)
}

fn heavy() -> Error {
    let why = too_heavy();
    problem(why.code, &why.message)
}

fn problem(code: ProblemCode, message: &str) -> Error {
    Error::problem(code, ["file"], message)
}

fn refusal(error: &Error) -> Response {
    let (status, code) = match error {
        Error::Problems(problems) => match problems.first().map(|problem| problem.code) {
            Some(ProblemCode::TooLarge) => (StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE"),
            Some(ProblemCode::Required) => (StatusCode::UNPROCESSABLE_ENTITY, "REQUIRED"),
            _ => (StatusCode::UNPROCESSABLE_ENTITY, "INVALID"),
        },
        Error::Unauthenticated => (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"),
        Error::Forbidden => (StatusCode::FORBIDDEN, "FORBIDDEN"),
        Error::Internal(cause) => {
            tracing::error!(%cause, "a picture could not be taken in");
            (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL")
        }
    };
    let message = match error {
        Error::Internal(_) => "This picture could not be kept just now. Try again in a moment.".to_owned(),
        other => other.to_string(),
    };
    answer(status, &json!({ "code": code, "message": message }))
}

fn answer(status: StatusCode, body: &serde_json::Value) -> Response {
    Response::builder()
        .status(status)
        .content_type("application/json")
        .header(header::CACHE_CONTROL, "no-store")
        .body(body.to_string())
}
