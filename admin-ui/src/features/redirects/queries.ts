import { graphql, type ResultOf } from '~/gql/graphql';

export const RedirectLine = graphql(`
  fragment RedirectLine on Redirect @_unmask {
    id fromPath target works status entry { id title }
  }
`);

export const RedirectsQuery = graphql(
  `
    query Redirects($query: String!, $after: String) {
      redirects(query: $query, first: 50, after: $after) {
        nodes { ...RedirectLine }
        totalCount
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [RedirectLine],
);

export const SaveRedirect = graphql(
  `
    mutation SaveRedirect($input: SaveRedirectInput!) {
      saveRedirect(input: $input) {
        redirect { ...RedirectLine }
        userErrors { code message path }
      }
    }
  `,
  [RedirectLine],
);

export const DeleteRedirect = graphql(`
  mutation DeleteRedirect($input: DeleteRedirectInput!) {
    deleteRedirect(input: $input) {
      redirect { id }
      userErrors { code message path }
    }
  }
`);

export const ImportRedirects = graphql(`
  mutation ImportRedirects($input: ImportRedirectsInput!) {
    importRedirects(input: $input) {
      imported { added changed leftOut problems { line message } }
      userErrors { code message path }
    }
  }
`);

export type Redirect = ResultOf<typeof RedirectLine>;
export type Import = NonNullable<ResultOf<typeof ImportRedirects>['importRedirects']['imported']>;
