//! Who may do what: every operation by every role.

use std::collections::BTreeSet;

use apollo_compiler::{Schema, schema::ExtendedType, validation::Valid};
use entity::user::Role;
use serde_json::{Value, json};

use image::ImageFormat::Png;

use crate::support::{Answer, Followed, PASSWORD, Staff, TestApp, media::drawing, on_both, row_counts};

/// Who asks, in the order of the columns below; the first has not signed in.
const ACTORS: [Option<Role>; 7] = [
    None,
    Some(Role::Owner),
    Some(Role::Admin),
    Some(Role::Editor),
    Some(Role::Reviewer),
    Some(Role::Admissions),
    Some(Role::Auditor),
];

/// What comes of every operation of the staff schema, by who asks.
///
/// `●` it is done · `∅` null, as if there were no such thing · `–` FORBIDDEN · `○` UNAUTHENTICATED ·
/// `◐` anybody may ask, and what decides is in the input. A word with a `$` is filled in for each asker anew.
#[rustfmt::skip]
const STAFF: &[(&str, &str, &str)] = &[
    //                            visitor
    //                            │ owner
    //                            │ │ admin
    //                            │ │ │ editor
    //                            │ │ │ │ reviewer
    //                            │ │ │ │ │ admissions
    //                            │ │ │ │ │ │ auditor
    ("Query.setup",              "● ● ● ● ● ● ●", "setup { needsOwner siteName }"),
    ("Query.viewer",             "○ ● ● ● ● ● ●", "viewer { user { email } permissions }"),
    ("Subscription.entryChanged", "○ ● ● ● ● – ●", "entryChanged(id: $page) { kind id }"),
    ("Subscription.leadChanged", "○ ● ● – – ● –", "leadChanged { kind id version }"),
    ("Subscription.leadShiftsChanged", "○ ● ● – – ● –", "leadShiftsChanged"),
    // Drafts.
    ("Query.blockKinds",         "○ ● ● ● ● – ●", "blockKinds { kind }"),
    ("Query.targets",            "○ ● ● ● ● – ●", "targets(kinds: [PAGE, PERSON]) { id label }"),
    ("Query.targetsById",        "○ ● ● ● ● – ●", "targetsById(ids: [$page]) { label }"),
    ("Query.uses",               "○ ● ● ● ● – ●", "uses(id: $page) { totalCount nodes { title places { label } } }"),
    ("Query.factKinds",          "○ ● ● ● ● – ●", "factKinds { kind }"),
    ("Query.facts",              "○ ● ● ● ● – ●", "facts(kind: SOURCE) { nodes { name usedCount } }"),
    ("Query.fact",               "○ ● ● ● ● – ●", "fact(id: $source) { fields }"),
    ("Mutation.createFact",      "○ ● ● ● – – –", "createFact(input: { fields: { source: { title: \"T\", publisher: \"P\" } } }) { fact { id } userErrors { message } }"),
    ("Mutation.createFact of the brand", "○ ◐ ◐ – – – –", "createFact(input: { fields: { brand: { siteName: \"\" } } }) { fact { id } userErrors { message } }"),
    ("Mutation.updateFact",      "○ ● ● ● – – –", "updateFact(input: { id: $source, version: 1, fields: { source: { title: \"U\", publisher: \"P\" } } }) { fact { id } userErrors { message } }"),
    ("Mutation.replaceUses",     "○ ● ● ● – – –", "replaceUses(input: { id: $source }) { changed { id } userErrors { message } }"),
    ("Mutation.deleteFact",      "○ ● ● ● – – –", "deleteFact(input: { id: $source }) { fact { id } userErrors { message } }"),
    ("Query.page",               "○ ● ● ● ● – ●", "page(id: $page) { title draft { content } revisions { html } checks { message } }"),
    ("Query.pages",              "○ ● ● ● ● – ●", "pages { nodes { title updatedBy { email } } }"),
    ("Query.therapy",            "○ ● ● ● ● – ●", "therapy(id: $therapy) { title draft { content } }"),
    ("Query.therapies",          "○ ● ● ● ● – ●", "therapies { nodes { title } }"),
    ("Mutation.waiveCheck",      "○ ● ● ● – – –", "waiveCheck(input: { id: $page, check: $pageCheck, reason: \"known\" }) { check { waiver { by } } userErrors { message } }"),
    ("Mutation.unwaiveCheck",    "○ ● ● ● – – –", "unwaiveCheck(input: { id: $page, check: $pageCheck }) { check { waiver { by } } userErrors { message } }"),
    ("Mutation.createPage",      "○ ● ● ● – – –", "createPage(input: { slug: $slug, content: { title: \"New\" } }) { page { id } userErrors { message } }"),
    ("Mutation.updatePage",      "○ ● ● ● – – –", "updatePage(input: { id: $page, baseRevision: $pageDraft, content: { title: \"Other\" } }) { page { id } userErrors { message } }"),
    ("Mutation.saveDraft",       "○ ● ● ● – – –", "saveDraft(input: { id: $page, baseRevision: $pageDraft, patch: {} }) { draft { merged } userErrors { message } }"),
    ("Mutation.announcePresence", "○ ● ● ● ● – ●", "announcePresence(input: { id: $page, tab: \"0198c0de-0000-7000-8000-000000000001\" }) { presence { latest } userErrors { message } }"),
    ("Mutation.createTherapy",   "○ ● ● ● – – –", "createTherapy(input: { slug: $slug, content: { title: \"New\" } }) { therapy { id } userErrors { message } }"),
    ("Mutation.updateTherapy",   "○ ● ● ● – – –", "updateTherapy(input: { id: $therapy, baseRevision: $therapyDraft, content: { title: \"Other\" } }) { therapy { id } userErrors { message } }"),
    ("Query.compareRevisions",   "○ ● ● ● ● – ●", "compareRevisions(from: $pageDraft, to: $pageDraft) { blocks { key } }"),
    ("Query.asOf",               "○ ● ● ● ● – ●", "asOf(id: $livePage, at: \"2100-01-01T00:00:00Z\") { title }"),
    ("Query.publications",       "○ ● ● ● ● – ●", "publications(id: $livePage) { revision publishedBy { name } }"),
    ("Query.unpublishedTargets", "○ ● ● ● ● – ●", "unpublishedTargets(id: $page) { path draft }"),
    ("Query.movePreview",        "○ ● ● ● ● – ●", "movePreview(id: $page, slug: \"elsewhere\") { total }"),
    ("Mutation.movePage",        "○ ● ● ● – – –", "movePage(input: { id: $page }) { path userErrors { message } }"),
    ("Query.trash",              "○ ● ● ● ● – ●", "trash { totalCount nodes { path } }"),
    ("Mutation.trashEntry",      "○ ◐ ◐ ◐ – – –", "trashEntry(input: { id: $newPage, uses: REPLACE }) { trashed { entry { id } } userErrors { message } }"),
    ("Mutation.restoreEntry",    "○ ◐ ◐ ◐ – – –", "restoreEntry(input: { id: $newPage }) { entry { id } userErrors { message } }"),
    ("Query.redirects",          "○ ● ● ● ● – ●", "redirects { nodes { fromPath target works entry { title } } }"),
    ("Mutation.saveRedirect",    "○ ◐ ◐ ◐ – – –", "saveRedirect(input: { fromPath: \"/old\", target: \"/nowhere\" }) { redirect { id } userErrors { message } }"),
    ("Mutation.deleteRedirect",  "○ ◐ ◐ ◐ – – –", "deleteRedirect(input: { id: \"red_01h2xcejqtf2nbrexx3vqjhp41\" }) { redirect { id } userErrors { message } }"),
    ("Mutation.importRedirects", "○ ● ● ● – – –", "importRedirects(input: { csv: \"/old,/nowhere\" }) { imported { added } userErrors { message } }"),
    ("Query.search",             "○ ● ● ● ● – ●", "search(query: \"sample\") { target { label } excerpt }"),
    ("Query.savedViews",         "○ ● ● ● ● – ●", "savedViews(list: PAGES) { name }"),
    ("Query.searchSynonyms",     "○ ● ● ● ● – ●", "searchSynonyms { terms }"),
    ("Mutation.saveSearchSynonyms", "○ ● ● ● – – –", "saveSearchSynonyms(input: { groups: [[\"OUD\", \"opioid use disorder\"]] }) { groups { terms } userErrors { message } }"),
    ("Query.webhooks",           "○ ● ● – – – –", "webhooks { url secret deliveries { totalCount } }"),
    ("Mutation.saveWebhook",     "○ ● ● – – – –", "saveWebhook(input: { url: \"https://www.example.org/hook\" }) { webhook { id } userErrors { message } }"),
    ("Mutation.renewWebhookSecret", "○ ◐ ◐ – – – –", "renewWebhookSecret(input: { id: \"whk_01h455vb4pex5vsknk084sn02q\" }) { webhook { id } userErrors { message } }"),
    ("Mutation.deleteWebhook",   "○ ◐ ◐ – – – –", "deleteWebhook(input: { id: \"whk_01h455vb4pex5vsknk084sn02q\" }) { webhook { id } userErrors { message } }"),
    ("Mutation.pingWebhook",     "○ ◐ ◐ – – – –", "pingWebhook(input: { id: \"whk_01h455vb4pex5vsknk084sn02q\" }) { delivery { id } userErrors { message } }"),
    ("Mutation.resendWebhookDelivery", "○ ◐ ◐ – – – –", "resendWebhookDelivery(input: { id: \"msg_01h455vb4pex5vsknk084sn02q\" }) { delivery { id } userErrors { message } }"),
    ("Query.leadForms",          "○ ● ● ● ● – ●", "leadForms { key title archivedAt current { number author { email } } }"),
    ("Query.leadForm",           "○ ● ● ● ● – ●", "leadForm(key: \"confidential\") { current { definition { heading } } }"),
    ("Query.leadFormVersions",   "○ ● ● ● ● – ●", "leadFormVersions(key: \"confidential\") { number contactConsent { wording } }"),
    ("Query.leadFormFields",     "○ ● ● ● ● – ●", "leadFormFields { field type usual { label } }"),
    ("Query.leadConsentTexts",   "○ ● ● ● ● – ●", "leadConsentTexts { contact { version } texts { version } }"),
    ("Query.previewLeadForm",    "○ ● ● – – – –", "previewLeadForm(definition: { heading: \"\", intro: \"\", steps: [], button: \"\", thanks: \"\" })"),
    ("Mutation.saveLeadForm",    "○ ◐ ◐ – – – –", "saveLeadForm(input: { key: \"new\", title: \"\", definition: { heading: \"\", intro: \"\", steps: [], button: \"\", thanks: \"\" } }) { form { key } userErrors { message } }"),
    ("Mutation.saveLeadConsentText", "○ ◐ ◐ – – – –", "saveLeadConsentText(input: { consent: TEXTS, baseVersion: 7, wording: \"\" }) { text { id } userErrors { message } }"),
    ("Mutation.saveView",        "○ ● ● ● ● – ●", "saveView(input: { list: PAGES, name: \"Mine\", search: \"status=DRAFT\" }) { savedView { id } userErrors { message } }"),
    ("Mutation.changeView",      "○ ◐ ◐ ◐ ◐ ◐ ◐", "changeView(input: { id: \"viw_01h2xcejqtf2nbrexx3vqjhp41\", name: \"Mine\", shared: true }) { savedView { id } userErrors { message } }"),
    ("Mutation.removeView",      "○ ◐ ◐ ◐ ◐ ◐ ◐", "removeView(input: { id: \"viw_01h2xcejqtf2nbrexx3vqjhp41\" }) { savedView { id } userErrors { message } }"),
    ("Query.previewPage",        "○ ● ● ● ● – ●", "previewPage(id: $page, content: { title: \"Seen\" })"),
    ("Query.previewTherapy",     "○ ● ● ● ● – ●", "previewTherapy(id: $therapy, content: { title: \"Seen\" })"),
    ("Mutation.createPreviewLink", "○ ● ● ● – – –", "createPreviewLink(input: { id: $page }) { previewLink { url } userErrors { message } }"),
    // Pictures.
    ("Query.media",              "○ ● ● ● ● – ●", "media(filter: { unused: true }) { totalCount nodes { fileName tags usedCount createdBy { email } } }"),
    ("Query.mediaItem",          "○ ● ● ● ● – ●", "mediaItem(id: $picture) { fileName url }"),
    ("Query.mediaTags",          "○ ● ● ● ● – ●", "mediaTags"),
    ("Mutation.updateMedia",     "○ ● ● ● – – –", "updateMedia(input: { id: $picture, version: 1, alt: \"Hills\" }) { media { alt } userErrors { message } }"),
    ("Mutation.replaceMedia",    "○ ● ● ● – – –", "replaceMedia(input: { id: $secondPicture, version: 1, upload: $thirdPicture }) { media { id } userErrors { message } }"),
    ("Mutation.trashMedia",      "○ ● ● ● – – –", "trashMedia(input: { id: $fourthPicture, version: 1 }) { media { id } userErrors { message } }"),
    ("Mutation.restoreMedia",    "○ ● ● ● – – –", "restoreMedia(input: { id: $fourthPicture }) { media { id } userErrors { message } }"),
    // What the public reads.
    ("Query.scheduled",          "○ ● ● ● ● – ●", "scheduled(from: $earlier, to: $later) { id entry { title } createdBy { email } }"),
    ("Mutation.publishEntries",  "○ ● ● ● – – –", "publishEntries(input: { entries: [{ id: $newPage, revision: $newPageDraft }] }) { entries { id } userErrors { message } }"),
    ("Mutation.unpublishEntries","○ ◐ ◐ ◐ – – –", "unpublishEntries(input: { entries: [$page] }) { entries { id } userErrors { message } }"),
    ("Mutation.republishEntries","○ ◐ ◐ ◐ – – –", "republishEntries(input: { entries: [$page] }) { entries { id } userErrors { message } }"),
    ("Mutation.undoPublishEntries", "○ ● ● ● – – –", "undoPublishEntries(input: { entries: [{ id: $shownPage, revision: $shownPageDraft }] }) { entries { id } userErrors { message } }"),
    ("Mutation.schedulePublish", "○ ● ● ● – – –", "schedulePublish(input: { id: $newTherapy, revision: $newTherapyDraft, runAt: $later, timeZone: \"Europe/Berlin\" }) { schedule { id } userErrors { message } }"),
    ("Mutation.scheduleUnpublish","○ ● ● ● – – –", "scheduleUnpublish(input: { id: $liveTherapy, runAt: $later, timeZone: \"Europe/Berlin\" }) { schedule { id } userErrors { message } }"),
    ("Mutation.cancelSchedule",  "○ ● ● ● – – –", "cancelSchedule(input: { id: $plan }) { schedule { id } userErrors { message } }"),
    ("Mutation.publishPage",     "○ ● ● ● – – –", "publishPage(input: { id: $newPage, revision: $newPageDraft }) { page { id } userErrors { message } }"),
    ("Mutation.unpublishPage",   "○ ● ● ● – – –", "unpublishPage(input: { id: $livePage }) { page { id } userErrors { message } }"),
    ("Mutation.publishTherapy",  "○ ● ● ● – – –", "publishTherapy(input: { id: $newTherapy, revision: $newTherapyDraft }) { therapy { id } userErrors { message } }"),
    ("Mutation.unpublishTherapy","○ ● ● ● – – –", "unpublishTherapy(input: { id: $liveTherapy }) { therapy { id } userErrors { message } }"),
    // Leads, masked; an auditor counts them without seeing one.
    ("Query.leads",              "○ ● ● – – ● –", "leads { nodes { reference name } totalCount }"),
    ("Query.lead",               "○ ● ● – – ● –", "lead(id: $lead) { name timeline { kind text } }"),
    ("Query.leadCounts",         "○ ● ● – – ● ●", "leadCounts { all }"),
    ("Query.leadDuplicates",     "○ ● ● – – ● –", "leadDuplicates(id: $lead) { name }"),
    ("Query.leadAccessLog",      "○ ● ● – – – ●", "leadAccessLog(id: $lead) { nodes { at } totalCount }"),
    ("Query.leadReport",         "○ ● ● – – ● ●", "leadReport(from: \"2026-01-01\", to: \"2026-12-31\") { received }"),
    ("Query.leadsOfPage",        "○ ● ● ● ● ● ●", "leadsOfPage(page: $page) { leads { received } }"),
    ("Query.admissionsStaff",    "○ ● ● – – ● –", "admissionsStaff { name }"),
    ("Query.myLeadTasks",        "○ ● ● – – ● –", "myLeadTasks { kind dueAt }"),
    ("Query.leadShifts",         "○ ● ● – – ● –", "leadShifts { until }"),
    // Leads, worked.
    ("Mutation.revealLead",      "○ ● – – – ● –", "revealLead(input: { id: $lead, reason: \"calling back\" }) { lead { revealed { name } } userErrors { message } }"),
    ("Mutation.addLeadNote",     "○ ● – – – ● –", "addLeadNote(input: { id: $otherLead, text: \"Called.\" }) { lead { version } userErrors { message } }"),
    ("Mutation.assignLead",      "○ ● – – – ● –", "assignLead(input: { id: $lead, version: 1, assignee: $admissions }) { lead { version } userErrors { message } }"),
    ("Mutation.changeLeadStatus","○ ● – – – ● –", "changeLeadStatus(input: { id: $thirdLead, version: 1, status: ATTEMPTING }) { lead { version } userErrors { message } }"),
    ("Mutation.correctLeadPerson","○ ◐ – – – ◐ –", "correctLeadPerson(input: { id: $thirdLead, version: 9, name: \"Sam\" }) { lead { version } userErrors { message } }"),
    ("Query.referralTargets",    "○ ● ● – – ● –", "referralTargets { name phone }"),
    ("Mutation.saveReferralTarget","○ ● ● – – – –", "saveReferralTarget(input: { name: \"East\", phone: \"(781) 555-0142\" }) { target { version } userErrors { message } }"),
    ("Mutation.revokeLeadReferral", "○ ◐ – – – ◐ –", "revokeLeadReferral(input: { id: $lead, version: 1, referral: \"lrf_01h2xcejqtf2nbrexx3vqjhp41\" }) { lead { version } userErrors { message } }"),
    ("Mutation.referLead",       "○ ◐ – – – – –", "referLead(input: { id: $lead, version: 1, target: \"rft_01h2xcejqtf2nbrexx3vqjhp41\", consent: { patient: \"P\", information: \"I\", purpose: \"P\", signedBy: \"P\", signedOn: \"2026-01-01\", expiresOn: \"2026-01-01\" } }) { lead { version } userErrors { message } }"),
    ("Mutation.confirmLeadHandOver","○ ◐ – – – – –", "confirmLeadHandOver(input: { id: $lead, version: 1 }) { lead { version } userErrors { message } }"),
    ("Query.admissionsPlaces",   "○ ● ● – – ● –", "admissionsPlaces { name timeZone }"),
    ("Query.leadFilterChoices",  "○ ● ● – – ● –", "leadFilterChoices { forms { key } places { name } }"),
    ("Query.leadCallConsents",   "○ ● – – – ● –", "leadCallConsents { contact { wording } texts { wording } }"),
    ("Mutation.createLead",      "○ ● – – – ● –", "createLead(input: { idempotencyKey: $key, name: \"Caller\", contact: { phone: \"(781) 555-0142\" }, agreed: true, nextActionAt: $later }) { lead { version } userErrors { message } }"),
    ("Mutation.takeNextLead",    "○ ● – – – ● –", "takeNextLead { lead { id } userErrors { message } }"),
    ("Mutation.logCall",         "○ ● – – – ● –", "logCall(input: { id: $calledLead, version: 1, outcome: NO_ANSWER, nextActionAt: $later }) { lead { version } userErrors { message } }"),
    ("Mutation.logMessage",      "○ ● – – – ● –", "logMessage(input: { id: $writtenLead, version: 1, channel: EMAIL, nextActionAt: $later }) { lead { version } userErrors { message } }"),
    ("Mutation.scheduleNextAction","○ ● – – – ● –", "scheduleNextAction(input: { id: $triedLead, version: 2, nextActionAt: $later }) { lead { version } userErrors { message } }"),
    ("Mutation.withdrawLeadConsent","○ ● – – – ● –", "withdrawLeadConsent(input: { id: $withdrawnLead, version: 1, consent: CONTACT }) { lead { version } userErrors { message } }"),
    ("Mutation.recordLeadConsent","○ ◐ – – – ◐ –", "recordLeadConsent(input: { id: $lead, version: 9, text: \"x\", scopes: [CALL] }) { lead { version } userErrors { message } }"),
    ("Mutation.suppressLeadContact","○ ◐ – – – ◐ –", "suppressLeadContact(input: { id: $lead, version: 9, reason: SAID }) { lead { version } userErrors { message } }"),
    ("Mutation.liftLeadSuppression","○ ◐ – – – ◐ –", "liftLeadSuppression(input: { id: $lead, version: 9, reason: \"They wrote.\" }) { lead { version } userErrors { message } }"),
    ("Mutation.setLeadPriority", "○ ● – – – ● –", "setLeadPriority(input: { id: $urgentLead, version: 1, priority: URGENT }) { lead { version } userErrors { message } }"),
    ("Mutation.updateLeadInsurance","○ ● – – – ● –", "updateLeadInsurance(input: { id: $insuredLead, version: 1, check: SUBMITTED, carrier: \"Sample Health\" }) { lead { version } userErrors { message } }"),
    ("Mutation.setLeadLevelOfCare","○ ● – – – ● –", "setLeadLevelOfCare(input: { id: $leveledLead, version: 1, levelOfCare: DETOX }) { lead { version } userErrors { message } }"),
    ("Mutation.recordEstimate",  "○ ● – – – ● –", "recordEstimate(input: { id: $estimatedLead, version: 1 }) { lead { version } userErrors { message } }"),
    ("Mutation.mergeLeads",      "○ ◐ – – – ◐ –", "mergeLeads(input: { id: $lead, version: 1, other: { id: $lead, version: 1 } }) { lead { version } userErrors { message } }"),
    ("Mutation.unmergeLead",     "○ ◐ – – – ◐ –", "unmergeLead(input: { id: $lead, version: 1 }) { lead { version } userErrors { message } }"),
    ("Mutation.clearLeadSpam",   "○ ● – – – ● –", "clearLeadSpam(input: { id: $suspectedLead, version: 1 }) { lead { version } userErrors { message } }"),
    ("Mutation.markLeadSpam",    "○ ● – – – ● –", "markLeadSpam(input: { id: $machineLead, version: 1 }) { lead { version } userErrors { message } }"),
    ("Mutation.saveLeadTask",    "○ ● – – – ● –", "saveLeadTask(input: { id: $otherLead, kind: CALL, dueAt: $later }) { lead { version } userErrors { message } }"),
    ("Mutation.completeLeadTask","○ ● – – – ● –", "completeLeadTask(input: { id: $task, version: 1 }) { lead { version } userErrors { message } }"),
    ("Mutation.assignLeadInTurn","○ ● – – – ● –", "assignLeadInTurn(input: { id: $turnLead, version: 1 }) { lead { version } userErrors { message } }"),
    ("Mutation.setShift",        "○ ● – – – ● –", "setShift(input: { on: true }) { shifts { until } userErrors { message } }"),
    ("Mutation.bulkAssignLeads", "○ ● – – – ● –", "bulkAssignLeads(input: { leads: [{ id: $lead, version: 1 }] }) { bulk { undo } userErrors { message } }"),
    ("Mutation.bulkCloseLeads",  "○ ● – – – ● –", "bulkCloseLeads(input: { leads: [{ id: $machineLead, version: 1 }], outcome: SPAM }) { bulk { undo } userErrors { message } }"),
    ("Mutation.undoBulkLeads",   "○ ◐ – – – ◐ –", "undoBulkLeads(input: { token: \"x\" }) { bulk { undo } userErrors { message } }"),
    // Leads, erased: the owner's alone.
    ("Mutation.holdLead",        "○ ● – – – – –", "holdLead(input: { id: $heldLead, version: 1, held: true, reason: \"A subpoena.\" }) { lead { heldAt } userErrors { message } }"),
    ("Mutation.eraseLead",       "○ ● – – – – –", "eraseLead(input: { id: $erasedLead, version: 1, reason: \"They asked us to.\" }) { lead { erasedAt } userErrors { message } }"),
    ("Query.leadRetention",      "○ ● – – – – –", "leadRetention { closedDays pastTime { closed } }"),
    ("Mutation.updateLeadRetention","○ ● – – – – –", "updateLeadRetention(input: { version: 1, spamDays: 30, closedDays: 365, admittedDays: 30 }) { retention { version } userErrors { message } }"),
    ("Mutation.eraseLeadsPastTime","○ ● – – – – –", "eraseLeadsPastTime(input: { expected: 0 }) { retention { version } userErrors { message } }"),
    // Leads, taken out: nobody wrote that day.
    ("Mutation.exportLeads",     "○ ◐ – – – – –", "exportLeads(input: { from: \"1970-01-01\", to: \"1970-01-01\", reason: \"The yearly review.\" }) { export { leads } userErrors { message } }"),
    // What is looked for in leads: a setting, though never of a person.
    ("Query.leadPhrases",        "○ ● ● – – – –", "leadPhrases { kind own version }"),
    ("Query.tryLeadPhrases",     "○ ● ● – – – –", "tryLeadPhrases(kind: SALES, own: \"\", text: \"We sell.\") { sells }"),
    ("Mutation.saveLeadPhrases", "○ ◐ ◐ – – – –", "saveLeadPhrases(input: { kind: SALES, version: 7, own: \"\" }) { list { version } userErrors { message } }"),
    // What somebody is told of leads; without a mail server no letter leaves.
    ("Query.leadNotices",        "○ ● – – – ● –", "leadNotices { email urgent }"),
    ("Mutation.updateLeadNotices","○ ● – – – ● –", "updateLeadNotices(input: { received: true, urgent: true, due: false, assigned: true }) { notices { due } userErrors { message } }"),
    ("Mutation.sendTestNotice",  "○ ◐ – – – ◐ –", "sendTestNotice { notices { email } userErrors { message } }"),
    // Anything by its id: what one may not see is not there.
    ("Query.node of a page",     "○ ● ● ● ● ∅ ●", "node(id: $page) { id ... on Page { draft { content } } }"),
    ("Query.node of a therapy",  "○ ● ● ● ● ∅ ●", "node(id: $therapy) { id }"),
    ("Query.node of a draft",    "○ ● ● ● ● ∅ ●", "node(id: $pageDraft) { id ... on Revision { content html } }"),
    ("Query.node of a picture",  "○ ● ● ● ● ∅ ●", "node(id: $picture) { id ... on Media { fileName } }"),
    ("Query.node of a lead",     "○ ● ● ∅ ∅ ● ∅", "node(id: $lead) { id ... on Lead { name } }"),
    ("Query.node of a colleague","○ ● ● ● ● ● ●", "node(id: $admissions) { id ... on User { name } }"),
    ("Query.node of nothing",    "○ ∅ ∅ ∅ ∅ ∅ ∅", "node(id: \"nonsense\") { id }"),
    // Coming and going; the last, because it ends the asker's session.
    ("Mutation.setUpOwner",      "◐ ◐ ◐ ◐ ◐ ◐ ◐", "setUpOwner(input: { token: \"x\", name: \"Eve\", email: \"eve@example.org\", password: $password }) { session { accessToken } userErrors { message } }"),
    ("Mutation.signIn",          "● ● ● ● ● ● ●", "signIn(input: { email: $email, password: $password }) { session { accessToken } userErrors { message } }"),
    ("Mutation.refresh",         "○ ● ● ● ● ● ●", "refresh { session { accessToken } userErrors { message } }"),
    ("Mutation.signOut",         "● ● ● ● ● ● ●", "signOut { ok }"),
];

