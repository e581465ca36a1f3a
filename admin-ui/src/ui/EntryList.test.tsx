import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { type EntryRow, EntryTable } from './EntryList';

const rows = (count: number): EntryRow[] =>
  Array.from({ length: count }, (_, place) => ({
    id: `${place}`,
    title: `Row ${place}`,
    path: `/${place}`,
    status: 'DRAFT',
    updatedAt: '2026-11-25T00:00:00Z',
    updatedBy: null,
    draftId: null,
    checkCount: { blocking: 0, warnings: 0 },
  }));

const List = ({ count, most }: { count: number; most: number }) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return (
    <MantineProvider env="test">
      <EntryTable
        caption="Rows"
        rows={rows(count)}
        total={count}
        more={false}
        loadingMore={false}
        onMore={() => {}}
        link={({ title }, className) => (
          <a href="#row" className={className}>
            {title}
          </a>
        )}
        selection={{ chosen, most, onChange: setChosen }}
      />
      <output>{[...chosen].join(' ')}</output>
    </MantineProvider>
  );
};

it('chooses of all that are shown the first that go together, and gives them up again', async () => {
  const user = userEvent.setup();
  render(<List count={5} most={3} />);
  const all = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Choose all that are shown' });
  await user.click(all);
  expect(screen.getByRole('status').textContent).toBe('0 1 2');
  expect(all.indeterminate).toBe(true);
  await user.click(all);
  expect(screen.getByRole('status').textContent).toBe('');
  expect(all.indeterminate).toBe(false);
});

it('chooses all of a few', async () => {
  const user = userEvent.setup();
  render(<List count={3} most={3} />);
  const all = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Choose all that are shown' });
  await user.click(all);
  expect(screen.getByRole('status').textContent).toBe('0 1 2');
  expect([all.checked, all.indeterminate]).toEqual([true, false]);
});
