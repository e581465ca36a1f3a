//! What each role may do: the one place that says so.

use entity::user::Role;

/// Something an actor may or may not do. Verbs ask for one in their first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum Permission {
    /// Read what is not public yet.
    ReadDrafts,
    /// Write drafts of pages and therapies.
    WriteContent,
    /// Make drafts public and take them back.
    Publish,
    /// Approve content as a clinician.
    ApproveClinically,
    /// See the list of leads, masked.
    ListLeads,
    /// Reveal a lead and work it.
    WorkLeads,
    /// Decide for admissions: close leads in any way, admit, open again.
    DirectLeads,
    /// Export leads.
    ExportLeads,
    /// Erase a lead for good.
    EraseLeads,
    /// Invite, change and end accounts.
    ManageUsers,
    /// Change settings, webhooks and service tokens.
    ManageSettings,
    /// Read the audit log.
    ReadAudit,
}

/// The permissions of a role: an admin administers without reading health data, an editor never sees leads.
pub const fn permissions_of(role: Role) -> &'static [Permission] {
    use Permission::{
        ApproveClinically, DirectLeads, EraseLeads, ExportLeads, ListLeads, ManageSettings, ManageUsers, Publish,
        ReadAudit, ReadDrafts, WorkLeads, WriteContent,
    };
    match role {
        Role::Owner => &[
            ReadDrafts,
            WriteContent,
            Publish,
            ListLeads,
            WorkLeads,
            DirectLeads,
            ExportLeads,
            EraseLeads,
            ManageUsers,
            ManageSettings,
            ReadAudit,
        ],
        Role::Admin => &[ReadDrafts, WriteContent, Publish, ListLeads, ManageUsers, ManageSettings, ReadAudit],
        Role::Editor => &[ReadDrafts, WriteContent, Publish],
        Role::Reviewer => &[ReadDrafts, ApproveClinically],
        Role::Admissions => &[ListLeads, WorkLeads],
        Role::Auditor => &[ReadDrafts, ReadAudit],
    }
}
