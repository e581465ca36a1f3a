import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { emptyText } from '~/richtext/contract';
import { TargetStore, TargetsProvider } from '~/ui/targets';
import { BlockForm } from './BlockForm';
import type { Values } from './block';
import { type Kind, readKind } from './definition';
import { inventedKind } from './fixtures';
import { BlockFormProvider } from './form/context';
import { withValue } from './path';
import type { Problem } from './problems';

const store = new TargetStore({
  search: async (kinds) =>
    kinds.map((kind) => ({ id: `id-${kind}`, kind, label: `A ${kind}`, detail: '', published: true })),
  byId: async () => [],
});

const Form = ({
  kind,
  start,
  problems,
  onValues,
}: {
  kind: Kind;
  start: Values;
  problems: Problem[];
  onValues: (values: Values) => void;
}) => {
  const [values, setValues] = useState(start);
  return (
    <MantineProvider env="test">
      <TargetsProvider value={store}>
        <BlockFormProvider
          value={{
            problems,
            wanted: null,
            onSplit: () => false,
            set: (path, value) => {
              const next = withValue(values, path, value) as Values;
              setValues(next);
              onValues(next);
            },
          }}
        >
          <BlockForm kind={kind} values={values} />
        </BlockFormProvider>
      </TargetsProvider>
    </MantineProvider>
  );
};

const draw = (start: Values = inventedKind.empty, problems: Problem[] = [], kind = inventedKind) => {
  const onValues = vi.fn();
  render(<Form kind={kind} start={start} problems={problems} onValues={onValues} />);
  return { user: userEvent.setup(), latest: () => onValues.mock.lastCall?.[0] };
};

