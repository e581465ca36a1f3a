import type { Hillside } from '../../../admin-ui/e2e/support/hillside.ts';

/** The token of an administrator who has just signed in. */
export const signIn = async (hillside: Hillside): Promise<string> => {
  const { email, password } = await hillside.account('admin');
  const response = await fetch(`${hillside.url}/admin/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hillside': '1' },
    body: JSON.stringify({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }',
      variables: { input: { email, password } },
    }),
  });
  const answer = (await response.json()) as {
    data?: { signIn: { session: { accessToken: string } | null } } | null;
  };
  const token = answer.data?.signIn.session?.accessToken;
  if (token === undefined) throw new Error(`Nobody was signed in: ${JSON.stringify(answer)}`);
  return token;
};
