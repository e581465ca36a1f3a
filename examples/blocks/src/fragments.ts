import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.ts';

/** A picture in every shape an editor may choose; which one it is, the same answer says. */
export const Picture = graphql(`
  fragment Picture on Media {
    width
    height
    credit
    avifWHOLE: srcset(shape: WHOLE, format: AVIF)
    avifLANDSCAPE: srcset(shape: LANDSCAPE, format: AVIF)
    avifSQUARE: srcset(shape: SQUARE, format: AVIF)
    avifPORTRAIT: srcset(shape: PORTRAIT, format: AVIF)
    webpWHOLE: srcset(shape: WHOLE, format: WEBP)
    webpLANDSCAPE: srcset(shape: LANDSCAPE, format: WEBP)
    webpSQUARE: srcset(shape: SQUARE, format: WEBP)
    webpPORTRAIT: srcset(shape: PORTRAIT, format: WEBP)
    jpegWHOLE: url(width: 960, shape: WHOLE)
    jpegLANDSCAPE: url(width: 960, shape: LANDSCAPE)
    jpegSQUARE: url(width: 960, shape: SQUARE)
    jpegPORTRAIT: url(width: 960, shape: PORTRAIT)
  }
`);

export const Phone = graphql(`
  fragment Phone on ContactPoint {
    number
    display
    label
  }
`);

export const Place = graphql(
  `
    fragment Place on Location {
      name
      lines
      city
      region { code }
      postalCode
      mapUrl
      timeZone
      hours { days opens closes }
      specialDays { on name opens closes }
      contactPoint { ...Phone }
    }
  `,
  [Phone],
);

export const Citation = graphql(`
  fragment Citation on Source {
    title
    publisher
    year
    url
  }
`);

export const Target = graphql(`
  fragment Target on Link {
    text
    target {
      __typename
      ... on EntryLink { path }
      ... on LocationLink { mapUrl }
      ... on PhoneLink { number }
      ... on ExternalLink { href }
    }
  }
`);

/** Everything the renderers show of a page's or a therapy's blocks. */
export const Body = graphql(
  `
    fragment Body on Block {
      __typename
      key
      ... on HeadingBlock { text level }
      ... on RichTextBlock { body { html } }
      ... on ListBlock { heading style items { html } }
      ... on ComparisonTableBlock { caption columns rows { header cells } }
      ... on StatisticBlock { value statement population year caveat source { ...Citation } }
      ... on EmergencyNoticeBlock { heading body { html } contacts { when contactPoint { ...Phone } } }
      ... on FaqBlock { heading questions { key question answer { html } } }
      ... on CallToActionBlock {
        heading
        body { html }
        formLink
        contactPoint { ...Phone }
        location { name mapUrl }
        link { ...Target }
      }
      ... on LeadFormBlock { heading intro placement form }
      ... on TherapyGridBlock { heading region { name } therapies { path title summary } }
      ... on MediaBlock { caption placing shape alt media { ...Picture } }
      ... on QuoteBlock { text attribution }
      ... on CalloutBlock { heading tone body { html } sources { ...Citation } }
      ... on PersonCardBlock { heading person { name credentials role bio } }
      ... on LocationCardBlock { heading location { ...Place } }
      ... on TableOfContentsBlock { heading entries { title anchor level } }
    }
  `,
  [Citation, Phone, Picture, Place, Target],
);

/** The confidential form: what is asked, and the wordings to agree to. */
export const Form = graphql(`
  fragment Form on LeadForm {
    key
    version
    intro
    fields { name label type required autocomplete help options { value label } }
    consent { id wording }
    textConsent { id wording }
  }
`);

export type Block = ResultOf<typeof Body>;
export type Kind = Block['__typename'];
export type BlockOf<K extends Kind> = Extract<Block, { __typename: K }>;
export type LeadForm = ResultOf<typeof Form>;
export type FormField = LeadForm['fields'][number];

/** What stands around every page. */
export const Frame = graphql(
  `
    fragment Frame on Query {
      site {
        name
        statement
        description
        contactPoint { ...Phone }
        emergency { ...Phone }
        crisis { ...Phone }
      }
      main: navigation(handle: "main") { items { label href items { label href } } }
      footer: navigation(handle: "footer") { items { label href items { label href } } }
      leadForm(key: "confidential") { ...Form }
    }
  `,
  [Form, Phone],
);

/** What is at a path. */
export const Entry = graphql(
  `
    fragment Entry on Route {
      __typename
      ... on Page {
        path
        title
        summary
        seo { title description noIndex canonical }
        parent { path title }
        author { name credentials }
        reviewer { name credentials }
        reviewedOn
        updatedAt
        blocks { ...Body }
      }
      ... on Therapy {
        path
        title
        abbreviation
        summary
        seo { title description noIndex canonical }
        approach
        conditions
        regions { name }
        sources { ...Citation }
        blocks { ...Body }
      }
      ... on Redirect { target status }
    }
  `,
  [Body, Citation],
);

export type Surroundings = ResultOf<typeof Frame>;
export type Content = Extract<ResultOf<typeof Entry>, { __typename: 'Page' | 'Therapy' }>;