describe('a form drawn from a schema', () => {
  it('has a labelled control for every field, and says what it cannot draw', () => {
    draw();
    for (const name of ['Heading', 'Notes', 'Minutes', 'Method', 'Cook', 'Places']) {
      expect(screen.getByRole('textbox', { name })).toBeDefined();
    }
    expect(screen.getByLabelText('Good until').getAttribute('type')).toBe('date');
    expect(screen.getByRole('switch', { name: 'Vegan' })).toBeDefined();
    expect(within(screen.getByRole('radiogroup', { name: 'Serves' })).getAllByRole('radio')).toHaveLength(4);
    expect(within(screen.getByRole('radiogroup', { name: 'Diet' })).getAllByRole('radio')).toHaveLength(2);
    expect(screen.getByText('For everybody.')).toBeDefined();
    expect(screen.getByText(/cannot be changed here/)).toBeDefined();
  });

  it('writes words, choices, numbers, days and switches', async () => {
    const { user, latest } = draw();
    await user.type(screen.getByRole('textbox', { name: 'Heading' }), 'Soup');
    await user.click(screen.getByRole('radio', { name: 'Low salt' }));
    await user.click(screen.getByRole('radio', { name: '3' }));
    await user.type(screen.getByRole('textbox', { name: 'Minutes' }), '4x5');
    await user.click(screen.getByRole('switch', { name: 'Vegan' }));
    await user.type(screen.getByLabelText('Good until'), '2027-03-01');
    expect(latest()).toMatchObject({
      heading: 'Soup',
      diet: 'LOW_SALT',
      serves: 3,
      minutes: 45,
      vegan: true,
      until: '2027-03-01',
    });
    await user.clear(screen.getByRole('textbox', { name: 'Minutes' }));
    expect(latest().minutes).toBeNull();
  });

  it('adds, writes, moves by keyboard and removes items', async () => {
    const { user, latest } = draw();
    await user.click(screen.getByRole('button', { name: 'Add a tag' }));
    await user.type(screen.getByRole('textbox', { name: 'Tag 1' }), 'warm');
    await user.click(screen.getByRole('button', { name: 'Add a tag' }));
    await user.type(screen.getByRole('textbox', { name: 'Tag 2' }), 'cold');
    expect(latest().tags).toEqual(['warm', 'cold']);
    screen.getByRole('button', { name: 'Move cold' }).focus();
    await user.keyboard('{ArrowUp}');
    expect(latest().tags).toEqual(['cold', 'warm']);
    await user.click(screen.getByRole('button', { name: 'Remove cold' }));
    expect(latest().tags).toEqual(['warm']);
  });

  it('folds long items to their words and gives new ones a key', async () => {
    const { user, latest } = draw({ ...inventedKind.empty, steps: [{ key: 's', title: 'Chop', text: emptyText }] });
    expect(screen.queryByRole('textbox', { name: 'Step' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Chop', expanded: false }));
    await user.type(screen.getByRole('textbox', { name: 'Step' }), ' it');
    expect(latest().steps).toEqual([{ key: 's', title: 'Chop it', text: emptyText }]);
    await user.click(screen.getByRole('button', { name: 'Add a step' }));
    expect(latest().steps[1].key).toMatch(/^[a-z0-9]{10}$/);
  });

  it('begins an item that needs a thing by choosing it', async () => {
    const { user, latest } = draw();
    await user.click(screen.getByRole('textbox', { name: 'Add: search a who' }));
    await user.click(await screen.findByRole('option', { name: /A CONTACT_POINT/ }));
    expect(latest().helpers).toEqual([{ who: 'id-CONTACT_POINT', what: '' }]);
  });

  it('shows what is wrong where it is, and what belongs to no field below', () => {
    draw({ ...inventedKind.empty, tags: ['x'] }, [
      { severity: 'refused', message: 'Shorten it.', path: ['heading'] },
      { severity: 'warns', message: 'A long note.', path: ['notes'] },
      { severity: 'blocks', message: 'Add one.', path: ['steps'] },
      { severity: 'refused', message: 'Not this tag.', path: ['tags', '0'] },
      { severity: 'warns', message: 'Points at something that is not public.', path: [] },
    ]);
    expect(screen.getByRole('textbox', { name: 'Heading' }).getAttribute('aria-invalid')).toBe('true');
    for (const message of ['Shorten it.', 'A long note.', 'Add one.', 'Not this tag.', /not public/]) {
      expect(screen.getByText(message)).toBeDefined();
    }
  });
});

describe('a table', () => {
  const table = readKind({
    kind: 'comparison',
    title: 'Comparison',
    description: '',
    icon: '',
    empty: { caption: '', columns: [], rows: [] },
    schema: {
      'x-widget': 'table',
      required: ['caption', 'columns', 'rows'],
      properties: {
        caption: { type: 'string', title: 'Caption', 'x-widget': 'line' },
        columns: { type: 'array', items: { type: 'string' } },
        rows: { type: 'array', items: { type: 'object', properties: {} } },
      },
    },
  });
  const start = { caption: 'C', columns: ['', 'Left'], rows: [{ header: 'One', cells: ['a'] }] };

  it('is written cell by cell, named by its headings', async () => {
    const { user, latest } = draw(start, [], table);
    await user.type(screen.getByRole('textbox', { name: 'One, Left' }), 'b');
    expect(latest().rows).toEqual([{ header: 'One', cells: ['ab'] }]);
    await user.keyboard('{Enter}');
    expect(latest().rows).toHaveLength(2);
  });

  it('is walked through with the keyboard, over its edge to what can be done with a column', async () => {
    const { user, latest } = draw(start, [], table);
    const at = () => document.activeElement?.getAttribute('aria-label');
    await user.click(screen.getByRole('textbox', { name: 'One, Left' }));
    await user.tab({ shift: true });
    expect(at()).toBe('Heading of row 1');
    await user.keyboard('{End}{ArrowRight}');
    expect(at()).toBe('One, Left');
    await user.keyboard('{Home}{ArrowUp}');
    expect(at()).toBe('Heading of column 2');
    await user.keyboard('{Home}{ArrowUp}');
    expect(at()).toMatch(/^Column 2:/);
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('menuitem', { name: 'Add a column before' }));
    expect(latest().columns).toEqual(['', '', 'Left']);
  });

  it('takes cells pasted from a spreadsheet', async () => {
    const { user, latest } = draw(start, [], table);
    await user.click(screen.getByRole('textbox', { name: 'One, Left' }));
    await user.paste('x\ty\nz\tw');
    expect(latest()).toEqual({
      caption: 'C',
      columns: ['', 'Left', ''],
      rows: [
        { header: 'One', cells: ['x', 'y'] },
        { header: '', cells: ['z', 'w'] },
      ],
    });
  });

  it('takes pasted lines as the words of one cell, where the caret is', async () => {
    const { user, latest } = draw(start, [], table);
    const cell = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'One, Left' });
    await user.click(cell);
    await user.keyboard('{Home}');
    await user.paste('It is free.\nIt is slow. ');
    expect(latest().rows).toEqual([{ header: 'One', cells: ['It is free. It is slow.a'] }]);
    expect(cell.selectionStart).toBe(cell.value.length - 1);
  });

  it('adds and removes rows and columns', async () => {
    const { user, latest } = draw(start, [], table);
    await user.click(screen.getByRole('button', { name: 'Add a column' }));
    expect(latest().columns).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: /^Column 2:/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove column' }));
    expect(latest()).toMatchObject({ columns: ['', ''], rows: [{ header: 'One', cells: [''] }] });
  });
});
