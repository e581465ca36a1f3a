//! Two schemas of shared parts: what the public may ask, and what staff may.
//!
//! Leads and drafts are not reachable from any public type, so no forgotten check can show them.

use async_graphql::{
    Context, EmptySubscription, ID, Interface, MergedObject, MergedSubscription, Object, Pos, Result, SDLExportOptions,
    Schema, SchemaBuilder,
};

use crate::{
    content::{self, admin::Page},
    delivery::{
        Previews,
        admin::{PreviewMutation, PreviewQuery, WebhookMutation, WebhookQuery},
        documents::Operation,
        public::{Content, DeliveryQuery, Node},
        webhook::Teller,
    },
    error::Error,
    gql::{self, Digest, Limits, SchemaError, document::Documents},
    identity::{
        self, Request,
        admin::{IdentityMutation, IdentityQuery, User},
    },
    leads::{
        self,
        admin::{
            Lead, LeadAccessQuery, LeadBulkMutation, LeadCallMutation, LeadCallQuery, LeadConsentMutation,
            LeadCorrectionMutation, LeadErasureMutation, LeadErasureQuery, LeadExportMutation, LeadFilterQuery,
            LeadFormMutation, LeadFormQuery, LeadInsuranceMutation, LeadMergeMutation, LeadNoticeMutation,
            LeadNoticeQuery, LeadPhraseMutation, LeadPhraseQuery, LeadReferralMutation, LeadReferralQuery,
            LeadReportQuery, LeadShiftMutation, LeadShiftQuery, LeadSpamMutation, LeadStepMutation, LeadStepQuery,
            LeadSuppressionMutation, LeadTaskMutation, LeadTaskQuery, LeadWorkMutation,
            LeadsMutation as StaffLeadsMutation, LeadsQuery as StaffLeadsQuery, LeadsSubscription,
        },
    },
    library::{admin::LibraryQuery, public::FactsQuery},
    live::Live,
    publishing::{
        Indexers,
        admin::{ChangeSubscription, Media, PublishingMutation, PublishingQuery, Revision},
    },
    therapies::{self, admin::Therapy, public::TherapiesQuery},
};

/// The kinds that store something beside their entries; publishing calls them without knowing them.
pub const INDEXERS: Indexers = Indexers(&[therapies::INDEXER]);

/// Everything published. Anonymous, cacheable, read by any front end.
#[derive(Default, MergedObject)]
#[graphql(name = "Query")]
pub struct PublicQuery(DeliveryQuery, TherapiesQuery, FactsQuery, leads::public::LeadsQuery);

/// The one thing a visitor can do: write in confidence.
#[derive(Default, MergedObject)]
#[graphql(name = "Mutation")]
pub struct PublicMutation(leads::public::LeadsMutation);

/// Everything staff may read. All but `setup` needs a session.
#[derive(Default, MergedObject)]
#[graphql(name = "Query")]
pub struct StaffQuery(
    IdentityQuery,
    LibraryQuery,
    PublishingQuery,
    content::admin::ContentQuery,
    therapies::admin::TherapiesQuery,
    PreviewQuery,
    WebhookQuery,
    StaffLeadsQuery,
    LeadNoticeQuery,
    LeadErasureQuery,
    LeadPhraseQuery,
    LeadReportQuery,
    LeadCallQuery,
    LeadTaskQuery,
    LeadShiftQuery,
    LeadFormQuery,
    LeadCareQuery,
    NodeQuery,
);

/// Everything staff may do. All but signing in needs a session.
#[derive(Default, MergedObject)]
#[graphql(name = "Mutation")]
pub struct StaffMutation(
    IdentityMutation,
    PublishingMutation,
    content::admin::ContentMutation,
    therapies::admin::TherapiesMutation,
    PreviewMutation,
    WebhookMutation,
    StaffLeadsMutation,
    LeadCareMutation,
    LeadWorkMutation,
    LeadNoticeMutation,
    LeadPhraseMutation,
    LeadErasureMutation,
    LeadCallMutation,
    LeadInsuranceMutation,
    LeadMergeMutation,
    LeadSpamMutation,
    LeadExportMutation,
    LeadTaskMutation,
    LeadShiftMutation,
    LeadBulkMutation,
    LeadFormMutation,
);

/// Where leads go and who their people are. Apart, so that answering what stands below does not call through each of them.
#[derive(Default, MergedObject)]
pub struct LeadCareQuery(LeadStepQuery, LeadReferralQuery, LeadFilterQuery, LeadAccessQuery);

/// See [`LeadCareQuery`].
#[derive(Default, MergedObject)]
pub struct LeadCareMutation(
    LeadCorrectionMutation,
    LeadStepMutation,
    LeadReferralMutation,
    LeadSuppressionMutation,
    LeadConsentMutation,
);

/// What staff may follow, over a WebSocket.
#[derive(Default, MergedSubscription)]
#[graphql(name = "Subscription")]
pub struct StaffSubscription(ChangeSubscription, LeadsSubscription);

/// The public schema.
pub type PublicSchema = Schema<PublicQuery, PublicMutation, EmptySubscription>;

/// The staff schema.
pub type StaffSchema = Schema<StaffQuery, StaffMutation, StaffSubscription>;

/// The public schema, able to take leads in.
pub fn public(intake: leads::Intake) -> PublicSchema {
    public_builder().data(intake).finish()
}

