import { graphql, type VariablesOf } from '~/gql/graphql';

export const BlockKindsQuery = graphql(`
  query BlockKinds {
    blockKinds { kind title description icon belongsToItsPage schema empty }
  }
`);

export const TargetsQuery = graphql(`
  query Targets($kinds: [TargetKind!]!, $query: String!) {
    targets(kinds: $kinds, query: $query, first: 20) { id kind label detail published }
  }
`);

export const TargetsByIdQuery = graphql(`
  query TargetsById($ids: [ID!]!) {
    targetsById(ids: $ids) { id kind label detail published }
  }
`);

export const RevisionLine = graphql(`
  fragment RevisionLine on Revision @_unmask {
    id number kind note createdAt author { id name }
  }
`);

export const CreatePreviewLink = graphql(`
  mutation CreatePreviewLink($input: CreatePreviewLinkInput!) {
    createPreviewLink(input: $input) {
      previewLink { url token expiresAt }
      userErrors { code message path }
    }
  }
`);

export const CheckLine = graphql(`
  fragment CheckLine on Check @_unmask {
    fingerprint code severity message path blockKey
    fix { label path value }
    waiver { reason by at }
  }
`);

export const WaiveCheck = graphql(
  `
    mutation WaiveCheck($input: WaiveCheckInput!) {
      waiveCheck(input: $input) {
        check { ...CheckLine }
        userErrors { code message path }
      }
    }
  `,
  [CheckLine],
);

export const UnwaiveCheck = graphql(
  `
    mutation UnwaiveCheck($input: UnwaiveCheckInput!) {
      unwaiveCheck(input: $input) {
        check { ...CheckLine }
        userErrors { code message path }
      }
    }
  `,
  [CheckLine],
);

export const SavedViewsQuery = graphql(`
  query SavedViews($list: ViewedList!) {
    savedViews(list: $list) { id name search shared mine }
  }
`);

export const SaveView = graphql(`
  mutation SaveView($input: SaveViewInput!) {
    saveView(input: $input) {
      savedView { id name search shared mine }
      userErrors { code message path }
    }
  }
`);

export const ChangeView = graphql(`
  mutation ChangeView($input: ChangeViewInput!) {
    changeView(input: $input) {
      savedView { id name search shared mine }
      userErrors { code message path }
    }
  }
`);

export const RemoveView = graphql(`
  mutation RemoveView($input: RemoveViewInput!) {
    removeView(input: $input) {
      savedView { id }
      userErrors { code message path }
    }
  }
`);

export const CompareQuery = graphql(
  `
  query CompareRevisions($from: ID!, $to: ID!) {
    compareRevisions(from: $from, to: $to) {
      from { ...RevisionLine }
      to { ...RevisionLine }
      fields { path words { kind text } }
      blocks {
        key blockKind change moved before after summary old
        fields { path words { kind text } }
      }
    }
  }
`,
  [RevisionLine],
);

/** Whether `id` is a version of the same entry as `of`: only then can they be compared. */
export const IsVersionQuery = graphql(`
  query IsVersion($of: ID!, $id: ID!) {
    compareRevisions(from: $of, to: $id) { to { id } }
  }
`);

export const RevisionContentQuery = graphql(`
  query RevisionContent($id: ID!) {
    node(id: $id) {
      __typename
      ... on Revision { id content }
    }
  }
`);

export const MovePreviewQuery = graphql(`
  query MovePreview($id: ID!, $parent: ID, $slug: String) {
    movePreview(id: $id, parent: $parent, slug: $slug) { total redirects }
  }
`);

/** What is another after each save, whatever sort of entry it is. */
const SavedEntry = graphql(
  `
    fragment SavedEntry on EntryFields @_unmask {
      path slug title status publishedAt updatedAt
      updatedBy { id name }
      draft { ...RevisionLine content }
      live { id number }
      revisions(first: 50, kind: SAVED) { ...RevisionLine }
      checks { ...CheckLine }
    }
  `,
  [CheckLine, RevisionLine],
);

export const SaveDraft = graphql(
  `
    mutation SaveDraft($input: SaveDraftInput!) {
      saveDraft(input: $input) {
        draft {
          merged
          conflicts { block path base theirs yours }
          entry { ...SavedEntry }
        }
        userErrors { code message path }
      }
    }
  `,
  [SavedEntry],
);

export type SaveDraftInput = VariablesOf<typeof SaveDraft>['input'];

export const AutosavesQuery = graphql(
  `
    query Autosaves($id: ID!) {
      node(id: $id) {
        __typename
        ... on Page { id autosaves: revisions(first: 100, kind: AUTOSAVE) { ...RevisionLine } }
        ... on Therapy { id autosaves: revisions(first: 100, kind: AUTOSAVE) { ...RevisionLine } }
      }
    }
  `,
  [RevisionLine],
);

export const AnnouncePresence = graphql(`
  mutation AnnouncePresence($input: AnnouncePresenceInput!) {
    announcePresence(input: $input) {
      presence { latest others { tab block user { id name } } }
      userErrors { code message path }
    }
  }
`);

const ScheduleLine = graphql(`
  fragment ScheduleLine on Schedule @_unmask {
    id action runAt timeZone state error revisionNumber
  }
`);

/** What the publish dialog asks: what else has to be public, and what is planned. */
export const PublishPlanQuery = graphql(
  `
    query PublishPlan($id: ID!) {
      unpublishedTargets(id: $id) { id kind title path draft }
      node(id: $id) {
        __typename
        ... on Page { id schedules { ...ScheduleLine } }
        ... on Therapy { id schedules { ...ScheduleLine } }
      }
    }
  `,
  [ScheduleLine],
);

export const PublishEntries = graphql(`
  mutation PublishEntries($input: PublishEntriesInput!) {
    publishEntries(input: $input) {
      entries { id }
      userErrors { code message path }
    }
  }
`);

export const UndoPublish = graphql(`
  mutation UndoPublish($input: UndoPublishEntriesInput!) {
    undoPublishEntries(input: $input) {
      entries { id }
      userErrors { code message path }
    }
  }
`);

export const SchedulePublish = graphql(
  `
    mutation SchedulePublish($input: SchedulePublishInput!) {
      schedulePublish(input: $input) {
        schedule { ...ScheduleLine }
        userErrors { code message path }
      }
    }
  `,
  [ScheduleLine],
);

export const ScheduleUnpublish = graphql(
  `
    mutation ScheduleUnpublish($input: ScheduleUnpublishInput!) {
      scheduleUnpublish(input: $input) {
        schedule { ...ScheduleLine }
        userErrors { code message path }
      }
    }
  `,
  [ScheduleLine],
);

export const CancelSchedule = graphql(
  `
    mutation CancelSchedule($input: CancelScheduleInput!) {
      cancelSchedule(input: $input) {
        schedule { ...ScheduleLine }
        userErrors { code message path }
      }
    }
  `,
  [ScheduleLine],
);

/** That a page or therapy is not what it was: saved, published, moved, in the trash. */
export const EntryChanged = graphql(`
  subscription EntryChanged($id: ID!) {
    entryChanged(id: $id) { kind }
  }
`);
