import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { TargetStore, TargetsProvider } from '~/ui/targets';
import { BlockForm } from '../BlockForm';
import type { Values } from '../block';
import { readKind } from '../definition';
import { type Path, withValue } from '../path';
import type { Problem } from '../problems';
import { BlockFormProvider } from './context';

const page = 'pag_01h2xcejqtf2nbrexx3vqjhp41';
const store = new TargetStore({
  search: async () => [{ id: page, kind: 'PAGE', label: 'Detox', detail: '/detox', published: true }],
  byId: async () => [],
});

const note = readKind({
  kind: 'note',
  title: 'Note',
  description: 'A remark.',
  icon: '',
  schema: { properties: { words: { type: 'string', title: 'Words', 'x-widget': 'line' } } },
  empty: { words: '' },
});
const contents = { ...note, kind: 'contents', title: 'Contents', belongsToItsPage: true };

const fact = readKind({
  kind: 'fact',
  title: 'Fact',
  description: '',
  icon: '',
  schema: {
    'x-order': ['days', 'closes', 'zone', 'degrees', 'to', 'block'],
    properties: {
      days: { type: 'array', title: 'Days', 'x-widget': 'choices', items: { enum: ['MONDAY', 'TUESDAY', 'SUNDAY'] } },
      closes: { type: 'string', title: 'Closes', 'x-widget': 'time' },
      zone: { type: 'string', title: 'Time zone', 'x-widget': 'timeZone' },
      degrees: { type: ['number', 'null'], title: 'Degrees', 'x-widget': 'number' },
      to: {
        anyOf: [{ type: 'object' }, { type: 'null' }],
        title: 'Leads to',
        'x-widget': 'link',
        'x-reference': 'page therapy',
      },
      block: { anyOf: [{ type: 'object' }, { type: 'null' }], title: 'Block', 'x-widget': 'block' },
    },
  },
  empty: { days: ['SUNDAY'], closes: '24:00', zone: 'America/New_York', degrees: null, to: null, block: null },
});

const Form = ({
  start,
  problems,
  onValues,
}: {
  start: Values;
  problems: Problem[];
  onValues: (values: Values) => void;
}) => {
  const [values, setValues] = useState(start);
  const set = (path: Path, value: unknown) => {
    const next = withValue(values, path, value) as Values;
    setValues(next);
    onValues(next);
  };
  return (
    <MantineProvider env="test">
      <TargetsProvider value={store}>
        <BlockFormProvider value={{ problems, wanted: null, set, kinds: [note, contents] }}>
          <BlockForm kind={fact} values={values} />
        </BlockFormProvider>
      </TargetsProvider>
    </MantineProvider>
  );
};

const draw = (problems: Problem[] = [], start: Values = fact.empty) => {
  const onValues = vi.fn();
  render(<Form start={start} problems={problems} onValues={onValues} />);
  return { user: userEvent.setup(), latest: () => onValues.mock.lastCall?.[0] };
};

describe('the fields of a fact', () => {
  it('keep the order of the choices, whichever was ticked first', async () => {
    const { user, latest } = draw();
    await user.click(screen.getByRole('checkbox', { name: 'Tuesday' }));
    await user.click(screen.getByRole('checkbox', { name: 'Monday' }));
    expect(latest().days).toEqual(['MONDAY', 'TUESDAY', 'SUNDAY']);
  });

  it('show the end of a day as its midnight, and know the time zones', async () => {
    const { user, latest } = draw();
    expect(screen.getByLabelText('Closes')).toHaveProperty('value', '00:00');
    await user.selectOptions(screen.getByLabelText('Time zone'), 'Europe/Berlin');
    expect(latest().zone).toBe('Europe/Berlin');
  });

  it('take a number with a fraction as it is typed', async () => {
    const { user, latest } = draw();
    await user.type(screen.getByRole('textbox', { name: 'Degrees' }), '-71.05');
    expect(latest().degrees).toBe(-71.05);
    expect(screen.getByRole('textbox', { name: 'Degrees' })).toHaveProperty('value', '-71.05');
    await user.clear(screen.getByRole('textbox', { name: 'Degrees' }));
    expect(latest().degrees).toBeNull();
  });

  it('lead to a page by its id, or to an address outside', async () => {
    const { user, latest } = draw();
    await user.click(screen.getByRole('textbox', { name: 'Leads to' }));
    await user.click(await screen.findByRole('option', { name: /Detox/ }));
    expect(latest().to).toEqual({ page });
    await user.click(screen.getByRole('button', { name: 'An address outside instead' }));
    expect(latest().to).toBeNull();
    await user.type(screen.getByRole('textbox', { name: 'Leads to' }), 'https://example.org/a');
    expect(latest().to).toEqual({ url: 'https://example.org/a' });
    await user.clear(screen.getByRole('textbox', { name: 'Leads to' }));
    await user.type(screen.getByRole('textbox', { name: 'Leads to' }), 'a@example.org');
    expect(latest().to).toEqual({ mailto: 'a@example.org' });
  });

  it('hold a whole block of any kind that is not its page’s own', async () => {
    const { user, latest } = draw();
    const kinds = screen.getByLabelText('Block');
    expect([...(kinds as HTMLSelectElement).options].map(({ text }) => text)).toEqual([
      'Choose a sort of block',
      'Note',
    ]);
    await user.selectOptions(kinds, 'Note');
    await user.type(screen.getByRole('textbox', { name: 'Words' }), 'Hi');
    expect(latest().block).toEqual({ note: { key: expect.stringMatching(/^[a-z0-9]{10}$/), words: 'Hi' } });
  });

  it('show what is wrong inside the block at its field', () => {
    draw([{ severity: 'refused', message: 'Say something.', path: ['block', 'note', 'words'] }], {
      ...fact.empty,
      block: { note: { key: 'a', words: '' } },
    });
    expect(screen.getByRole('textbox', { name: 'Words' }).getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('Say something.')).toBeDefined();
  });
});
