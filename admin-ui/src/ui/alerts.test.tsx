import { render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askForDesktop, desktopAlerts, useAlert } from './alerts';

const shown: { body: string; tag: string }[] = [];
class FakeNotification extends EventTarget {
  static permission = 'granted';
  static requestPermission = async () => FakeNotification.permission;
  constructor(_: string, { body, tag }: { body: string; tag: string }) {
    super();
    shown.push({ body, tag });
  }
}

beforeEach(() => {
  vi.stubGlobal('Notification', FakeNotification);
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  desktopAlerts.set(true);
});

afterEach(() => {
  shown.length = 0;
  FakeNotification.permission = 'granted';
  desktopAlerts.set(false);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const Waiting = ({ count }: { count: number | undefined }) => {
  useAlert(count, 'Somebody waits.');
  return null;
};

/** Shows one count after the other. */
const count = (...counts: (number | undefined)[]) => {
  const { rerender } = render(<Waiting count={counts[0]} />);
  for (const each of counts.slice(1)) rerender(<Waiting count={each} />);
};

it('says so when there are more than there were', () => {
  count(2, 3);
  expect(shown).toEqual([{ body: 'Somebody waits.', tag: 'hillside-leads' }]);
});

it('says nothing of what is there at first, nor when somebody was answered', () => {
  count(undefined, 4, 3, 3);
  expect(shown).toEqual([]);
});

it('says so again when one more comes after somebody was answered', () => {
  count(1, 2, 1, 2);
  expect(shown).toHaveLength(2);
});

it('says nothing to whoever looks at it, chose not to hear of it, or does not let it', () => {
  vi.mocked(document.hasFocus).mockReturnValue(true);
  count(1, 2);
  vi.mocked(document.hasFocus).mockReturnValue(false);
  FakeNotification.permission = 'denied';
  count(1, 2);
  FakeNotification.permission = 'granted';
  desktopAlerts.set(false);
  count(1, 2);
  expect(shown).toEqual([]);
});

it('is not on where the browser does not let it', async () => {
  expect(await askForDesktop()).toBe(true);
  FakeNotification.permission = 'denied';
  expect(await askForDesktop()).toBe(false);
  vi.unstubAllGlobals();
  expect(await askForDesktop()).toBe(false);
});
