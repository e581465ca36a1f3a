import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { TargetStore, TargetsProvider } from '~/ui/targets';
import { BlockForm } from '../BlockForm';
import { BlockView } from '../BlockView';
import { readKind } from '../definition';
import { type PictureFieldProps, PicturesProvider } from '../pictures';
import { BlockFormProvider } from './context';

const kind = readKind({
  kind: 'portrait',
  title: 'Portrait',
  description: 'Somebody.',
  icon: 'user',
  empty: { who: null },
  schema: {
    type: 'object',
    properties: { who: { type: ['string', 'null'], title: 'Face', 'x-widget': 'media', 'x-reference': 'media' } },
  },
});

const store = new TargetStore({
  search: async () => [],
  byId: async (ids) => ids.map((id) => ({ id, kind: 'MEDIA', label: 'face.jpg', detail: '', published: true })),
});

const Field = ({ label, value, onChange }: PictureFieldProps) => (
  <button type="button" onClick={() => onChange('med_2')}>
    {label} is {value}
  </button>
);
const View = ({ id }: { id: string }) => <p>a picture of {id}</p>;

const within = (children: React.ReactNode, pictures: boolean) => (
  <MantineProvider env="test">
    <TargetsProvider value={store}>
      <PicturesProvider value={pictures ? { Field, View, onDescribed: () => {} } : null}>{children}</PicturesProvider>
    </TargetsProvider>
  </MantineProvider>
);

describe('a field that holds a picture', () => {
  it('is the library’s own, in whatever kind of block it stands', async () => {
    const set = vi.fn();
    const form = { problems: [], wanted: null, set };
    render(
      within(
        <BlockFormProvider value={form}>
          <BlockForm kind={kind} values={{ who: 'med_1' }} />
        </BlockFormProvider>,
        true,
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Face is med_1' }));
    expect(set).toHaveBeenCalledWith(['who'], 'med_2');
  });

  it('is read as a picture, and by its name where there is no library', async () => {
    const { rerender } = render(within(<BlockView kind={kind} values={{ who: 'med_1' }} />, true));
    expect(screen.getByText('a picture of med_1')).toBeDefined();
    rerender(within(<BlockView kind={kind} values={{ who: 'med_1' }} />, false));
    expect(await screen.findByText('face.jpg')).toBeDefined();
  });
});
