import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { plainText, type RichTextDocument } from '~/richtext/contract';
import { preloadRichText } from '~/richtext/RichText';
import { TargetStore, TargetsProvider } from '~/ui/targets';
import { BlockForm } from '../BlockForm';
import type { Values } from '../block';
import { type Kind, readKind } from '../definition';
import { withValue } from '../path';
import { BlockFormProvider } from './context';

const store = new TargetStore({ search: async () => [], byId: async () => [] });

const kindOf = (items: object) =>
  readKind({
    kind: 'list',
    title: 'List',
    description: '',
    icon: '',
    schema: { properties: { points: { type: 'array', title: 'Points', 'x-widget': 'list', items } } },
    empty: { points: [] },
  });
const lines = kindOf({ type: 'string' });
const texts = kindOf({ type: 'object', 'x-widget': 'richText' });
const questions = kindOf({ type: 'object', properties: { words: { type: 'string', 'x-widget': 'line' } } });

const written = (words: string): RichTextDocument => ({
  type: 'doc',
  v: 1,
  content: words === '' ? [] : [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
});

/** A form with its undo, as the document has it. */
const Form = ({ kind, start, onValues }: { kind: Kind; start: Values; onValues: (values: Values) => void }) => {
  const [steps, setSteps] = useState([start]);
  const values = steps.at(-1) ?? start;
  onValues(values);
  return (
    <MantineProvider env="test">
      <TargetsProvider value={store}>
        <BlockFormProvider
          value={{
            problems: [],
            wanted: null,
            set: (path, value) => setSteps((before) => [...before, withValue(before.at(-1), path, value) as Values]),
          }}
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: It stands for the document around the form. */}
          <div onKeyDown={({ key }) => key === 'F2' && setSteps((before) => before.slice(0, -1))}>
            <BlockForm kind={kind} values={values} />
          </div>
        </BlockFormProvider>
      </TargetsProvider>
    </MantineProvider>
  );
};

const draw = (kind: Kind, points: unknown[]) => {
  const onValues = vi.fn();
  render(<Form kind={kind} start={{ points }} onValues={onValues} />);
  return { user: userEvent.setup(), points: () => onValues.mock.lastCall?.[0].points };
};

const point = (number: number) => screen.getByRole('textbox', { name: `Point ${number}` });
const here = () => document.activeElement;

describe('a list of lines', () => {
  it('goes on in a new point at Enter, and takes along what stands behind the caret', async () => {
    const { user, points } = draw(lines, ['soup', 'stew']);
    await user.click(point(1));
    await user.keyboard('{Enter}bread');
    expect(points()).toEqual(['soup', 'bread', 'stew']);
    expect(here()).toBe(point(2));

    await user.keyboard('{ArrowLeft}{ArrowLeft}{Enter}');
    expect(points()).toEqual(['soup', 'bre', 'ad', 'stew']);
    expect(here()).toBe(point(3));
    expect(point(3)).toHaveProperty('selectionStart', 0);
  });

  it('takes an empty point away at Backspace, and goes back to the end of the one before', async () => {
    const { user, points } = draw(lines, ['soup', '', 'stew']);
    await user.click(point(2));
    await user.keyboard('{Backspace}s');
    expect(points()).toEqual(['soups', 'stew']);
    expect(here()).toBe(point(1));
  });

  it('keeps its only point, and has no two empty ones after each other', async () => {
    const { user, points } = draw(lines, ['']);
    await user.click(point(1));
    await user.keyboard('{Backspace}{Enter}');
    expect(points()).toEqual(['']);
  });

  it('is not emptied by a key that is held down', () => {
    const { points } = draw(lines, ['soup', '']);
    fireEvent.keyDown(point(2), { key: 'Backspace', repeat: true });
    expect(points()).toEqual(['soup', '']);
  });

  it('has the caret back where it was when a new point is undone', async () => {
    const { user, points } = draw(lines, ['soup', 'stew']);
    await user.click(point(2));
    await user.keyboard('{Enter}');
    expect(here()).toBe(point(3));
    await user.keyboard('{F2}');
    expect(points()).toEqual(['soup', 'stew']);
    expect(here()).toBe(point(2));
  });
});

describe('a list of texts', () => {
  // The editor is read from disk, which takes its time on a busy machine.
  beforeAll(() => {
    preloadRichText();
  });
  const words = (points: RichTextDocument[]) => points.map(plainText);
  const write = async (number: number) => {
    fireEvent.focus(point(number));
    await waitFor(() => expect(point(number).getAttribute('contenteditable')).toBe('true'), { timeout: 10_000 });
    point(number).focus();
  };

  it('goes on in a new point at Enter, and comes back from it at Backspace', async () => {
    const { user, points } = draw(texts, [written('soup'), written('stew')]);
    await write(1);
    await user.keyboard('{Enter}');
    expect(words(points())).toEqual(['soup', '', 'stew']);
    await waitFor(() => expect(here()).toBe(point(2)));

    await user.keyboard('{Enter}');
    expect(words(points())).toEqual(['soup', '', 'stew']);
    await user.keyboard('{Backspace}');
    expect(words(points())).toEqual(['soup', 'stew']);
    expect(here()).toBe(point(1));
  }, 20_000);

  it('breaks a line at Shift+Enter', async () => {
    const { user, points } = draw(texts, [written('soup')]);
    await write(1);
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    expect(points()).toHaveLength(1);
    expect(points()[0].content[0].content.at(-1)).toEqual({ type: 'hardBreak' });
  }, 20_000);
});

it('leaves Enter alone where an item is a form of its own', async () => {
  const { user, points } = draw(questions, [{ words: 'Why?' }]);
  await user.click(screen.getByRole('textbox', { name: 'Words' }));
  await user.keyboard('{Enter}');
  expect(points()).toEqual([{ words: 'Why?' }]);
});
