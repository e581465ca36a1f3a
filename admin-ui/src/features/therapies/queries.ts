import { CheckLine, RevisionLine } from '~/features/entries/queries';
import { graphql, type VariablesOf } from '~/gql/graphql';

export const TherapiesQuery = graphql(`
  query Therapies($filter: EntryFilter, $sort: EntrySort!, $first: Int!, $after: String) {
    therapies(filter: $filter, sort: $sort, first: $first, after: $after) {
      nodes { id title path slug status draftId checkCount { blocking warnings } updatedAt updatedBy { id name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

export const CreateTherapy = graphql(`
  mutation CreateTherapy($input: CreateTherapyInput!) {
    createTherapy(input: $input) {
      therapy { id title path slug status updatedAt }
      userErrors { code message path }
    }
  }
`);

/** Everything the editor holds of a therapy. */
const TherapyDocument = graphql(
  `
    fragment TherapyDocument on Therapy @_unmask {
      id path slug title status publishedAt updatedAt
      updatedBy { id name }
      draft { ...RevisionLine content }
      live { id number }
      revisions(first: 50, kind: SAVED) { ...RevisionLine }
      checks { ...CheckLine }
    }
  `,
  [CheckLine, RevisionLine],
);

export const TherapyQuery = graphql(
  `
    query Therapy($id: ID!) {
      therapy(id: $id) { ...TherapyDocument }
    }
  `,
  [TherapyDocument],
);

export const PublishTherapy = graphql(
  `
    mutation PublishTherapy($input: PublishInput!) {
      publishTherapy(input: $input) {
        therapy { ...TherapyDocument }
        userErrors { code message path }
      }
    }
  `,
  [TherapyDocument],
);

export const UnpublishTherapy = graphql(
  `
    mutation UnpublishTherapy($input: UnpublishInput!) {
      unpublishTherapy(input: $input) {
        therapy { ...TherapyDocument }
        userErrors { code message path }
      }
    }
  `,
  [TherapyDocument],
);

export const PreviewTherapy = graphql(`
  query PreviewTherapy($id: ID!, $content: TherapyContentInput!) {
    previewTherapy(id: $id, content: $content)
  }
`);

export type PreviewTherapyContent = VariablesOf<typeof PreviewTherapy>['content'];
