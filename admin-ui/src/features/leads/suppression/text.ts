import type { SuppressionReason } from './queries';

export const suppressionText = {
  title: 'Do not contact',
  body: 'Nobody calls or writes to these people any more, by any of their numbers and addresses, in any lead of theirs. This lead is closed if it is open.',
  later: 'If they write again, that is a new request: it may be answered.',
  legend: 'How is that known?',
  reasons: {
    SAID: 'They said so',
    ANSWERED_STOP: 'They answered STOP to a text',
    WROTE: 'They wrote so',
    HARM: 'They may come to harm by it',
  } satisfies Record<SuppressionReason, string>,
  noReason: 'Say how it is known.',
  submit: 'Do not contact them any more',
  liftTitle: 'Contact them again',
  liftBody:
    'They may be called and written to again, as they agreed, in every lead of theirs. Lift it only if they said so, or if it was a slip. What was closed stays closed.',
  liftSubmit: 'Lift it',
};
