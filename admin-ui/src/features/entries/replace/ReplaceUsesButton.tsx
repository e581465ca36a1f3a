import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useCan } from '~/gql/session';
import { lazyPart } from '~/ui/lazyPart';
import type { TargetKind } from '~/ui/targets';
import { text } from './text';

const ReplaceUsesDialog = lazyPart(async () => (await import('./ReplaceUsesDialog')).ReplaceUsesDialog);

/** Stands where it is said what uses something; for those who may publish, because it is public at once. */
export const ReplaceUsesButton = (props: { id: string; name: string; kind: TargetKind; onDone: () => void }) => {
  const mayPublish = useCan('PUBLISH');
  const [open, setOpen] = useState(false);
  if (!mayPublish) return null;
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {text.button}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ReplaceUsesDialog
            {...props}
            onClose={() => setOpen(false)}
            onDone={() => {
              setOpen(false);
              props.onDone();
            }}
          />
        </Suspense>
      )}
    </>
  );
};
