import type { APIRequestContext } from '@playwright/test';
import type { Hillside, Role } from './hillside';
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

type Place = { parent?: string; kind?: string };

/** Makes a page and answers its id. */
export type NewPage = (slug: string, content: { title: string; blocks?: object[] }, place?: Place) => Promise<string>;

/** Asks as somebody of that role would, without a browser. */
export const staffAsks = async (request: APIRequestContext, hillside: Hillside, role: Role) => {
  const { email, password } = await hillside.account(role);
  const token = (await ask(request, null, signIn, { input: { email, password } })).signIn.session.accessToken;
  return (query: string, variables: object) => ask(request, token, query, variables);
};

/** Asks as an editor would, without a browser. */
export const editorAsks = (request: APIRequestContext, hillside: Hillside) => staffAsks(request, hillside, 'editor');

/** Makes pages as an editor would, without a browser. */
export const pageMaker = async (request: APIRequestContext, hillside: Hillside): Promise<NewPage> => {
  const asks = await editorAsks(request, hillside);
  return async (slug, content, place = {}) => {
    const { page, userErrors } = (await asks(create, { input: { slug, content, ...place } })).createPage;
    expect(userErrors).toEqual([]);
    return page.id;
  };
};
