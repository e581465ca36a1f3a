//! What whoever works leads is told of them by e-mail.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use sea_orm::ConnectionTrait;

use crate::{
    error,
    identity::{Permission, Request},
    leads::notice::{self, Choice, Notifier},
    payload,
};

/// What you are told of leads by e-mail. A letter names references, never a person.
#[derive(SimpleObject)]
pub struct LeadNotices {
    /// Where letters to you go: the address you sign in with.
    email: String,
    /// Whether there is a mail server (`HILLSIDE_SMTP_URL`); without one nobody gets letters.
    mail_configured: bool,
    /// That somebody wrote; those that come at once in one letter.
    received: bool,
    /// That somebody may be in danger; again every five minutes until a colleague takes them.
    urgent: bool,
    /// That it is time to act on a lead of yours, or on one that nobody has, two minutes before it is overdue; and that a task
    /// of yours is due.
    due: bool,
    /// That a colleague gave you a lead.
    assigned: bool,
}

impl LeadNotices {
    async fn find(db: &impl ConnectionTrait, ctx: &Context<'_>) -> error::Result<Self> {
        let (Choice { received, urgent, due, assigned }, user) = notice::find(db, Request::of(ctx).actor).await?;
        let mail_configured = ctx.data_unchecked::<Notifier>().mailer.is_some();
        Ok(Self { email: user.email, mail_configured, received, urgent, due, assigned })
    }
}

/// What can be asked of notices.
#[derive(Default)]
pub struct LeadNoticeQuery;

#[Object]
impl LeadNoticeQuery {
    /// What you are told of leads by e-mail.
    async fn lead_notices(&self, ctx: &Context<'_>) -> Result<LeadNotices> {
        Ok(LeadNotices::find(Request::of(ctx).reader(), ctx).await?)
    }
}

/// What can be done with notices.
#[derive(Default)]
pub struct LeadNoticeMutation;

#[Object]
impl LeadNoticeMutation {
    /// Chooses what you are told of leads by e-mail from now on.
    async fn update_lead_notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you want to be told.")] input: UpdateLeadNoticesInput,
    ) -> Result<LeadNoticesPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let UpdateLeadNoticesInput { received, urgent, due, assigned } = input;
            let choice = Choice { received, urgent, due, assigned };
            notice::choose(&tx, request.actor, choice, request.now).await?;
            LeadNotices::find(&tx, ctx).await
        };
        let done = done.await;
        request.finish(tx, done).await
    }

    /// Sends you a letter now, to show whether letters reach you.
    async fn send_test_notice(&self, ctx: &Context<'_>) -> Result<LeadNoticesPayload> {
        let request = Request::of(ctx);
        let sent = ctx.data_unchecked::<Notifier>().try_out(request.actor).await;
        Request::answer(match sent {
            Ok(()) => LeadNotices::find(request.reader(), ctx).await,
            Err(cause) => Err(cause),
        })
    }
}

/// What somebody wants to be told.
#[derive(InputObject)]
pub struct UpdateLeadNoticesInput {
    /// That somebody wrote.
    received: bool,
    /// That somebody may be in danger.
    urgent: bool,
    /// That it is time to act, or that a task is due.
    due: bool,
    /// That a colleague gave you a lead.
    assigned: bool,
}

payload!(
    /// The answer of a mutation on notices.
    LeadNoticesPayload { notices: LeadNotices }
);
