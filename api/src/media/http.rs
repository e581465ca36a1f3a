//! Pictures over HTTP, at an address whose bytes never change.

use poem::{
    Endpoint, Request, Response,
    http::{Method, StatusCode, header},
};

use super::{Store, file};
use crate::{
    answer::{method_not_allowed, plain},
    db::Db,
    error::{Error, Result},
};

/// Whatever a browser takes the bytes for, nothing in them runs.
const POLICY: &str = "default-src 'none'; sandbox";

/// The pictures at `/media/<id>`.
pub struct MediaEndpoint {
    /// Where their rows are.
    pub db: Db,
    /// Where their bytes are.
    pub store: Store,
}

impl Endpoint for MediaEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(method_not_allowed("GET, HEAD"));
        }
        Ok(match self.find(&request).await {
            Ok(Some(response)) => response,
            Ok(None) => plain(StatusCode::NOT_FOUND, "There is no such picture."),
            Err(error) => {
                tracing::error!(error = ?error, "a picture could not be read");
                plain(StatusCode::INTERNAL_SERVER_ERROR, "This picture cannot be shown just now.")
            }
        })
    }
}

impl MediaEndpoint {
    async fn find(&self, request: &Request) -> Result<Option<Response>> {
        let Ok(id) = request.uri().path().trim_start_matches("/media/").parse() else { return Ok(None) };
        let Some(row) = file::find(self.db.reader(), id).await? else { return Ok(None) };
        let tag = format!("\"{}\"", data_encoding::HEXLOWER.encode(&row.sha256));
        let response = Response::builder()
            .header(header::ETAG, &tag)
            .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
            .header(header::CONTENT_SECURITY_POLICY, POLICY);
        if request.header(header::IF_NONE_MATCH) == Some(tag.as_str()) {
            return Ok(Some(response.status(StatusCode::NOT_MODIFIED).finish()));
        }
        let Some(bytes) = self.store.get(&row.sha256).await.map_err(Error::internal)? else {
            return Err(Error::internal(format!("the bytes of {id} are not in the media folder")));
        };
        Ok(Some(response.content_type(&row.mime_type).body(bytes)))
    }
}
