//! A file of leads, for whoever asked for it.

use std::sync::Arc;

use chrono::Utc;
use futures_util::stream;
use poem::{
    Body, Endpoint, Request, Response,
    http::{StatusCode, header},
};
use serde_json::json;

use crate::{
    db::Db,
    error::{Error, Result},
    identity::{Identity, Permission, http::bearer},
    leads::{
        Desk,
        export::{self, Export},
    },
};

/// `GET /admin/leads/export/{token}`: leads row by row, once, for who asked.
pub struct ExportEndpoint {
    /// Where leads are.
    pub db: Db,
    /// Who may.
    pub identity: Identity,
    /// What opens them.
    pub desk: Desk,
}

impl Endpoint for ExportEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(match self.begin(&request).await {
            Ok(export) => self.stream(export),
            Err(error) => refusal(&error),
        })
    }
}

impl ExportEndpoint {
    /// Whoever may not, never gets hold of the writer.
    async fn begin(&self, request: &Request) -> Result<Export> {
        let now = Utc::now();
        let token = bearer(request)?.ok_or(Error::Unauthenticated)?;
        let actor = self.identity.actor(token, now).await?;
        actor.require(Permission::ExportLeads)?;
        let asked = request.raw_path_param("token").unwrap_or_default();
        let tx = self.db.begin().await?;
        let begun = export::begin(&tx, actor, self.identity.audit(), asked, now).await?;
        tx.commit().await?;
        Ok(begun)
    }

    fn stream(&self, export: Export) -> Response {
        let disposition = format!("attachment; filename=\"{}\"", export.file_name);
        let house = Arc::new((self.db.clone(), self.desk.clone()));
        let rows = stream::try_unfold(export, move |mut export| {
            let house = Arc::clone(&house);
            async move {
                let (db, desk) = &*house;
                match export.next(db, desk, Utc::now()).await {
                    Ok(rows) => Ok(rows.map(|rows| (rows, export))),
                    Err(error) => {
                        tracing::error!(error = ?error, "an export broke off");
                        Err(std::io::Error::other("the export broke off"))
                    }
                }
            }
        });
        Response::builder()
            .content_type("text/csv; charset=utf-8")
            .header(header::CONTENT_DISPOSITION, disposition)
            .header(header::CACHE_CONTROL, "no-store")
            .body(Body::from_bytes_stream(rows))
    }
}

fn refusal(error: &Error) -> Response {
    let (status, code) = match error {
        Error::Problems(_) => (StatusCode::NOT_FOUND, "NOT_FOUND"),
        Error::Unauthenticated => (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"),
        Error::Forbidden => (StatusCode::FORBIDDEN, "FORBIDDEN"),
        Error::Internal(cause) => {
            tracing::error!(%cause, "leads could not be exported");
            (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL")
        }
    };
    let message = match error {
        Error::Problems(_) => "This file was fetched, or it is too late for it. Export once more.".to_owned(),
        Error::Internal(_) => "This file could not be written just now. Export once more.".to_owned(),
        other => other.to_string(),
    };
    Response::builder()
        .status(status)
        .content_type("application/json")
        .header(header::CACHE_CONTROL, "no-store")
        .body(json!({ "code": code, "message": message }).to_string())
}
