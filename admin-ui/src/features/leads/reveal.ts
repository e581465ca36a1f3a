import { graphql, type ResultOf } from '~/gql/graphql';
import { accessToken, refresh, tokenIsStale, type UserError } from '~/gql/session';
import { type Answer, post } from '~/gql/transport';

/*
 * The person in clear. Asked for past the store, so that it exists in the component that shows it and nowhere else.
 */

const RevealLead = graphql(`
  mutation RevealLead($input: RevealLeadInput!) {
    revealLead(input: $input) {
      lead {
        id
        revealed { name phone phoneDisplay email message insurance bestTime underAge policy {
          carrier memberId memberIdEnding groupNumber holderName holderBornOn note
        } referrals {
          id at revokedAt recipient phone patient information purpose signedBy signedOn expiresOn rightToRevoke notice
        } patient { name phone phoneDisplay email } }
        tasks { id version note }
      }
      userErrors { code message path }
    }
  }
`);

type Payload = ResultOf<typeof RevealLead>['revealLead'];
type Shown = NonNullable<Payload['lead']>;
/** With the words of what is to be done for them. */
export type Person = NonNullable<Shown['revealed']> & Pick<Shown, 'tasks'>;

export type RevealAnswer =
  | { kind: 'revealed'; person: Person }
  | { kind: 'refused'; userErrors: UserError[] }
  | { kind: 'failed'; message: string }
  | { kind: 'unreachable' };

/** Asks for the person behind a lead; the server puts who asked, when and why on record. */
export const reveal = async (id: string, reason: string): Promise<RevealAnswer> => {
  const ask = (): Promise<Answer<ResultOf<typeof RevealLead>>> =>
    post(RevealLead, { input: { id, reason } }, accessToken());

  if (tokenIsStale()) await refresh();
  let answer = await ask();
  if (answer.kind === 'refused' && answer.code === 'UNAUTHENTICATED') {
    await refresh();
    answer = await ask();
  }
  if (answer.kind === 'unreachable') return { kind: 'unreachable' };
  if (answer.kind === 'refused') return { kind: 'failed', message: answer.message };
  const { lead, userErrors } = answer.data.revealLead;
  if (lead?.revealed == null) return { kind: 'refused', userErrors };
  return { kind: 'revealed', person: { ...lead.revealed, tasks: lead.tasks } };
};
