import { useEffect, useState } from 'react';
import type { ResultOf } from '~/gql/graphql';
import { post } from '~/gql/transport';
import { Setup } from './queries';

export type SetupState = ResultOf<typeof Setup>['setup'];

/** What can be known before signing in; null until then, and when the server does not answer. */
export const useSetup = (): SetupState | null => {
  const [setup, setSetup] = useState<SetupState | null>(null);
  useEffect(() => {
    let gone = false;
    void post(Setup, {}).then((answer) => {
      if (!gone && answer.kind === 'data') setSetup(answer.data.setup);
    });
    return () => {
      gone = true;
    };
  }, []);
  return setup;
};
