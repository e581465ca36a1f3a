import { useState } from 'react';
import { useClient } from 'urql';
import { TargetStore } from '~/ui/targets';
import { TargetsByIdQuery, TargetsQuery } from './queries';

/** The names of what the document points at, from the server. */
export const useTargetStore = (): TargetStore => {
  const client = useClient();
  const [store] = useState(
    () =>
      new TargetStore({
        search: async (kinds, query) => {
          const answer = await client.query(
            TargetsQuery,
            { kinds: [...kinds], query },
            { requestPolicy: 'network-only' },
          );
          if (answer.data === undefined) throw answer.error;
          return answer.data.targets;
        },
        byId: async (ids) => {
          const answer = await client.query(TargetsByIdQuery, { ids }, { requestPolicy: 'network-only' });
          if (answer.data === undefined) throw answer.error;
          return answer.data.targetsById;
        },
      }),
  );
  return store;
};
