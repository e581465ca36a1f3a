import { type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { expectAccessible, expectContrast } from './axe';
import { shots } from './environment';

export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const tablet: BrowserContextOptions = {
  viewport: { width: 768, height: 1024 },
  hasTouch: true,
  isMobile: true,
};

/** WCAG 1.4.10: at the width of a small phone, or of a window at 400 %, one scrolls in one direction only. */
const narrowest = 320;

/** Nothing reaches beyond the right edge, and nothing scrolls both ways. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  await expect.poll(() => page.evaluate(whatSticksOut)).toEqual([]);
  await expect.poll(() => page.evaluate(whatScrollsBothWays)).toEqual([]);
};

/** Where the page scrolls sideways: what reaches beyond its right edge. */
const whatSticksOut = (): string[] => {
  const { clientWidth, scrollWidth } = document.documentElement;
  return [...document.body.querySelectorAll('*')]
    .filter((element) => scrollWidth > clientWidth && element.getBoundingClientRect().right > clientWidth + 1)
    .map(({ tagName, className, textContent }) => `${tagName} ${className} ${textContent.slice(0, 40)}`);
};

/** A part that scrolls down may not scroll sideways as well; a table or a row of tabs has a scroller of its own. */
const whatScrollsBothWays = (): string[] =>
  [...document.body.querySelectorAll('*')]
    .filter((element) => {
      const down = element.scrollHeight > element.clientHeight + 1;
      const sideways = element.scrollWidth > element.clientWidth + 1;
      const { overflowX, overflowY } = getComputedStyle(element);
      const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
      return down && sideways && scrolls(overflowX) && scrolls(overflowY);
    })
    .map(
      ({ tagName, className, clientWidth, scrollWidth }) => `${tagName} ${className} ${scrollWidth} > ${clientWidth}`,
    );

/** Controls that a finger would miss: less than 44 pixels high or wide; the cross of a tag stands within a line of tags. */
const whatIsTooSmall = (): string[] => {
  const controls = ['Button-root', 'ActionIcon-root', 'CloseButton-root', 'Input-input:is(input, select)'];
  return [...document.body.querySelectorAll(controls.map((part) => `.mantine-${part}`).join())]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element }) => element.closest('.mantine-Pill-root') === null)
    .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < 43.5)
    .map(({ element, box }) => {
      const name = element.getAttribute('aria-label') ?? element.textContent;
      return `${name.slice(0, 40)} ${Math.round(box.width)} × ${Math.round(box.height)}`;
    });
};

/** What is used with fingers has room for them. */
export const expectRoomForFingers = (page: Page): Promise<void> =>
  expect.poll(() => page.evaluate(whatIsTooSmall)).toEqual([]);

/** Until colours and places have come to rest, except for what turns for ever. */
export const settle = (page: Page) =>
  page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    // What comes to rest may set in motion what inherits from it.
    for (const _ of ['first', 'then']) {
      await frame();
      await frame();
      const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      await Promise.allSettled(ending.map(({ finished }) => finished));
    }
  });

/** Looks at what is open now: light and dark, at its width and, if that is a phone's, narrower still. */
export const lookAt = async (page: Page, name: string): Promise<void> => {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  // Nobody looks at them where nobody sits; each takes a software renderer half a second.
  const picture = async (scheme: string) => {
    if (process.env['CI'] !== undefined) return;
    await page.screenshot({ path: `${shots}/${name}-${width}-${scheme}.png`, animations: 'disabled' });
  };
  // What was pressed last is not to look as if it were still pointed at.
  await page.mouse.move(0, 0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settle(page);
  await expectContrast(page);
  await picture('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await settle(page);
  await expectAccessible(page);
  await picture('light');
  await expectNoSidewaysScroll(page);
  if (width < 500) {
    await page.setViewportSize({ width: narrowest, height });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width, height });
  }
};