/// Every operation of the public schema; each is for everybody.
const PUBLIC: &[(&str, &str)] = &[
    ("Query.node", "node(id: $page) { id }"),
    ("Query.route", "route(path: \"/ketamine-side-effects\") { __typename }"),
    ("Query.nodes", "nodes(ids: [$page]) { id }"),
    ("Query.conditions", "conditions"),
    ("Query.contactPoint", "contactPoint(handle: \"admissions\") { number }"),
    ("Query.contactPoints", "contactPoints { nodes { number } }"),
    ("Query.locations", "locations { nodes { name } }"),
    ("Query.people", "people { nodes { name } }"),
    ("Query.redirects", "redirects { nodes { fromPath } }"),
    ("Query.regions", "regions { nodes { name } }"),
    ("Query.search", "search(query: \"ketamine\") { nodes { excerpt { text } } }"),
    ("Query.sources", "sources { nodes { title } }"),
    ("Query.routes", "routes { nodes { path } }"),
    ("Query.therapy", "therapy(slug: \"group-therapy\") { title }"),
    ("Query.therapies", "therapies { nodes { title } }"),
    ("Query.navigation", "navigation(handle: \"main\") { __typename }"),
    ("Query.site", "site { name }"),
    ("Query.crisisCheck", "crisisCheck(text: \"I cannot wake him up\") { dangers }"),
    ("Query.leadForm", "leadForm(key: \"confidential\") { key }"),
    ("Mutation.submitLead", "submitLead(input: $lead) { receipt { reference } userErrors { message } }"),
];

