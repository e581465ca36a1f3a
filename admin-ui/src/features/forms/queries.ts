import { graphql, type ResultOf, type VariablesOf } from '~/gql/graphql';

const WordingFields = graphql(`
  fragment WordingFields on ConsentText @_unmask { id wording version }
`);

const VersionFields = graphql(
  `
    fragment VersionFields on LeadFormVersion @_unmask {
      number
      createdAt
      author { id name }
      contactConsent { ...WordingFields }
      textConsent { ...WordingFields }
      definition {
        heading
        intro
        button
        thanks
        steps {
          title
          fields { field label help required problem options { value label } }
        }
      }
    }
  `,
  [WordingFields],
);

const FormFields = graphql(
  `
    fragment FormFields on LeadForm @_unmask {
      key
      title
      archivedAt
      current { ...VersionFields }
    }
  `,
  [VersionFields],
);

const WordingsFields = graphql(
  `
    fragment WordingsFields on LeadConsentTexts @_unmask {
      contact { ...WordingFields }
      texts { ...WordingFields }
    }
  `,
  [WordingFields],
);

export const FormsQuery = graphql(
  `
    query Forms {
      leadForms {
        key
        title
        archivedAt
        current { number createdAt author { id name } contactConsent { id } textConsent { id } }
      }
      leadConsentTexts { ...WordingsFields }
    }
  `,
  [WordingsFields],
);

export const FormQuery = graphql(
  `
    query Form($key: String!) {
      leadForm(key: $key) { ...FormFields }
      leadFormFields { field type usual { field label help required problem options { value label } } }
      leadConsentTexts { ...WordingsFields }
    }
  `,
  [FormFields, WordingsFields],
);

export const FormVersionsQuery = graphql(
  `
    query FormVersions($key: String!) {
      leadFormVersions(key: $key) { ...VersionFields }
    }
  `,
  [VersionFields],
);

export const SaveForm = graphql(
  `
    mutation SaveForm($input: SaveLeadFormInput!) {
      saveLeadForm(input: $input) {
        form { ...FormFields }
        userErrors { code message path }
      }
    }
  `,
  [FormFields],
);

export const SaveWording = graphql(
  `
    mutation SaveWording($input: SaveLeadConsentTextInput!) {
      saveLeadConsentText(input: $input) {
        text { ...WordingFields }
        userErrors { code message path }
      }
    }
  `,
  [WordingFields],
);

export const PreviewForm = graphql(`
  query PreviewForm($definition: LeadFormDefinitionInput!, $contactConsent: ID, $textConsent: ID) {
    previewLeadForm(definition: $definition, contactConsent: $contactConsent, textConsent: $textConsent)
  }
`);

export type Form = ResultOf<typeof FormFields>;
export type Version = ResultOf<typeof VersionFields>;
export type Wording = ResultOf<typeof WordingFields>;
export type Wordings = ResultOf<typeof WordingsFields>;
export type FormLine = ResultOf<typeof FormsQuery>['leadForms'][number];
export type FieldKind = ResultOf<typeof FormQuery>['leadFormFields'][number];
export type Field = FieldKind['field'];
export type Consent = VariablesOf<typeof SaveWording>['input']['consent'];
