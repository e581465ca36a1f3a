import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Nothing that a machine can see against WCAG 2.2, levels A and AA, in light and dark. */
export const expectAccessible = async (page: Page): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).withTags([
      'wcag2a',
      'wcag2aa',
      'wcag21a',
      'wcag21aa',
      'wcag22aa',
      'best-practice',
    ]);
    const { violations } = await axe.analyze();
    const findings = violations.flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ target }) => `${impact} ${id}: ${help} at ${target.join(' ')}`),
    );
    expect(findings, `${colorScheme} ${page.url()}`).toEqual([]);
  }
};
