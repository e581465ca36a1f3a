import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { TargetStore, TargetsProvider } from '~/ui/targets';
import { LinkDialog, type LinkDialogMode } from './LinkDialog';

const store = new TargetStore({
  search: async (kinds, query) =>
    kinds
      .map((kind) => ({ id: `id-${kind}`, kind, label: `A ${kind}`, detail: '', published: true }))
      .filter(({ label }) => label.toLowerCase().includes(query)),
  byId: async () => [],
});

const draw = (mode: LinkDialogMode) => {
  const onPick = vi.fn();
  const nothing = () => {};
  render(
    <MantineProvider env="test">
      <TargetsProvider value={store}>
        <LinkDialog mode={mode} linked={false} onPick={onPick} onRemove={nothing} onClose={nothing} />
      </TargetsProvider>
    </MantineProvider>,
  );
  return { user: userEvent.setup(), onPick };
};

it.each([
  ['PAGE', { kind: 'link', to: { page: 'id-PAGE' }, label: 'A PAGE' }],
  ['THERAPY', { kind: 'link', to: { therapy: 'id-THERAPY' }, label: 'A THERAPY' }],
  ['LOCATION', { kind: 'link', to: { location: 'id-LOCATION' }, label: 'A LOCATION' }],
  ['CONTACT_POINT', { kind: 'phone', contactPoint: 'id-CONTACT_POINT' }],
  ['PERSON', { kind: 'person', person: 'id-PERSON' }],
])('mentions a %s', async (kind, picked) => {
  const { user, onPick } = draw('mention');
  await user.click(await screen.findByText(`A ${kind}`));
  expect(onPick).toHaveBeenCalledExactlyOnceWith(picked);
});

it('links to no person, who has no address', async () => {
  draw('link');
  await screen.findByText('A LOCATION');
  expect(screen.queryByText('A PERSON')).toBeNull();
});

it('waits with Enter for what was typed, and takes nothing that was found for other words', async () => {
  const { user, onPick } = draw('mention');
  await screen.findByText('A PAGE');
  await user.keyboard('person{Enter}');
  expect(onPick).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(onPick).toHaveBeenCalledExactlyOnceWith({ kind: 'person', person: 'id-PERSON' }));
});

it('takes Enter back where one types on', async () => {
  const { user, onPick } = draw('mention');
  await screen.findByText('A PAGE');
  await user.keyboard('pers{Enter}on');
  await vi.waitFor(() => expect(screen.queryByText('A PAGE')).toBeNull());
  expect(onPick).not.toHaveBeenCalled();
});
