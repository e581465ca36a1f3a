import type { APIRequestContext } from '@playwright/test';
import type { Hillside } from './hillside';
import { expect } from './test';

const ask = async (request: APIRequestContext, token: string | null, query: string, variables: object) => {
  const headers = { 'x-hillside': '1', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  const answer = await (await request.post('/admin/graphql', { data: { query, variables }, headers })).json();
  expect(answer.errors).toBeUndefined();
  return answer.data;
};

const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }';
const create =
  'mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id } userErrors { message } } }';

/** Makes pages as an editor would, without a browser. */
export const pageMaker = async (request: APIRequestContext, hillside: Hillside) => {
  const { email, password } = await hillside.account('editor');
  const token = (await ask(request, null, signIn, { input: { email, password } })).signIn.session.accessToken;
  return async (slug: string, content: { title: string; blocks?: object[] }): Promise<string> => {
    const { page, userErrors } = (await ask(request, token, create, { input: { slug, content } })).createPage;
    expect(userErrors).toEqual([]);
    return page.id;
  };
};
