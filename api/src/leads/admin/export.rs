//! Leads taken out in a file. The owner's alone.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{date::Date, lead::LeadStatus};

use crate::{
    identity::{Permission, Request},
    leads::export::{self, Asked, Wanted},
    payload,
};

/// A file of leads that can be fetched once.
#[derive(SimpleObject)]
pub struct LeadExport {
    /// Where: GET it with your access token, as you ask here. It is answered once, to you alone, as CSV.
    path: String,
    /// How many leads it would hold now.
    leads: i32,
    /// Until when it can be fetched.
    expires_at: DateTime<Utc>,
}

impl From<Asked> for LeadExport {
    fn from(Asked { token, leads, expires_at }: Asked) -> Self {
        Self { path: format!("/admin/leads/export/{token}"), leads, expires_at }
    }
}

/// What can be done to take leads out.
#[derive(Default)]
pub struct LeadExportMutation;

#[Object]
impl LeadExportMutation {
    /// Has a file ready with leads that were received on some days: how to reach people and how far they got, not what they wrote,
    /// and nobody who was erased. Fetching it writes a line into the audit log and into the timeline of each lead.
    async fn export_leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which leads, and why.")] input: ExportLeadsInput,
    ) -> Result<LeadExportPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ExportLeads).await?;
        let ExportLeadsInput { from, to, status, reason } = input;
        let wanted = Wanted { from, to, status, reason: &reason };
        let asked = export::ask(&tx, request.actor, wanted, request.now).await;
        request.finish(tx, asked.map(LeadExport::from)).await
    }
}

/// Which leads to take out, and why.
#[derive(InputObject)]
pub struct ExportLeadsInput {
    /// The first day on which they were received, where the centre is.
    from: Date,
    /// The last day, at most 366 days with the first. A file holds 50,000 leads.
    to: Date,
    /// Those of this status alone; left out, all.
    status: Option<LeadStatus>,
    /// Why, in a few words that name nobody: they stay in the audit log, and stand in the file. 3 to 200 characters.
    reason: String,
}

payload!(
    /// The file, or what to mend.
    LeadExportPayload { export: LeadExport }
);
