import { graphql } from '~/gql/graphql';

export const ShellLeadCounts = graphql(`
  query ShellLeadCounts {
    leadCounts { open mine unassigned urgent closed all }
  }
`);

export const PaletteSearch = graphql(`
  query PaletteSearch($query: String!) {
    search(query: $query, first: 12) {
      target { id kind label detail }
      excerpt
    }
    factKinds { kind plural }
  }
`);

/** That something happened to a lead, never whose. */
export const ShellLeadChanged = graphql(`
  subscription ShellLeadChanged {
    leadChanged { kind }
  }
`);
