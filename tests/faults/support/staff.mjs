const email = 'admissions@example.org';
const password = 'a pine by the lake';

const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }';
const page = `query ($after: String) {
  leads(view: ALL, first: 100, after: $after) {
    nodes { reference name email consent { version } timeline { kind } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;

/** Every lead as staff see it, page by page, and how many there are said to be. */
export const leadsAsStaff = async (server) => {
  await server.createUser(email, password, 'admissions');
  const { session } = (await ask(server, signIn, { input: { email, password } })).signIn;
  const leads = [];
  for (let after = null; ; ) {
    const { nodes, pageInfo, totalCount } = (await ask(server, page, { after }, session.accessToken)).leads;
    leads.push(...nodes);
    if (!pageInfo.hasNextPage) return { leads, totalCount };
    after = pageInfo.endCursor;
  }
};

const ask = async (server, query, variables, token) => {
  const response = await fetch(`${server.url}/admin/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hillside': '1',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  if (answer.errors !== undefined || !answer.data) throw new Error(JSON.stringify(answer));
  return answer.data;
};
