import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { useCan } from '~/gql/session';
import { lazyPart } from '~/ui/lazyPart';
import { type NewTarget, NewTargetProvider } from '~/ui/newTarget';
import type { Target, TargetKind } from '~/ui/targets';

const NewFactDialog = lazyPart(async () => (await import('./NewFactDialog')).NewFactDialog);

/** What a picker can make, as it is called there. */
const nouns: NewTarget['nouns'] = {
  CONTACT_POINT: 'contact point',
  PERSON: 'person',
  SOURCE: 'source',
  LOCATION: 'location',
  REGION: 'region',
  FAQ_ITEM: 'question',
  SHARED_BLOCK: 'shared block',
};

type Asked = { kind: TargetKind; name: string; onMade: (target: Target) => void };

/** Lets every picker below make what it does not find. One is made at a time, over whatever screen it is for. */
export const NewFacts = ({ children }: { children: ReactNode }) => {
  const may = useCan('PUBLISH');
  const [asked, setAsked] = useState<Asked | null>(null);
  const make = useMemo<NewTarget | null>(
    () => (may ? { nouns, make: (kind, name, onMade) => setAsked({ kind, name, onMade }) } : null),
    [may],
  );
  return (
    <NewTargetProvider value={asked === null ? make : null}>
      {children}
      {asked !== null && (
        <Suspense fallback={null}>
          <NewFactDialog
            kind={asked.kind}
            name={asked.name}
            onClose={() => setAsked(null)}
            onMade={(target) => {
              setAsked(null);
              asked.onMade(target);
            }}
          />
        </Suspense>
      )}
    </NewTargetProvider>
  );
};
