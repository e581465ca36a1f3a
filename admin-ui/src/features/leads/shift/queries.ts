import { graphql, type ResultOf } from '~/gql/graphql';
import { LeadFields } from '../queries';

const ShiftFields = graphql(`
  fragment ShiftFields on LeadShift @_unmask {
    user { id name }
    until
  }
`);

export const LeadShiftsQuery = graphql(
  `
    query LeadShifts {
      leadShifts { ...ShiftFields }
    }
  `,
  [ShiftFields],
);

export const SetShift = graphql(
  `
    mutation SetShift($input: SetShiftInput!) {
      setShift(input: $input) {
        shifts { ...ShiftFields }
        userErrors { code message path }
      }
    }
  `,
  [ShiftFields],
);

export const AssignLeadInTurn = graphql(
  `
    mutation AssignLeadInTurn($input: AssignLeadInTurnInput!) {
      assignLeadInTurn(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export type Shift = ResultOf<typeof ShiftFields>;

/** That who is on shift, or whose turn it is, is not what it was. */
export const LeadShiftsChanged = graphql(`
  subscription LeadShiftsChanged {
    leadShiftsChanged
  }
`);
