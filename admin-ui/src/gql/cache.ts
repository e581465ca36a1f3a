import { cacheExchange, type Data, type UpdateResolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

const embedded = () => null;
const byKind = (data: Data) => data['kind'] as string;

/** Lets go of every answer to fields of the query, whatever was asked of them; lists in sight are read anew. */
const forgetting =
  (...fields: string[]): UpdateResolver =>
  (_result, _args, cache) => {
    for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
      if (fields.includes(fieldName)) cache.invalidate('Query', fieldName, args);
    }
  };

const entriesChanged = forgetting('pages', 'therapies', 'trash');

/**
 * The normalised store, in memory only and dropped with the session. Types without an identity of their own are
 * named `embedded`; everything else is shared by its id. Lists of leads are not merged here: the inbox refetches
 * them as a whole, so nothing falls between two pages while leads arrive. A person in clear never comes here.
 */
export const createCache = () =>
  cacheExchange({
    keys: {
      BlockKind: byKind,
      BulkLead: embedded,
      BlockChange: embedded,
      Comparison: embedded,
      DraftConflict: embedded,
      EntryFields: embedded,
      FieldChange: embedded,
      FocalPoint: embedded,
      WordRun: embedded,
      Check: embedded,
      CheckCount: embedded,
      CheckFix: embedded,
      CheckPayload: embedded,
      CheckWaiver: embedded,
      FactConnection: embedded,
      FactDefinition: byKind,
      FactEdge: embedded,
      FactPayload: embedded,
      LeadAccess: embedded,
      LeadAccessConnection: embedded,
      LeadAccessEdge: embedded,
      LeadArrival: embedded,
      LeadFilterChoices: embedded,
      LeadFilterForm: embedded,
      LeadFilterPage: embedded,
      LeadSource: embedded,
      LeadsByInsurance: embedded,
      LeadsFromCampaign: embedded,
      LeadBulk: embedded,
      LeadBulkPayload: embedded,
      LeadCallConsents: embedded,
      LeadConnection: embedded,
      LeadConsent: embedded,
      LeadCounts: embedded,
      LeadEdge: embedded,
      LeadExport: embedded,
      LeadExportPayload: embedded,
      LeadConsentTextPayload: embedded,
      LeadConsentTexts: embedded,
      LeadForm: embedded,
      LeadFormChoice: embedded,
      LeadFormDefinition: embedded,
      LeadFormField: embedded,
      LeadFormPayload: embedded,
      LeadFormQuestion: embedded,
      LeadFormStep: embedded,
      LeadFormVersion: embedded,
      LeadFunnelStep: embedded,
      LeadGivenConsent: embedded,
      // What it says depends on whose timeline it stands in.
      LeadEvent: embedded,
      LeadInsurance: embedded,
      LeadNotices: embedded,
      LeadNoticesPayload: embedded,
      LeadOutcomeCount: embedded,
      LeadPayload: embedded,
      LeadProgress: embedded,
      LeadReport: embedded,
      LeadRetention: embedded,
      LeadRetentionPayload: embedded,
      LeadShift: embedded,
      LeadSuppression: embedded,
      LeadShiftsPayload: embedded,
      LeadWait: embedded,
      LeadsAtHour: embedded,
      LeadsFromPage: embedded,
      LeadsFromPlacement: embedded,
      LeadsOfColleague: embedded,
      LeadsOfPage: embedded,
      LeadsOnDay: embedded,
      LeadsPastTime: embedded,
      ReferralTargetPayload: embedded,
      Presence: embedded,
      PresencePayload: embedded,
      Present: embedded,
      MediaConnection: embedded,
      MediaEdge: embedded,
      MediaPayload: embedded,
      PreviewLink: embedded,
      PreviewLinkPayload: embedded,
      MovePreview: embedded,
      MovePagePayload: embedded,
      PathChange: embedded,
      PageConnection: embedded,
      PageEdge: embedded,
      PageInfo: embedded,
      PagePayload: embedded,
      SaveDraftPayload: embedded,
      SavedDraft: embedded,
      PublishEntriesPayload: embedded,
      RedirectConnection: embedded,
      RedirectEdge: embedded,
      RedirectImport: embedded,
      RedirectLineProblem: embedded,
      RedirectPayload: embedded,
      ImportRedirectsPayload: embedded,
      ReplaceUsesPayload: embedded,
      RestoreEntryPayload: embedded,
      TrashEntryPayload: embedded,
      TrashedEntries: embedded,
      TrashedEntryConnection: embedded,
      TrashedEntryEdge: embedded,
      SchedulePayload: embedded,
      SavedViewPayload: embedded,
      SearchHit: embedded,
      LeadPhraseLine: embedded,
      LeadPhraseList: embedded,
      LeadPhrasesTried: embedded,
      SaveLeadPhrasesPayload: embedded,
      SearchSynonymsPayload: embedded,
      SafeContact: embedded,
      Session: embedded,
      SessionPayload: embedded,
      Setup: embedded,
      SignOutPayload: embedded,
      SynonymGroup: embedded,
      TherapyConnection: embedded,
      TherapyEdge: embedded,
      TherapyPayload: embedded,
      Use: embedded,
      UseConnection: embedded,
      UseEdge: embedded,
      UsePlace: embedded,
      UserError: embedded,
      Viewer: embedded,
      WebhookDeliveryConnection: embedded,
      WebhookDeliveryEdge: embedded,
      WebhookDeliveryPayload: embedded,
      WebhookPayload: embedded,
    },
    resolvers: {
      Query: {
        pages: relayPagination(),
        therapies: relayPagination(),
        facts: relayPagination(),
        redirects: relayPagination(),
        trash: relayPagination(),
        page: (_, { id }) => ({ __typename: 'Page', id: id as string }),
        therapy: (_, { id }) => ({ __typename: 'Therapy', id: id as string }),
        fact: (_, { id }) => ({ __typename: 'Fact', id: id as string }),
        media: relayPagination(),
        mediaItem: (_, { id }) => ({ __typename: 'Media', id: id as string }),
        lead: (_, { id }) => ({ __typename: 'Lead', id: id as string }),
      },
    },
    optimistic: {
      // Shown at once; taken back by itself when the server refuses.
      assignLead: (args, cache) => {
        const { id, assignee } = args['input'] as { id: string; assignee?: string | null };
        const name = assignee == null ? null : cache.resolve({ __typename: 'User', id: assignee }, 'name');
        if (name === undefined) return null;
        return {
          __typename: 'LeadPayload',
          lead: {
            __typename: 'Lead',
            id,
            assignee: assignee == null ? null : { __typename: 'User', id: assignee, name: name as string },
          },
          userErrors: [],
        };
      },
    },
    updates: {
      Mutation: {
        movePage: entriesChanged,
        createPage: forgetting('pages'),
        trashEntry: entriesChanged,
        restoreEntry: entriesChanged,
        publishEntries: entriesChanged,
        unpublishEntries: entriesChanged,
        republishEntries: entriesChanged,
        undoPublishEntries: entriesChanged,
        saveRedirect: forgetting('redirects'),
        deleteRedirect: forgetting('redirects'),
        importRedirects: forgetting('redirects'),
        saveLeadForm: forgetting('leadForms'),
        saveLeadConsentText: forgetting('leadConsentTexts'),
        saveWebhook: forgetting('webhooks'),
        deleteWebhook: forgetting('webhooks'),
        createFact: forgetting('facts'),
        updateFact: forgetting('facts'),
        deleteFact: forgetting('facts'),
        replaceUses: (result, args, cache, info) => {
          entriesChanged(result, args, cache, info);
          forgetting('facts', 'media')(result, args, cache, info);
          // What is kept of them by id is not theirs any more.
          const payload = result['replaceUses'] as { changed: { id: string }[] | null };
          for (const { id } of payload.changed ?? []) {
            for (const __typename of ['Page', 'Therapy']) cache.invalidate({ __typename, id });
          }
          cache.invalidate({ __typename: 'Media', id: (args['input'] as { id: string }).id });
        },
        createTherapy: forgetting('therapies'),
        updateMedia: forgetting('mediaTags'),
        replaceMedia: forgetting('media'),
        trashMedia: forgetting('media'),
        restoreMedia: forgetting('media'),
      },
    },
  });
