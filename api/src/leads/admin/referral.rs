//! Places that somebody may be sent to, and sending them there.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use entity::{date::Date, lead_referral, referral_target};

use super::{Lead, LeadPayload, desk};
use crate::{
    gql::id::read_id,
    identity::{Identity, Permission, Request},
    leads::{
        contact::Phone,
        referral::{self, Agreed, Sheet, Target},
    },
    payload,
};

/// A place that somebody may be sent to.
pub struct ReferralTarget(pub(super) referral_target::Model);

/// A place that somebody may be sent to. Nobody is sent for money, so it has no price and no fee.
#[Object]
impl ReferralTarget {
    /// Opaque and stable.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Send it with a change: when somebody was faster, the answer is `CONFLICT`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where to call it, as a person reads it: `(781) 555-0142, extension 12`.
    async fn phone(&self) -> String {
        Phone::from_stored(&self.0.phone).display()
    }

    /// Whether somebody may be sent there.
    async fn in_use(&self) -> bool {
        self.0.in_use
    }

    /// When somebody last made sure that all of this is right; null where nobody did.
    async fn verified_at(&self) -> Option<DateTime<Utc>> {
        self.0.verified_at
    }
}

/// What a place was told of somebody, in clear.
pub struct RevealedReferral<'a>(pub(super) &'a (lead_referral::Model, Option<Sheet>));

impl RevealedReferral<'_> {
    fn words(&self, of: fn(&Sheet) -> &String) -> &str {
        self.0.1.as_ref().map_or("(unreadable)", |sheet| of(sheet))
    }
}

/// What a place was told of somebody, with the consent to it, as it is printed and goes along.
#[Object]
impl RevealedReferral<'_> {
    /// Opaque and stable.
    async fn id(&self) -> ID {
        self.0.0.id.to_string().into()
    }

    /// When they were sent there.
    async fn at(&self) -> DateTime<Utc> {
        self.0.0.at
    }

    /// What the place was called then.
    async fn recipient(&self) -> &str {
        self.words(|sheet| &sheet.recipient)
    }

    /// Where to call it, as a person reads it.
    async fn phone(&self) -> String {
        Phone::from_stored(self.words(|sheet| &sheet.phone)).display()
    }

    /// Whose records they are.
    async fn patient(&self) -> &str {
        self.words(|sheet| &sheet.patient)
    }

    /// What was told, and how much of it.
    async fn information(&self) -> &str {
        self.words(|sheet| &sheet.information)
    }

    /// What for.
    async fn purpose(&self) -> &str {
        self.words(|sheet| &sheet.purpose)
    }

    /// Who signed: the patient, or who may for them.
    async fn signed_by(&self) -> &str {
        self.words(|sheet| &sheet.signed_by)
    }

    /// On which day.
    async fn signed_on(&self) -> Date {
        Date(self.0.0.signed_on)
    }

    /// Until which day the consent holds.
    async fn expires_on(&self) -> Date {
        Date(self.0.0.expires_on)
    }

    /// When they took it back: from then on the place is told nothing more. Null while it holds.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.0.revoked_at
    }

    /// What they were told of their right to take it back.
    async fn right_to_revoke(&self) -> &str {
        referral::REVOKE
    }

    /// What goes with everything that is told (42 CFR § 2.32).
    async fn notice(&self) -> &str {
        referral::NOTICE
    }
}

/// What can be asked of the places that somebody may be sent to.
#[derive(Default)]
pub struct LeadReferralQuery;

#[Object]
impl LeadReferralQuery {
    /// Places that somebody may be sent to, by name; those that are not in use come last. At most 500.
    async fn referral_targets(&self, ctx: &Context<'_>) -> Result<Vec<ReferralTarget>> {
        let request = Request::of(ctx);
        let places = referral::list_targets(request.reader(), request.actor).await?;
        Ok(places.into_iter().map(ReferralTarget).collect())
    }
}

