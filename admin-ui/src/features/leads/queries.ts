import { graphql, type ResultOf, type VariablesOf } from '~/gql/graphql';

/* Everything here is masked. What is in clear comes by `reveal.ts`, past the store. */

export const LeadRowFields = graphql(`
  fragment LeadRowFields on Lead @_unmask {
    id
    reference
    version
    status
    outcome
    priority
    receivedAt
    respondBy
    firstAttemptAt
    firstContactAt
    nextActionAt
    name
    relationship
    sourcePath
    sourceTitle
    placement
    suspectedSpam
    erasedAt
    mergedAt
    mergedInto { id reference }
    assignee { id name }
    safeContact { preferred }
    nextStatuses
  }
`);

export const LeadFields = graphql(
  `
    fragment LeadFields on Lead @_unmask {
      ...LeadRowFields
      leaseUntil
      heldAt
      spamReasons
      nextOutcomes
      handedOverAt
      source { referrer utmSource utmMedium utmCampaign utmTerm utmContent }
      arrival { at place { id name timeZone } }
      phone
      email
      safeContact { voicemail text sayWhoCalls preferred suppression { since reason holds } }
      levelOfCare
      insurance { check coverage checkedAt checkedBy { id name } }
      consent { wording version at withdrawnAt texts }
      ways
      patientWays
      tasks {
        id
        version
        kind
        dueAt
        assignee { id name }
        doneAt
        doneBy { id name }
      }
      timeline {
        id
        kind
        at
        actor { id name }
        fromStatus
        toStatus
        outcome
        assignee { id name }
        callOutcome
        seconds
        answered
        nextActionAt
        priority
        consent
        suppressionReason
        inbound
        taskKind
        taskChange
        insuranceCheck
        referralTarget { id name }
        corrected
        ofPatient
        reference
        other { id reference version }
        text
      }
    }
  `,
  [LeadRowFields],
);

export const LeadsQuery = graphql(
  `
    query Leads($view: LeadView!, $filter: LeadFilter, $orderBy: LeadOrder, $first: Int!, $after: String) {
      leads(view: $view, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
        nodes { ...LeadRowFields }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        totalCount
      }
    }
  `,
  [LeadRowFields],
);

export const LeadQuery = graphql(
  `
    query Lead($id: ID!) {
      lead(id: $id) { ...LeadFields }
    }
  `,
  [LeadFields],
);

/** Other leads with the same phone number or e-mail address. */
export const LeadDuplicatesQuery = graphql(
  `
    query LeadDuplicates($id: ID!) {
      leadDuplicates(id: $id) { ...LeadRowFields }
    }
  `,
  [LeadRowFields],
);

/** What is read to somebody who calls. */
export const CallConsentsQuery = graphql(`
  query CallConsents {
    leadCallConsents { contact { id wording } texts { id wording } }
  }
`);

export const LeadCountsQuery = graphql(`
  query LeadCounts {
    leadCounts { open mine unassigned urgent overdue closed all }
  }
`);

export const StaffQuery = graphql(`
  query AdmissionsStaff {
    admissionsStaff { id name }
  }
`);

/** What a list may be narrowed to that only this centre knows. */
export const FilterChoicesQuery = graphql(`
  query LeadFilterChoices {
    leadFilterChoices {
      forms { key title }
      pages { id title }
      places { id name city }
    }
  }
`);

/** Places that somebody may come to. */
export const AdmissionsPlacesQuery = graphql(`
  query AdmissionsPlaces {
    admissionsPlaces { id name city timeZone }
  }
`);

