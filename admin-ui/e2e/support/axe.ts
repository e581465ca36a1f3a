import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** CodeMirror has its focus beside what it scrolls: the caret scrolls it, by keyboard too. */
const isScrolledByItsCaret = (rule: string, target: unknown[]) =>
  rule === 'scrollable-region-focusable' && /\.CodeMirror-scroll$/.test(String(target.at(-1)));

const expectNothing = async (page: Page, axe: AxeBuilder) => {
  // A frame that runs no scripts cannot be looked at from within; what it shows, the site, is looked at as itself.
  // GraphiQL draws a tab as an element with two buttons in it, which no stylesheet mends.
  const { violations } = await axe.exclude('iframe[sandbox]').exclude('.graphiql-tabs').analyze();
  const findings = violations.flatMap(({ id, impact, help, nodes }) =>
    nodes
      .filter(({ target }) => !isScrolledByItsCaret(id, target))
      .map(({ target, any }) => `${impact} ${id}: ${help} at ${target.join(' ')} ${any[0]?.message ?? ''}`),
  );
  expect(findings, `accessibility of ${page.url()}`).toEqual([]);
};

/** Nothing that a machine can see against WCAG 2.2, levels A and AA. */
export const expectAccessible = (page: Page): Promise<void> =>
  expectNothing(page, new AxeBuilder({ page }).withTags(wcag));

/** The same, and what is merely good practice: landmarks, the order of headings, a way past the menu. */
export const expectFlawless = (page: Page): Promise<void> => expectNothing(page, new AxeBuilder({ page }));

/** The one rule whose answer depends on the colour scheme. */
export const expectContrast = (page: Page): Promise<void> =>
  expectNothing(page, new AxeBuilder({ page }).withRules(['color-contrast']));
