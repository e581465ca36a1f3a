import { randomUUID } from 'node:crypto';

/** How long a visitor waits for an answer. */
const patienceMs = 10_000;

const submit = `mutation ($input: SubmitLeadInput!) {
  submitLead(input: $input) { receipt { reference receivedAt } userErrors { code path message } }
}`;

/**
 * Visitors who submit leads, one after the other. What was not answered waits in `pending`, and is sent again first: with
 * the same key and the same body.
 */
export class Crowd {
  /** How many keys were ever sent. */
  keys = 0;
  /** How many requests a kill left without an answer. */
  interrupted = 0;
  /** How many retries met a lead that an earlier life of the server had written and not acknowledged. */
  recognised = 0;
  /** How many answers a key got after its first. */
  repeated = 0;
  #server;
  #ledger;
  #random;
  #consent = '';
  #pending = [];
  #acknowledged = [];

  constructor(server, ledger, random) {
    this.#server = server;
    this.#ledger = ledger;
    this.#random = random;
  }

  /** Reads the form, as a front end does before it draws it. */
  async prepare() {
    const { leadForm } = await this.#ask('{ leadForm(key: "confidential") { consent { id } } }');
    this.#consent = leadForm.consent.id;
  }

  /** One visitor after the other, until the server is gone. What fails before is a failure. */
  async visit() {
    let noted = Promise.resolve();
    while (this.#server.up) {
      const request = this.#pending.pop() ?? this.#again() ?? this.#another();
      let receipt;
      try {
        receipt = await this.#submit(request);
      } catch (error) {
        this.#pending.push(request);
        if (this.#server.up || error instanceof Refused) throw error;
        this.interrupted += 1;
        continue;
      }
      // The next request goes out meanwhile: a kill should meet the server at work, not visitors at their ledger.
      const before = noted;
      noted = this.#acknowledge(request, receipt);
      await before;
    }
    await noted;
  }

  /** Sends what is still without an answer, and some of what has one: the first, and others. */
  async askAgain() {
    const others = Array.from({ length: 32 }, () => this.#oneAcknowledged());
    const requests = new Set([...this.#pending.splice(0), ...this.#acknowledged.slice(0, 32), ...others]);
    for (const request of requests) await this.#acknowledge(request, await this.#submit(request));
  }

  async #submit({ input }) {
    const { receipt, userErrors } = (await this.#ask(submit, { input })).submitLead;
    if (receipt === null) throw new Refused(JSON.stringify(userErrors));
    return receipt;
  }

  /** Nothing counts as acknowledged before the ledger has it on disk. */
  async #acknowledge(request, { reference, receivedAt }) {
    await this.#ledger.note(request.input.idempotencyKey, reference);
    if (request.acknowledged) {
      this.repeated += 1;
      return;
    }
    request.acknowledged = true;
    this.#acknowledged.push(request);
    if (Date.parse(receivedAt) < this.#server.startedAt) this.recognised += 1;
  }

  async #ask(query, variables = {}) {
    const response = await fetch(`${this.#server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const answer = await response.json();
    if (answer.errors !== undefined || !answer.data) throw new Refused(JSON.stringify(answer));
    return answer.data;
  }

  /** Now and then somebody asks again who was answered already. */
  #again() {
    return this.#random() < 1 / 8 ? this.#oneAcknowledged() : undefined;
  }

  #oneAcknowledged() {
    return this.#acknowledged[Math.floor(this.#random() * this.#acknowledged.length)];
  }

  #another() {
    this.keys += 1;
    const request = { input: this.#input(), acknowledged: false };
    // Some press the button twice: another visitor sends the same at the same moment.
    if (this.#random() < 1 / 16) this.#pending.push(request);
    return request;
  }

  #input() {
    return {
      idempotencyKey: randomUUID(),
      form: 'confidential',
      name: `Sam Reed ${this.keys}`,
      contact: { email: `sam.${this.keys}@example.org` },
      message: 'Please write after six. '.repeat(1 + Math.floor(this.#random() * 20)),
      sourcePath: '/ketamine-side-effects',
      consents: [{ text: this.#consent, accepted: true, scopes: ['EMAIL'] }],
    };
  }
}

/** An answer, and none that acknowledges. */
class Refused extends Error {}
