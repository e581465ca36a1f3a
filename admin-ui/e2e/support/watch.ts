import type { BrowserContext, ConsoleMessage } from '@playwright/test';

const policy = /content[- ]security[- ]policy/i;

/** Hears everything that goes wrong in the browsers it follows, whether the page shows it or not. */
export class Watch {
  private readonly heard: string[] = [];
  private readonly expected: RegExp[] = [];

  follow(context: BrowserContext): void {
    context.on('console', (message) => this.hear(message));
    context.on('weberror', (problem) => this.heard.push(`uncaught: ${problem.error().stack ?? problem.error()}`));
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // Leaving a page gives up what it was still asking for.
      if (reason !== 'net::ERR_ABORTED') this.heard.push(`request: ${reason} ${request.method()} ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) this.heard.push(`answer: ${response.status()} ${response.url()}`);
    });
  }

  /** What a test provokes on purpose is no trouble, as long as it comes; a line of the policy always is. */
  expects(line: RegExp): void {
    this.expected.push(line);
  }

  /** What nobody expected, and what was expected and did not come. */
  get trouble(): string[] {
    const surprising = this.heard.filter((line) => policy.test(line) || !this.expected.some((each) => each.test(line)));
    const missing = this.expected.filter((each) => !this.heard.some((line) => each.test(line)));
    return [...surprising, ...missing.map((each) => `expected, and did not come: ${each}`)];
  }

  private hear(message: ConsoleMessage): void {
    const line = `console: ${message.text()} (${message.location().url})`;
    if (message.type() === 'error' || message.type() === 'warning' || policy.test(line)) this.heard.push(line);
  }
}
