import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { EraseDialog } from './EraseDialog';
import type { PastTime, Retention } from './queries';

const mutation = vi.hoisted(() => vi.fn());
vi.mock('urql', async (original) => ({
  ...(await original<typeof import('urql')>()),
  useClient: () => ({ mutation }),
}));

beforeEach(() => mutation.mockReset());

const past = (given: Partial<PastTime> = {}): PastTime => ({
  spam: 60,
  closed: 5,
  admitted: 1,
  toBeConfirmed: true,
  ...given,
});
const after: Retention = {
  version: 1,
  spamDays: 30,
  closedDays: 730,
  admittedDays: 30,
  pastTime: past({ spam: 0, closed: 0, admitted: 0, toBeConfirmed: false }),
};
const answers = (retention: Retention | null, message: string) =>
  mutation.mockResolvedValueOnce({
    data: { eraseLeadsPastTime: { retention, userErrors: retention === null ? [{ code: 'CONFLICT', message }] : [] } },
  });

const Asked = ({ first, then, onErased }: { first: PastTime; then: PastTime; onErased: (now: Retention) => void }) => {
  const [now, setNow] = useState(first);
  return <EraseDialog past={now} onClose={() => {}} onOthers={async () => setNow(then)} onErased={onErased} />;
};

const open = (first = past(), then = first) => {
  const onErased = vi.fn();
  render(
    <MantineProvider env="test">
      <Asked first={first} then={then} onErased={onErased} />
    </MantineProvider>,
  );
  return { onErased, user: userEvent.setup() };
};
const erase = (people: string) => screen.findByRole('button', { name: `Erase ${people} people` });

it('names how many it confirms', async () => {
  answers(after, '');
  const { onErased, user } = open();
  await user.click(await erase('66'));
  expect(mutation.mock.calls[0]?.[1]).toEqual({ input: { expected: 66 } });
  expect(onErased).toHaveBeenCalledExactlyOnceWith(after);
});

it('says that nobody was erased when they are others, and asks about those', async () => {
  answers(null, 'There are 70 leads past their time now.');
  answers(after, '');
  const { onErased, user } = open(past(), past({ spam: 64 }));
  await user.click(await erase('66'));
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Nobody was erased: There are 70 leads past their time now.',
  );
  expect(onErased).not.toHaveBeenCalled();
  await user.click(await erase('70'));
  expect(mutation.mock.calls[1]?.[1]).toEqual({ input: { expected: 70 } });
});

it('promises no more than is erased at once, and confirms all of them', async () => {
  answers(after, '');
  const { user } = open(past({ spam: 6_000 }));
  expect(screen.getByText('Of 6,006 people, 1,000 are erased at once. Confirm it again for the rest.')).toBeTruthy();
  await user.click(await erase('1,000'));
  expect(mutation.mock.calls[0]?.[1]).toEqual({ input: { expected: 6_006 } });
});
