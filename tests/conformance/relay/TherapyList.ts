import { graphql } from 'relay-runtime';

/** What a list of therapies with a "more" button asks for. */
export const query = graphql`
  query TherapyListQuery($filter: TherapyFilter) {
    ...TherapyList_query @arguments(filter: $filter)
  }
`;

export const list = graphql`
  fragment TherapyList_query on Query
  @refetchable(queryName: "TherapyListPaginationQuery")
  @argumentDefinitions(
    filter: { type: "TherapyFilter" }
    count: { type: "Int", defaultValue: 2 }
    cursor: { type: "String" }
  ) {
    therapies(filter: $filter, first: $count, after: $cursor) @connection(key: "TherapyList_therapies") {
      edges {
        node {
          id
          ...TherapyItem_therapy
        }
      }
    }
  }
`;

/** Fetched again by its id: Relay writes the query through `node`. */
export const item = graphql`
  fragment TherapyItem_therapy on Therapy @refetchable(queryName: "TherapyItemRefetchQuery") {
    title
    path
    regions {
      name
    }
    blocks {
      __typename
      key
      ... on RichTextBlock {
        body {
          text
        }
      }
    }
  }
`;
