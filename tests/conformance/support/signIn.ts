import type { Hillside, Role } from '../../../admin-ui/e2e/support/hillside.ts';

/** The token of somebody who has just signed in, an administrator if nothing else is said. */
export const signIn = async (hillside: Hillside, role: Role = 'admin'): Promise<string> => {
  const { email, password } = await hillside.account(role);
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