#[test]
fn every_operation_has_its_row() {
    let of_staff = STAFF.iter().map(|(name, ..)| name.split(' ').next().unwrap_or(name));
    assert_same(&operations(&staff_schema()), of_staff, "the staff schema");
    assert_same(&operations(&public_schema()), PUBLIC.iter().map(|(name, _)| *name), "the public schema");
}

on_both! {
    async fn every_operation_answers_every_role_as_the_table_says(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let admissions = app.staff(Role::Admissions).await;
        let mut wrong = Vec::new();
        for (column, role) in ACTORS.into_iter().enumerate() {
            let asker = match role {
                Some(role) => app.staff(role).await,
                None => app.browser(),
            };
            let words = prepare(&app, &owner, &admissions).await;
            let expected = |may: &str| may.chars().nth(column * 2).expect("a column");
            // Refusals first: together they must leave everything as it was.
            let (refused, allowed): (Vec<_>, Vec<_>) =
                STAFF.iter().partition(|(_, may, _)| !matches!(expected(may), '●' | '∅'));
            let before = row_counts(app.app.db.reader()).await;
            for (place, (name, may, ask)) in refused.iter().chain(&allowed).enumerate() {
                if place == refused.len() {
                    assert_eq!(row_counts(app.app.db.reader()).await, before, "a refusal to {role:?} wrote something");
                }
                let got = outcome(&asker, name, &fill(ask, &words)).await;
                if got != expected(may) {
                    wrong.push(format!("{name} by {role:?}: {} expected, {got} answered", expected(may)));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn everything_public_is_for_everybody(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let home = visitor.ask("{ route(path: \"/\") { ... on Page { id } } }", Value::Null).await;
        let page = home.data()["route"]["id"].clone();
        for (name, ask) in PUBLIC {
            let (kind, field) = operation(name);
            let (query, variables) = match kind {
                "query" => (format!("{{ {} }}", ask.replace("$page", &page.to_string())), Value::Null),
                _ => {
                    let lead = json!({ "lead": visitor.lead().await });
                    (format!("mutation ($lead: SubmitLeadInput!) {{ {ask} }}"), lead)
                }
            };
            let answer = visitor.ask(&query, variables).await;
            assert_ne!(answer.data()[field], Value::Null, "{name}");
            assert_eq!(answer.headers["access-control-allow-origin"], "*", "{name}");
            assert!(!answer.headers.contains_key("set-cookie"), "{name}");
        }
    }

    async fn a_session_opens_nothing_on_the_public_side(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        let page = owner.create_page("a-draft", json!({ "title": "A draft" })).await;
        owner.refresh().await.done("refresh");
        let ask = async |query: String| {
            let request = app.visitor().request(reqwest::Method::POST, "/graphql");
            let request = request.bearer_auth(owner.token.as_ref().unwrap());
            let cookie = format!("__Host-hillside_rt={}", owner.cookie.as_ref().unwrap());
            Answer::to(request.header("cookie", cookie).json(&json!({ "query": query }))).await
        };
        let answer = ask("{ leads { totalCount } }".to_owned()).await;
        assert!(answer.errors().starts_with("GRAPHQL_VALIDATION_FAILED"), "{}", answer.errors());
        for id in [&page.id, &page.revision] {
            assert_eq!(ask(format!("{{ node(id: \"{id}\") {{ id }} }}")).await.data()["node"], Value::Null);
        }
        assert_eq!(ask("{ route(path: \"/a-draft\") { __typename } }".to_owned()).await.data()["route"], Value::Null);
    }
}

#[test]
fn no_public_type_or_field_leads_to_a_person_a_draft_or_a_colleague() {
    let (public, staff) = (public_schema(), staff_schema());
    let types =
        ["Lead", "LeadConnection", "LeadEvent", "LeadCounts", "RevealedLead", "User", "Viewer", "Session", "Revision"];
    for name in types {
        assert!(staff.types.contains_key(name), "the staff schema has no {name} any more; see what became of it");
        assert!(!public.types.contains_key(name), "the public schema has a type {name}");
    }
    let private = [
        "accessToken",
        "assignee",
        "checks",
        "draft",
        "lead",
        "leads",
        "live",
        "password",
        "permissions",
        "revealed",
        "revisions",
        "timeline",
        "updatedBy",
        "viewer",
    ];
    for (name, ty) in &public.types {
        let ExtendedType::Object(ty) = ty else { continue };
        for field in ty.fields.values() {
            assert!(!private.contains(&field.name.as_str()), "the public schema has {name}.{}", field.name);
            assert!(!types.contains(&field.ty.inner_named_type().as_str()), "{name}.{} leads inside", field.name);
        }
    }
}

/// Ids of things that were made for one asker, by the words that stand for them in the table.
async fn prepare(app: &TestApp, owner: &Staff, admissions: &Staff) -> Vec<(&'static str, String)> {
    let slug = format!("s{}", uuid::Uuid::now_v7().simple());
    let content = json!({ "title": "A sample", "summary": "For whoever asks." });
    let (page, new_page, live_page) = (
        owner.create_page(&format!("{slug}-a"), content.clone()).await,
        owner.create_page(&format!("{slug}-b"), content.clone()).await,
        owner.published_page(&format!("{slug}-c"), content.clone()).await,
    );
    let create = async |letter: &str| {
        let input = json!({ "slug": format!("{slug}-{letter}"), "content": content });
        let made = owner.entry("createTherapy", input).await.done("createTherapy")["therapy"].clone();
        (text(&made["id"]), text(&made["draft"]["id"]))
    };
    let (therapy, new_therapy) = (create("d").await, create("e").await);
    let live_therapy = owner.published_therapy(&format!("{slug}-f"), content.clone()).await;

    let shown_page = owner.published_page(&format!("{slug}-g"), content.clone()).await;
    let later = (chrono::Utc::now() + chrono::TimeDelta::days(1)).to_rfc3339();
    let plan = owner
        .ask(
            "mutation ($input: ScheduleUnpublishInput!) { scheduleUnpublish(input: $input) { schedule { id } } }",
            json!({ "input": { "id": live_page.id, "runAt": later, "timeZone": "Europe/Berlin" } }),
        )
        .await;
    let plan = text(&plan.data()["scheduleUnpublish"]["schedule"]["id"]);

    let source = owner
        .ask("mutation { createFact(input: { fields: { source: { title: \"S\", publisher: \"P\" } } }) { fact { id } } }", Value::Null)
        .await;
    let source = text(&source.data()["createFact"]["fact"]["id"]);

    let mut pictures = Vec::new();
    for _ in 0..4 {
        pictures.push(owner.upload("hills.png", drawing(8, 6, Png)).await);
    }
    let visitor = app.visitor();
    let mut leads = Vec::new();
    for _ in 0..3 {
        leads.push(app.lead_row(&visitor.submitted(&visitor.lead().await).await).await.id.to_string());
    }
    let mut worked = Vec::new();
    for _ in 0..13 {
        let mut lead = visitor.lead().await;
        lead["contact"]["email"] = json!("sam@example.org");
        worked.push(app.lead_row(&visitor.submitted(&lead).await).await.id.to_string());
    }
    let tried = json!({ "id": worked[2], "version": 1, "outcome": "BUSY", "nextActionAt": later });
    owner.work("logCall", tried).await.done("logCall");
    let task = json!({ "id": leads[1], "kind": "CALL", "dueAt": later });
    owner.work("saveLeadTask", task).await.done("saveLeadTask");
    let task = owner.ask("query ($id: ID!) { lead(id: $id) { tasks { id } } }", json!({ "id": leads[1] })).await;
    let task = text(&task.data()["lead"]["tasks"][0]["id"]);
    let on = "mutation { setShift(input: { on: true }) { shifts { until } userErrors { message } } }";
    admissions.ask(on, Value::Null).await.done("setShift");
    let email = owner.ask("{ viewer { user { email } } }", Value::Null).await.data()["viewer"]["user"]["email"].clone();
    let found =
        owner.ask("query ($id: ID!) { page(id: $id) { checks { fingerprint code } } }", json!({ "id": page.id })).await;
    let found = found.data()["page"]["checks"].as_array().expect("checks").clone();
    let check = found.iter().find(|it| it["code"] == "searchResult").expect("two pages have the same title");
    vec![
        ("$slug", slug),
        ("$pageCheck", text(&check["fingerprint"])),
        ("$page", page.id),
        ("$pageDraft", page.revision),
        ("$newPage", new_page.id),
        ("$newPageDraft", new_page.revision),
        ("$livePage", live_page.id),
        ("$therapy", therapy.0),
        ("$therapyDraft", therapy.1),
        ("$newTherapy", new_therapy.0),
        ("$newTherapyDraft", new_therapy.1),
        ("$liveTherapy", live_therapy.id),
        ("$shownPage", shown_page.id),
        ("$shownPageDraft", shown_page.revision),
        ("$picture", pictures[0].clone()),
        ("$secondPicture", pictures[1].clone()),
        ("$thirdPicture", pictures[2].clone()),
        ("$fourthPicture", pictures[3].clone()),
        ("$plan", plan),
        ("$source", source),
        ("$earlier", chrono::Utc::now().to_rfc3339()),
        ("$later", later),
        ("$lead", leads[0].clone()),
        ("$otherLead", leads[1].clone()),
        ("$thirdLead", leads[2].clone()),
        ("$calledLead", worked[0].clone()),
        ("$writtenLead", worked[1].clone()),
        ("$triedLead", worked[2].clone()),
        ("$urgentLead", worked[3].clone()),
        ("$withdrawnLead", worked[4].clone()),
        ("$heldLead", worked[5].clone()),
        ("$erasedLead", worked[6].clone()),
        ("$suspectedLead", worked[7].clone()),
        ("$machineLead", worked[8].clone()),
        ("$turnLead", worked[9].clone()),
        ("$task", task),
        ("$insuredLead", worked[10].clone()),
        ("$leveledLead", worked[11].clone()),
        ("$estimatedLead", worked[12].clone()),
        ("$key", uuid::Uuid::now_v7().to_string()),
        ("$admissions", admissions.id.clone()),
        ("$email", text(&email)),
        ("$password", PASSWORD.to_owned()),
    ]
}

/// The table's text with its words filled in, the longer before those they begin with.
fn fill(ask: &str, words: &[(&str, String)]) -> String {
    let mut words = words.to_vec();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words.into_iter().fold(ask.to_owned(), |ask, (word, value)| ask.replace(word, &json!(value).to_string()))
}

/// Really asks, and says in the table's sign what came of it.
async fn outcome(asker: &Staff, name: &str, ask: &str) -> char {
    let (kind, field) = operation(name);
    if kind == "subscription" {
        return match asker.follow(&format!("{kind} {{ {ask} }}")).await {
            Followed::Closed(4403) => '○',
            Followed::Said(answer) if answer["errors"].is_null() => '●',
            Followed::Said(answer) if answer["errors"][0]["extensions"]["code"] == "FORBIDDEN" => '–',
            other => panic!("{name} failed: {other:?}"),
        };
    }
    let answer = asker.ask(&format!("{kind} {{ {ask} }}"), Value::Null).await;
    match answer.errors().split(':').next() {
        Some("UNAUTHENTICATED") => '○',
        Some("FORBIDDEN") => '–',
        Some("") if answer.body["data"][field].is_null() => '∅',
        Some("") => {
            let errors = answer.body["data"][field]["userErrors"].as_array();
            if errors.is_some_and(|errors| !errors.is_empty()) { '◐' } else { '●' }
        }
        _ => panic!("{name} failed: {:#}", answer.body),
    }
}

/// `Query.node of a lead` as `("query", "node")`.
fn operation(name: &str) -> (&'static str, &str) {
    let name = name.split(' ').next().unwrap_or(name);
    match name.split_once('.') {
        Some(("Query", field)) => ("query", field),
        Some(("Mutation", field)) => ("mutation", field),
        Some(("Subscription", field)) => ("subscription", field),
        _ => panic!("{name} is no operation"),
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn staff_schema() -> Valid<Schema> {
    Schema::parse_and_validate(hillside::schema::staff_sdl(), "admin.graphql").expect("a valid schema")
}

fn public_schema() -> Valid<Schema> {
    Schema::parse_and_validate(hillside::schema::public_sdl(), "public.graphql").expect("a valid schema")
}

/// `Query.lead`, `Mutation.signIn` …
fn operations(schema: &Schema) -> BTreeSet<String> {
    let of = |root: &'static str| {
        let fields = schema.get_object(root).into_iter().flat_map(|ty| ty.fields.keys());
        fields.map(move |field| format!("{root}.{field}"))
    };
    of("Query").chain(of("Mutation")).chain(of("Subscription")).collect()
}

fn assert_same<'a>(of_schema: &BTreeSet<String>, of_table: impl Iterator<Item = &'a str>, of: &str) {
    let of_table: BTreeSet<String> = of_table.map(ToOwned::to_owned).collect();
    let missing: Vec<_> = of_schema.difference(&of_table).collect();
    assert!(missing.is_empty(), "{of} has operations without a row in this file; say who may: {missing:?}");
    let gone: Vec<_> = of_table.difference(of_schema).collect();
    assert!(gone.is_empty(), "{of} has these no more: {gone:?}");
}
