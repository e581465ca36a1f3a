import { graphql, type VariablesOf } from '~/gql/graphql';
import { LeadFields } from '../queries';

/** What is read to somebody who agrees by word, and what each wording covers. */
export const SpokenConsentsQuery = graphql(`
  query SpokenConsents {
    leadCallConsents { contact { id wording scopes } texts { id wording scopes } }
  }
`);

export const RecordLeadConsent = graphql(
  `
    mutation RecordLeadConsent($input: RecordLeadConsentInput!) {
      recordLeadConsent(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export type Spoken = Omit<VariablesOf<typeof RecordLeadConsent>['input'], 'id' | 'version'>;
export type Scope = Spoken['scopes'][number];
export type Whose = NonNullable<Spoken['person']>;
