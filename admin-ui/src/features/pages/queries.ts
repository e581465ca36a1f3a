import { CheckLine, RevisionLine } from '~/features/entries/queries';
import { graphql, type VariablesOf } from '~/gql/graphql';

export const PagesQuery = graphql(`
  query Pages($filter: EntryFilter, $kind: PageKind, $sort: EntrySort!, $first: Int!, $after: String) {
    pages(filter: $filter, kind: $kind, sort: $sort, first: $first, after: $after) {
      nodes { id title path slug status draftId checkCount { blocking warnings } updatedAt updatedBy { id name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

export const CreatePage = graphql(`
  mutation CreatePage($input: CreatePageInput!) {
    createPage(input: $input) {
      page { id title path slug status updatedAt }
      userErrors { code message path }
    }
  }
`);

/** Everything the editor holds of a page. */
const PageDocument = graphql(
  `
    fragment PageDocument on Page @_unmask {
      id kind path slug title status publishedAt updatedAt
      parent { id }
      updatedBy { id name }
      draft { ...RevisionLine content }
      live { id number }
      revisions(first: 50, kind: SAVED) { ...RevisionLine }
      checks { ...CheckLine }
    }
  `,
  [CheckLine, RevisionLine],
);

export const PageQuery = graphql(
  `
    query Page($id: ID!) {
      page(id: $id) { ...PageDocument }
    }
  `,
  [PageDocument],
);

export const LeadsOfPageQuery = graphql(`
  query LeadsOfPage($page: ID!) {
    leadsOfPage(page: $page) {
      rounded
      leads { received qualified }
    }
  }
`);

export const PublishPage = graphql(
  `
    mutation PublishPage($input: PublishInput!) {
      publishPage(input: $input) {
        page { ...PageDocument }
        userErrors { code message path }
      }
    }
  `,
  [PageDocument],
);

export const UnpublishPage = graphql(
  `
    mutation UnpublishPage($input: UnpublishInput!) {
      unpublishPage(input: $input) {
        page { ...PageDocument }
        userErrors { code message path }
      }
    }
  `,
  [PageDocument],
);

export const PreviewPage = graphql(`
  query PreviewPage($id: ID!, $content: PageContentInput!) {
    previewPage(id: $id, content: $content)
  }
`);

export type PreviewPageContent = VariablesOf<typeof PreviewPage>['content'];