/// What can be done about sending somebody on.
#[derive(Default)]
pub struct LeadReferralMutation;

#[Object]
impl LeadReferralMutation {
    /// Keeps a place that somebody may be sent to, or changes it.
    async fn save_referral_target(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A place.")] input: SaveReferralTargetInput,
    ) -> Result<ReferralTargetPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let done = async {
            let SaveReferralTargetInput { name, phone, in_use, verified, .. } = &input;
            let place = match &input.id {
                None => None,
                Some(id) => Some((read_id(id, "id")?, input.version.unwrap_or_default())),
            };
            let wanted = Target { name, phone, in_use: *in_use, verified: *verified };
            referral::save_target(&tx, request.actor, Identity::audit_of(ctx), place, wanted, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(ReferralTarget)).await
    }

    /// Sends somebody on to a place, and closes the lead as REFERRED_OUT. It needs what the patient agreed to in writing
    /// (42 CFR § 2.31); `revealed.referrals` has the sheet that goes along, with the notice of § 2.32.
    async fn refer_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to send where.")] input: ReferLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::DirectLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let target = read_id(&input.target, "target")?;
            let consent = &input.consent;
            let agreed = Agreed {
                patient: &consent.patient,
                information: &consent.information,
                purpose: &consent.purpose,
                signed_by: &consent.signed_by,
                signed_on: consent.signed_on.0,
                expires_on: consent.expires_on.0,
            };
            let audit = Identity::audit_of(ctx);
            referral::refer(&tx, request.actor, audit, desk(ctx), lead, (target, agreed), request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Writes down that the patient took back the consent to a referral, which they may at any time. What the place was told it
    /// knows; tell it nothing more.
    async fn revoke_lead_referral(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which consent was taken back.")] input: RevokeLeadReferralInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let taken = (read_id(&input.referral, "referral")?, input.note.as_str());
            referral::revoke(&tx, request.actor, desk(ctx), lead, taken, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// A place that somebody may be sent to.
#[derive(InputObject)]
pub struct SaveReferralTargetInput {
    /// The place to change; left out, it is a new one.
    id: Option<ID>,
    /// The version you looked at; required with `id`.
    version: Option<i32>,
    /// What it is called, at most 120 characters.
    name: String,
    /// Where to call it; a number without a country is taken for one of the United States.
    phone: String,
    /// Whether somebody may be sent there.
    #[graphql(default = true)]
    in_use: bool,
    /// Whether you just made sure that all of this is right.
    #[graphql(default)]
    verified: bool,
}

/// Whom to send where.
#[derive(InputObject)]
pub struct ReferLeadInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// To which of the `referralTargets`.
    target: ID,
    /// What the patient agreed to.
    consent: ReferralConsentInput,
}

/// What a patient agreed to in writing, on paper or electronically, before somebody is told of them.
#[derive(InputObject)]
pub struct ReferralConsentInput {
    /// The patient's name, sealed; at most 120 characters.
    #[graphql(secret)]
    patient: String,
    /// What is told, and how much of it, sealed; at most 400 characters.
    #[graphql(secret)]
    information: String,
    /// What for, sealed; at most 400 characters.
    #[graphql(secret)]
    purpose: String,
    /// Who signed, sealed: the patient, or who may for them; at most 120 characters.
    #[graphql(secret)]
    signed_by: String,
    /// On which day, within the last year.
    signed_on: Date,
    /// Until which day it holds, at most three years ahead.
    expires_on: Date,
}

/// Which consent to a referral was taken back.
#[derive(InputObject)]
pub struct RevokeLeadReferralInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Which of `revealed.referrals`.
    referral: ID,
    /// How they said so, sealed; at most 4,000 characters.
    #[graphql(default, secret)]
    note: String,
}

payload!(
    /// A place that somebody may be sent to, or what to mend.
    ReferralTargetPayload { target: ReferralTarget }
);
