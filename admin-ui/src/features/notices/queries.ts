import { graphql, type ResultOf } from '~/gql/graphql';

export const NoticesQuery = graphql(`
  query Notices {
    leadNotices { email mailConfigured received urgent due assigned }
  }
`);

export const UpdateNotices = graphql(`
  mutation UpdateNotices($input: UpdateLeadNoticesInput!) {
    updateLeadNotices(input: $input) {
      notices { received urgent due assigned }
      userErrors { code message path }
    }
  }
`);

export const SendTestNotice = graphql(`
  mutation SendTestNotice {
    sendTestNotice {
      notices { email }
      userErrors { code message path }
    }
  }
`);

export type Notices = ResultOf<typeof NoticesQuery>['leadNotices'];
export type Choice = Pick<Notices, 'received' | 'urgent' | 'due' | 'assigned'>;