/// What the staff schema works with.
pub struct Services {
    /// Signs people in.
    pub identity: identity::Identity,
    /// Draws drafts.
    pub previews: Previews,
    /// Tells webhooks.
    pub teller: Teller,
    /// What staff hear of at once.
    pub live: Live,
    /// Opens leads.
    pub desk: leads::Desk,
    /// Writes letters about them.
    pub notifier: leads::Notifier,
    /// Who was erased.
    pub ledger: leads::Ledger,
    /// Takes in who calls.
    pub intake: leads::Intake,
}

/// The staff schema, able to do what its services do.
pub fn staff(services: Services) -> StaffSchema {
    let Services { identity, previews, teller, live, desk, notifier, ledger, intake } = services;
    staff_builder()
        .data(INDEXERS)
        .data(identity)
        .data(desk)
        .data(previews)
        .data(teller)
        .data(live)
        .data(notifier)
        .data(ledger)
        .data(intake)
        .finish()
}

/// The public schema's description.
pub fn public_sdl() -> String {
    public_builder().finish().sdl_with_options(SDLExportOptions::new().include_specified_by())
}

/// The staff schema's description.
pub fn staff_sdl() -> String {
    staff_builder().finish().sdl_with_options(SDLExportOptions::new().include_specified_by())
}

/// How much a visitor may ask for: paths come 250 at a time, and a search costs what it does.
pub fn public_limits(limits: Limits) -> Limits {
    limits.first_up_to("Query.routes", 250).first_up_to("Query.redirects", 250).weigh("Query.search", 20)
}

/// What a document must be to be registered: under the SHA-256 of its text, and good for the public schema and the limits of
/// registered ones.
pub struct DocumentCheck(Documents);

impl DocumentCheck {
    /// Reads the public schema.
    pub fn new() -> std::result::Result<Self, SchemaError> {
        Documents::new(&public_sdl(), public_limits(Limits::registered()), true).map(Self)
    }

    /// The document's hash and the name of its operation, or what is wrong with it.
    pub fn check(&self, Operation { id, body }: &Operation) -> std::result::Result<(String, String), String> {
        let digest = Digest::of(body);
        if id.parse() != Ok(digest) {
            let message = "The hash is not the SHA-256 of the text, which is";
            return Err(format!("{message} {digest}. Have your compiler use SHA-256."));
        }
        let document = self.0.get(digest, body).map_err(|refusals| {
            let begins = body.lines().next().unwrap_or_default();
            let sentences = refusals.iter().map(|refusal| match refusal.at {
                Some(Pos { line, column }) => format!("{line}:{column}: {refusal}"),
                None => refusal.to_string(),
            });
            format!("{begins} … {}", sentences.collect::<Vec<_>>().join(" "))
        })?;
        Ok((digest.to_string(), document.name().unwrap_or_default()))
    }
}

fn public_builder() -> SchemaBuilder<PublicQuery, PublicMutation, EmptySubscription> {
    let builder = Schema::build(PublicQuery::default(), PublicMutation::default(), EmptySubscription)
        .register_output_type::<Node>()
        .register_output_type::<Content>()
        .register_output_type::<entity::block::Block>();
    gql::tuned(builder, &Limits::public())
}

fn staff_builder() -> SchemaBuilder<StaffQuery, StaffMutation, StaffSubscription> {
    let builder = Schema::build(StaffQuery::default(), StaffMutation::default(), StaffSubscription::default())
        .register_output_type::<StaffNode>();
    gql::tuned(builder, &Limits::admin())
}

/// Anything staff can see with an id of its own.
#[derive(Interface)]
#[graphql(
    name = "Node",
    field(name = "id", ty = "ID", desc = "Opaque and stable; fetch the object again with `node(id)`.")
)]
pub enum StaffNode {
    /// A page with its drafts.
    Page(Page),
    /// A therapy with its drafts.
    Therapy(Therapy),
    /// A picture of the library.
    Media(Media),
    /// A saved version.
    Revision(Revision),
    /// Somebody who asked for help, masked.
    Lead(Box<Lead>),
    /// A colleague.
    User(User),
}

/// Anything by its id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything with an id, by that id; null when there is no such thing or you may not see it.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<StaffNode>> {
        Request::of(ctx).actor.user()?;
        if let Ok(id) = id.parse() {
            return visible(Page::load(ctx, id).await, StaffNode::Page);
        }
        if let Ok(id) = id.parse() {
            return visible(Therapy::load(ctx, id).await, StaffNode::Therapy);
        }
        if let Ok(id) = id.parse() {
            return visible(Media::load(ctx, id).await, StaffNode::Media);
        }
        if let Ok(id) = id.parse() {
            return visible(Revision::load(ctx, Some(id)).await, StaffNode::Revision);
        }
        if let Ok(id) = id.parse() {
            return visible(Lead::load(ctx, id).await, |lead| StaffNode::Lead(Box::new(lead)));
        }
        match id.parse() {
            Ok(id) => visible(User::load(ctx, Some(id)).await, StaffNode::User),
            Err(_) => Ok(None),
        }
    }
}

/// What was found; what the asker may not see is as if it were not there.
fn visible<T>(found: Result<Option<T>>, node: fn(T) -> StaffNode) -> Result<Option<StaffNode>> {
    match found {
        Ok(found) => Ok(found.map(node)),
        Err(error) => {
            let cause = error.source.as_ref().and_then(|cause| cause.downcast_ref::<Error>());
            if matches!(cause, Some(Error::Forbidden)) { Ok(None) } else { Err(error) }
        }
    }
}
