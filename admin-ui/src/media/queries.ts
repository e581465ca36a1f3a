import { graphql, type ResultOf, type VariablesOf } from '~/gql/graphql';

export const PictureLine = graphql(`
  fragment PictureLine on Media @_unmask {
    id
    version
    fileName
    alt
    decorative
    missingAlt
    width
    height
    url(width: 320)
  }
`);

export const PictureFields = graphql(
  `
    fragment PictureFields on Media @_unmask {
      ...PictureLine
      focalPoint { x y }
      credit
      tags
      mimeType
      byteSize
      path
      large: url(width: 960)
      usedCount
      trashedAt
      createdAt
      createdBy { id name }
    }
  `,
  [PictureLine],
);

export const PicturesQuery = graphql(
  `
    query Pictures($filter: MediaFilterInput!, $first: Int!, $after: String) {
      media(filter: $filter, first: $first, after: $after) {
        nodes { ...PictureLine }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        totalCount
      }
    }
  `,
  [PictureLine],
);

export const PictureQuery = graphql(
  `
    query Picture($id: ID!) {
      mediaItem(id: $id) { ...PictureFields }
    }
  `,
  [PictureFields],
);

export const UpdatePicture = graphql(
  `
    mutation UpdatePicture($input: UpdateMediaInput!) {
      updateMedia(input: $input) {
        media { ...PictureFields }
        userErrors { code message path }
      }
    }
  `,
  [PictureFields],
);

export type PictureRow = ResultOf<typeof PictureLine>;
export type Picture = ResultOf<typeof PictureFields>;
export type PictureFilter = VariablesOf<typeof PicturesQuery>['filter'];
export type PictureChange = Omit<VariablesOf<typeof UpdatePicture>['input'], 'id' | 'version'>;
