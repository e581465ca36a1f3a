import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Nothing that a machine can see against WCAG 2.2, levels A and AA. */
export const expectAccessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
  const findings = violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, any }) => `${impact} ${id}: ${help} at ${target.join(' ')} ${any[0]?.message ?? ''}`),
  );
  expect(findings, `accessibility of ${page.url()}`).toEqual([]);
};