export const AssignLead = graphql(
  `
    mutation AssignLead($input: AssignLeadInput!) {
      assignLead(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const ChangeLeadStatus = graphql(
  `
    mutation ChangeLeadStatus($input: ChangeLeadStatusInput!) {
      changeLeadStatus(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const CorrectLeadPerson = graphql(
  `
    mutation CorrectLeadPerson($input: CorrectLeadPersonInput!) {
      correctLeadPerson(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const ConfirmLeadHandOver = graphql(
  `
    mutation ConfirmLeadHandOver($input: ConfirmLeadHandOverInput!) {
      confirmLeadHandOver(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const AddLeadNote = graphql(
  `
    mutation AddLeadNote($input: AddLeadNoteInput!) {
      addLeadNote(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const TakeNextLead = graphql(
  `
    mutation TakeNextLead {
      takeNextLead {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const CreateLead = graphql(
  `
    mutation CreateLead($input: CreateLeadInput!) {
      createLead(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const LogCall = graphql(
  `
    mutation LogCall($input: LogCallInput!) {
      logCall(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const LogMessage = graphql(
  `
    mutation LogMessage($input: LogMessageInput!) {
      logMessage(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const ScheduleNextAction = graphql(
  `
    mutation ScheduleNextAction($input: ScheduleNextActionInput!) {
      scheduleNextAction(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const SetLeadPriority = graphql(
  `
    mutation SetLeadPriority($input: SetLeadPriorityInput!) {
      setLeadPriority(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const WithdrawLeadConsent = graphql(
  `
    mutation WithdrawLeadConsent($input: WithdrawLeadConsentInput!) {
      withdrawLeadConsent(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const UpdateLeadInsurance = graphql(
  `
    mutation UpdateLeadInsurance($input: UpdateLeadInsuranceInput!) {
      updateLeadInsurance(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const SetLeadLevelOfCare = graphql(
  `
    mutation SetLeadLevelOfCare($input: SetLeadLevelOfCareInput!) {
      setLeadLevelOfCare(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const RecordEstimate = graphql(
  `
    mutation RecordEstimate($input: RecordEstimateInput!) {
      recordEstimate(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const ClearLeadSpam = graphql(
  `
    mutation ClearLeadSpam($input: ClearLeadSpamInput!) {
      clearLeadSpam(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const MarkLeadSpam = graphql(
  `
    mutation MarkLeadSpam($input: MarkLeadSpamInput!) {
      markLeadSpam(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const HoldLead = graphql(
  `
    mutation HoldLead($input: HoldLeadInput!) {
      holdLead(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const EraseLead = graphql(
  `
    mutation EraseLead($input: EraseLeadInput!) {
      eraseLead(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const MergeLeads = graphql(
  `
    mutation MergeLeads($input: MergeLeadsInput!) {
      mergeLeads(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const UnmergeLead = graphql(
  `
    mutation UnmergeLead($input: UnmergeLeadInput!) {
      unmergeLead(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export type LeadRow = ResultOf<typeof LeadRowFields>;
export type Lead = ResultOf<typeof LeadFields>;
export type LeadEvent = Lead['timeline'][number];
export type LeadStatus = Lead['status'];
export type LeadOutcome = NonNullable<Lead['outcome']>;
export type CallOutcome = NonNullable<LeadEvent['callOutcome']>;
export type MessageChannel = Exclude<ContactMethod, 'PHONE'>;
export type SpamReason = Lead['spamReasons'][number];
export type ConsentKind = NonNullable<LeadEvent['consent']>;
export type LeadPriority = Lead['priority'];
export type LeadRelationship = Lead['relationship'];
export type UnderAge = NonNullable<CreateLeadInput['underAge']>;
export type ContactMethod = NonNullable<Lead['safeContact']['preferred']>;
export type InsuranceCheck = Lead['insurance']['check'];
export type InsuranceCoverage = NonNullable<Lead['insurance']['coverage']>;
export type LevelOfCare = NonNullable<Lead['levelOfCare']>;
/** What is different in an insurance. */
export type InsuranceUpdate = Omit<VariablesOf<typeof UpdateLeadInsurance>['input'], 'id' | 'version'>;
/** Where a lead goes, and what belongs to that. */
export type LeadStep = Omit<VariablesOf<typeof ChangeLeadStatus>['input'], 'id' | 'version'>;
export type FilterChoices = ResultOf<typeof FilterChoicesQuery>['leadFilterChoices'];
export type Place = ResultOf<typeof AdmissionsPlacesQuery>['admissionsPlaces'][number];
/** What of a person is set right. */
export type Correction = Omit<VariablesOf<typeof CorrectLeadPerson>['input'], 'id' | 'version' | 'person'>;
export type PersonField = NonNullable<LeadEvent['corrected']>[number];
export type CreateLeadInput = VariablesOf<typeof CreateLead>['input'];
export type LeadCounts = ResultOf<typeof LeadCountsQuery>['leadCounts'];
export type Colleague = ResultOf<typeof StaffQuery>['admissionsStaff'][number];

export const leadViews = ['OPEN', 'MINE', 'UNASSIGNED', 'URGENT', 'OVERDUE', 'CLOSED', 'ALL'] as const;
export type LeadView = (typeof leadViews)[number];

/** That something happened to a lead, never whose. */
export const LeadChangedSubscription = graphql(`
  subscription LeadChanged {
    leadChanged { kind id version }
  }
`);
