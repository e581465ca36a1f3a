import { graphql } from '~/gql/graphql';

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
    id number note createdAt author { id name }
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

export const RemoveView = graphql(`
  mutation RemoveView($input: RemoveViewInput!) {
    removeView(input: $input) {
      savedView { id }
      userErrors { code message path }
    }
  }
`);

export const CompareQuery = graphql(`
  query CompareRevisions($from: ID!, $to: ID!) {
    compareRevisions(from: $from, to: $to) {
      fields { path words { kind text } }
      blocks {
        key blockKind change moved before after summary old
        fields { path words { kind text } }
      }
    }
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
