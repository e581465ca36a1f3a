import { graphql } from '~/gql/graphql';

export const UsersQuery = graphql(`
  query EntryUsers($id: ID!, $first: Int!) {
    uses(id: $id, first: $first) {
      nodes { id kind title path status places { label } }
      totalCount
    }
  }
`);

export const TrashEntry = graphql(`
  mutation TrashEntry($input: TrashEntryInput!) {
    trashEntry(input: $input) {
      trashed { changed { id } }
      userErrors { code message path }
    }
  }
`);

export const RestoreEntry = graphql(`
  mutation RestoreEntry($input: RestoreEntryInput!) {
    restoreEntry(input: $input) {
      entry { id kind title path status }
      userErrors { code message path }
    }
  }
`);
