import { graphql, type ResultOf } from '~/gql/graphql';

export const WebhookLine = graphql(`
  fragment WebhookLine on Webhook @_unmask {
    id url description enabled topics
  }
`);

export const DeliveryLine = graphql(`
  fragment DeliveryLine on WebhookDelivery @_unmask {
    id body createdAt attempts deliveredAt nextAttemptAt status error
  }
`);

export const WebhooksQuery = graphql(
  `
    query Webhooks {
      webhooks {
        ...WebhookLine
        deliveries(first: 1) { nodes { id createdAt attempts deliveredAt nextAttemptAt status error } }
      }
    }
  `,
  [WebhookLine],
);

/** There is no asking for one webhook alone; there are at most twenty. */
export const WebhookLogQuery = graphql(
  `
    query WebhookLog($first: Int!, $after: String) {
      webhooks {
        ...WebhookLine
        deliveries(first: $first, after: $after) {
          nodes { ...DeliveryLine }
          totalCount
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  `,
  [WebhookLine, DeliveryLine],
);

/** Asked for only when somebody wants to see it. */
export const WebhookSecrets = graphql(`
  query WebhookSecrets {
    webhooks { id secret }
  }
`);

export const SaveWebhook = graphql(
  `
    mutation SaveWebhook($input: SaveWebhookInput!) {
      saveWebhook(input: $input) {
        webhook { ...WebhookLine }
        userErrors { code message path }
      }
    }
  `,
  [WebhookLine],
);

export const RenewWebhookSecret = graphql(`
  mutation RenewWebhookSecret($input: RenewWebhookSecretInput!) {
    renewWebhookSecret(input: $input) {
      webhook { id secret }
      userErrors { code message path }
    }
  }
`);

export const DeleteWebhook = graphql(`
  mutation DeleteWebhook($input: DeleteWebhookInput!) {
    deleteWebhook(input: $input) {
      webhook { id }
      userErrors { code message path }
    }
  }
`);

export const PingWebhook = graphql(
  `
    mutation PingWebhook($input: PingWebhookInput!) {
      pingWebhook(input: $input) {
        delivery { ...DeliveryLine }
        userErrors { code message path }
      }
    }
  `,
  [DeliveryLine],
);

export const ResendWebhookDelivery = graphql(
  `
    mutation ResendWebhookDelivery($input: ResendWebhookDeliveryInput!) {
      resendWebhookDelivery(input: $input) {
        delivery { ...DeliveryLine }
        userErrors { code message path }
      }
    }
  `,
  [DeliveryLine],
);

export type Webhook = ResultOf<typeof WebhookLine>;
export type Delivery = ResultOf<typeof DeliveryLine>;
export type WebhookTopic = Webhook['topics'][number];

/** In the order in which they are offered. */
export const webhookTopics: readonly WebhookTopic[] = [
  'CONTENT_CHANGED',
  'LEAD_RECEIVED',
  'LEAD_URGENT',
  'LEAD_OVERDUE',
  'LEAD_STATUS',
  'LEAD_ERASED',
];
