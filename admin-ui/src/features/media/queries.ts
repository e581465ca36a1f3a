import { graphql, type ResultOf } from '~/gql/graphql';
import { PictureFields, PictureLine } from '~/media/queries';

export const TagsQuery = graphql(`
  query MediaTags {
    mediaTags
  }
`);

export const UsesQuery = graphql(`
  query MediaUses($id: ID!) {
    uses(id: $id, first: 20) {
      nodes { id kind title path status places { label draft live } }
      totalCount
    }
  }
`);

export const ReplacePicture = graphql(
  `
    mutation ReplacePicture($input: ReplaceMediaInput!) {
      replaceMedia(input: $input) {
        media { ...PictureFields }
        userErrors { code message path }
      }
    }
  `,
  [PictureFields],
);

export const TrashPicture = graphql(
  `
    mutation TrashPicture($input: TrashMediaInput!) {
      trashMedia(input: $input) {
        media { ...PictureLine trashedAt }
        userErrors { code message path }
      }
    }
  `,
  [PictureLine],
);

export const RestorePicture = graphql(
  `
    mutation RestorePicture($input: RestoreMediaInput!) {
      restoreMedia(input: $input) {
        media { ...PictureLine trashedAt }
        userErrors { code message path }
      }
    }
  `,
  [PictureLine],
);

export type Use = ResultOf<typeof UsesQuery>['uses']['nodes'][number];
