import type { Hillside } from '../../../admin-ui/e2e/support/hillside';

type Json = Record<string, unknown>;

/** The owner of an installation, who writes by the staff API. */
export class Staff {
  private readonly url: string;
  private readonly token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** Makes the owner with the one-time link that the server printed. */
  static async setUp({ url, ownerLink }: Hillside): Promise<Staff> {
    const input = {
      token: ownerLink.split('#token=')[1],
      name: 'Ona Brooks',
      email: 'owner@example.org',
      password: 'a pine by the lake',
    };
    const query = 'mutation ($input: SetUpOwnerInput!) { setUpOwner(input: $input) { session { accessToken } } }';
    const { setUpOwner } = await ask(url, null, query, { input });
    return new Staff(url, setUpOwner.session.accessToken);
  }

  /** Makes a page and answers its id. */
  async createPage(slug: string, content: Json): Promise<string> {
    const query =
      'mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id } userErrors { message } } }';
    return (await this.change(query, { slug, content })).page.id;
  }

  /** Changes the draft of a page; the public goes on reading what was published. */
  async saveDraft(id: string, fields: Json): Promise<void> {
    const query = 'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { userErrors { message } } }';
    await this.change(query, { id, baseRevision: await this.draftOf(id), patch: { fields } });
  }

  /** Makes the draft public. */
  async publish(id: string): Promise<void> {
    const query = 'mutation ($input: PublishInput!) { publishPage(input: $input) { userErrors { message } } }';
    await this.change(query, { id, revision: await this.draftOf(id) });
  }

  /** A token for `X-Hillside-Preview`. */
  async previewToken(id: string): Promise<string> {
    const query =
      'mutation ($input: CreatePreviewLinkInput!) { createPreviewLink(input: $input) { previewLink { token } userErrors { message } } }';
    return (await this.change(query, { id })).previewLink.token;
  }

  /** Keeps a block in the library, and answers its id. */
  async createSharedBlock(name: string, block: Json): Promise<string> {
    const query =
      'mutation ($input: CreateFactInput!) { createFact(input: $input) { fact { id } userErrors { message } } }';
    return (await this.change(query, { fields: { sharedBlock: { name, block } } })).fact.id;
  }

  /** Leads an old address to where it went. */
  async redirect(fromPath: string, target: string): Promise<void> {
    const query = 'mutation ($input: SaveRedirectInput!) { saveRedirect(input: $input) { userErrors { message } } }';
    await this.change(query, { fromPath, target });
  }

  private async draftOf(id: string): Promise<string> {
    const { page } = await ask(this.url, this.token, 'query ($id: ID!) { page(id: $id) { draftId } }', { id });
    return page.draftId;
  }

  private async change(query: string, input: Json) {
    const [payload] = Object.values(await ask(this.url, this.token, query, { input }));
    if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
    return payload;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the shape is that of the query beside the call.
type Answer = Record<string, any>;

const ask = async (url: string, token: string | null, query: string, variables: object): Promise<Answer> => {
  const response = await fetch(`${url}/admin/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hillside': '1',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};

/** A text of one paragraph, as drafts hold it. */
export const words = (text: string) => ({
  type: 'doc',
  v: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
