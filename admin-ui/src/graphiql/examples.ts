/**
 * What `/graphiql` offers to try: at least one example for every field at the root of the public schema.
 *
 * Each begins with a comment that says what it answers and when one needs it, asks by variables as a front end does, and
 * works with the demo content. An id is another in every installation; `@therapy` and its like stand for one (ids.ts).
 */
export type Values = Readonly<Record<string, unknown>>;

export type Example = {
  /** As it stands in the list. */
  readonly title: string;
  /** One operation; its name becomes the tab's. */
  readonly query: string;
  readonly variables?: Values;
  /** A header left empty is not sent. */
  readonly headers?: Values;
};

export type Group = { readonly title: string; readonly examples: readonly Example[] };

export const groups: readonly Group[] = [
  {
    title: 'Pages and therapies',
    examples: [
      {
        title: 'What is at a path',
        query: `# What a visitor finds at a path: a page, a
# therapy, or where it moved to. Null is your
# 404.
#
# For a front end with one catch-all route
# ([...slug]), which asks this once for every
# address.
query WhatIsAtAPath($path: String!) {
  route(path: $path) {
    __typename
    ... on Page {
      title
      summary
      topics
      author { name credentials }
      reviewer { name credentials }
      reviewedOn
      updatedAt
      seo { title description noIndex canonical }
      blocks { __typename key html }
    }
    ... on Therapy {
      title
      abbreviation
      approach
      conditions
      levelsOfCare
      blocks { __typename key html }
    }
    ... on Redirect {
      status
      target
    }
  }
}
`,
        variables: { path: '/ketamine-side-effects' },
      },
      {
        title: 'A page, block by block',
        query: `# A page as a tree of blocks, each with the
# fields of its kind.
#
# For components of your own, one for each
# __typename. Keep \`html\` as the fallback for
# kinds you do not draw yourself: it is safe to
# show as it is, and a new kind of block reads
# well before your front end knows it.
query APageBlockByBlock($path: String!) {
  route(path: $path) {
    ... on Page {
      title
      shareImage { ...Picture }
      blocks {
        __typename
        key
        ... on HeadingBlock { text level }
        ... on RichTextBlock { body { html text links { text target { ...Target } } } }
        ... on ListBlock { heading style items { html } }
        ... on TableOfContentsBlock { heading entries { title anchor level } }
        ... on ComparisonTableBlock { caption columns rows { header cells } }
        ... on StatisticBlock {
          value
          statement
          population
          year
          caveat
          source { title publisher url }
        }
        ... on CalloutBlock { tone heading body { html } sources { title url } }
        ... on EmergencyNoticeBlock {
          heading
          body { html }
          contacts { when contactPoint { number display } }
        }
        ... on FaqBlock { heading questions { key question answer { html } } }
        ... on MediaBlock { caption alt placing media { ...Picture } }
        ... on QuoteBlock { text attribution }
        ... on TherapyGridBlock { heading therapies { path title summary } }
        ... on CallToActionBlock {
          heading
          body { html }
          contactPoint { display number }
          link { text target { ...Target } }
        }
        ... on LeadFormBlock { form placement heading intro }
        ... on LocationCardBlock { heading location { name lines city } }
        ... on PersonCardBlock { heading person { name role bio } }
      }
    }
  }
}

fragment Picture on Media {
  alt
  credit
  width
  height
  blurhash
  url(width: 1280)
  srcset(format: AVIF)
}

fragment Target on LinkTarget {
  __typename
  ... on EntryLink { path title }
  ... on LocationLink { address mapUrl }
  ... on PhoneLink { number display }
  ... on ExternalLink { href }
}
`,
        variables: { path: '/ketamine-side-effects' },
      },
      {
        title: 'Every path',
        query: `# Every public path with the time of its last
# change, at most 250 at a time.
#
# For static generation (getStaticPaths,
# generateStaticParams) and for a site map.
# While hasNextPage is true, ask again with
# endCursor as $after.
query EveryPath($first: Int!, $after: String) {
  routes(first: $first, after: $after) {
    totalCount
    nodes { path kind updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: { first: 100, after: null },
      },
      {
        title: 'One therapy',
        query: `# A therapy by the last part of its path, with
# all that is known about it.
#
# For a screen that is about therapies only;
# where any address may come, ask route(path).
query OneTherapy($slug: String!) {
  therapy(slug: $slug) {
    id
    path
    title
    abbreviation
    summary
    approach
    conditions
    levelsOfCare
    regions { slug name }
    sources { title publisher year url doi }
    blocks { __typename key html }
    seo { title description }
    publishedAt
    updatedAt
  }
}
`,
        variables: { slug: 'group-therapy' },
      },
      {
        title: 'Therapies of a region',
        query: `# The therapies that are offered in a region, by
# path, one page of the list at a time.
#
# For overviews and filters. Leave $region out,
# or make it null, to list them all; go on with
# endCursor as $after.
query TherapiesOfARegion($region: String, $first: Int!, $after: String) {
  therapies(filter: { region: $region }, first: $first, after: $after) {
    totalCount
    nodes { path title abbreviation summary regions { name } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: { region: 'massachusetts', first: 3, after: null },
      },
      {
        title: 'Anything by its id',
        query: `# Anything with an id, by that id; null when it
# is not public.
#
# For a client that refetches what it knows
# (Relay, a cache), and for links: \`reference\`
# of a link is such an id. Ids are opaque and
# stay the same when an address changes. The one
# below is a therapy's.
query AnythingByItsId($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Page { path title }
    ... on Therapy { path title }
    ... on Location { name city }
    ... on Person { name role }
    ... on ContactPoint { label display }
    ... on Region { slug name }
    ... on Source { title url }
    ... on Media { path alt }
    ... on Redirect { fromPath target status }
  }
}
`,
        variables: { id: '@therapy' },
      },
      {
        title: 'Several things by their ids',
        query: `# Several things by their ids, in that order; null
# where one is not public. At most 100.
#
# For a cache that refetches, or a list of favourites
# kept by id: one question in the place of many.
query SeveralThingsByTheirIds($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Content { path title }
    ... on Location { name city }
  }
}
`,
        variables: { ids: ['@therapy', '@location'] },
      },
      {
        title: 'The way to a page, and what is below it',
        query: `# The public pages above a page and those directly
# below it.
#
# For breadcrumbs and section menus: any depth, in
# one question.
query TheWayToAPage($path: String!, $first: Int!) {
  route(path: $path) {
    ... on Content { title breadcrumbs { title path } }
    ... on Page {
      children(first: $first) {
        totalCount
        nodes { title path summary }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
`,
        variables: { path: '/ketamine-side-effects', first: 20 },
      },
      {
        title: 'Search',
        query: `# Pages and therapies that say what is asked for,
# the best first, with the words around it.
#
# For a search field: ask while somebody types, and
# show excerpt.html, where \`mark\` stands around what
# was found. Tell them of correctedQuery if it is
# there: those words were looked for instead.
query Search($query: String!, $first: Int!) {
  search(query: $query, first: $first) {
    totalCount
    correctedQuery
    nodes {
      target { __typename ... on Content { title path } }
      excerpt { html }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: { query: 'ketamine detox', first: 5 },
      },
      {
        title: 'What therapies are for',
        query: `# What the public therapies are used for, each once.
#
# For the choices of a filter; one of them is the
# \`condition\` that therapies(filter:) takes.
query WhatTherapiesAreFor {
  conditions
}
`,
      },
      {
        title: 'Paths that moved',
        query: `# Old paths and where they lead now, at most 250 at
# a time.
#
# For a front end that answers redirects by itself,
# from a table made when it is built. Whoever asks
# route(path) for each address needs none of this.
query PathsThatMoved($first: Int!, $after: String) {
  redirects(first: $first, after: $after) {
    totalCount
    nodes { fromPath target status }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: { first: 100, after: null },
      },
      {
        title: 'A draft, for a preview',
        query: `# A page as its draft stands, before it is
# published.
#
# For a preview in a front end of your own: an
# editor's link (Preview, Share, Make the link)
# carries a token. Put it into the header
# X-Hillside-Preview, under Headers below. The
# token opens the one page it was made for, so
# ask for its path; while the header is empty it
# is not sent, and what is public is answered.
query ADraft($path: String!) {
  route(path: $path) {
    ... on Page { title summary blocks { __typename key html } }
    ... on Therapy { title summary blocks { __typename key html } }
  }
}
`,
        variables: { path: '/ketamine-side-effects' },
        headers: { 'X-Hillside-Preview': '' },
      },
    ],
  },
  {
    title: 'The site',
    examples: [
      {
        title: 'The centre',
        query: `# The centre as a whole: its name, its telephone
# numbers, where it is.
#
# For headers, footers and structured data
# (JSON-LD). \`contactPoint\` is the centre's
# own number; \`emergency\` (911) and \`crisis\`
# (988) belong beside every form.
query TheCentre {
  site {
    name
    statement
    description
    contactPoint { ...Number }
    emergency { ...Number }
    crisis { ...Number }
    locations {
      name
      lines
      city
      region { code name }
      postalCode
      mapUrl
      timeZone
      hours { days opens closes }
      specialDays { on name opens closes }
    }
    shareImage { alt url(width: 1280, shape: LANDSCAPE) }
  }
}

fragment Number on ContactPoint {
  label
  purpose
  number
  display
}
`,
      },
      {
        title: 'A menu',
        query: `# A menu with its links resolved; what is not
# public is left out.
#
# For the navigation of every page: the demo
# content has \`main\` and \`footer\`.
query AMenu($handle: String!) {
  navigation(handle: $handle) {
    items {
      label
      href
      items { label href }
    }
  }
}
`,
        variables: { handle: 'main' },
      },
      {
        title: 'Places near a point',
        query: `# Where the centre treats people, the nearest first,
# within so many kilometres of a point.
#
# For "find us" and for landing pages of a town.
# Without $near they come by name; with $region only
# those of that state. The point is Boston's.
query PlacesNearAPoint($near: GeoInput, $region: String) {
  locations(near: $near, region: $region) {
    totalCount
    nodes {
      name
      lines
      city
      region { code name }
      postalCode
      point { latitude longitude }
      mapUrl
      contactPoint { display number }
    }
  }
}
`,
        variables: {
          near: { latitude: 42.36, longitude: -71.06, radiusKm: 500 },
          region: 'massachusetts',
        },
      },
      {
        title: 'A telephone number',
        query: `# A telephone number by the name front ends know it
# by, and when somebody answers.
#
# For "Call us" wherever it stands: the number is
# kept in one place, so a new one is seen at once.
query ATelephoneNumber($handle: String!) {
  contactPoint(handle: $handle) {
    label
    display
    number
    purpose
    hours { days opens closes }
    timeZone
  }
}
`,
        variables: { handle: 'admissions' },
      },
      {
        title: 'Every telephone number',
        query: `# Every telephone number, by the name front ends know
# it by.
#
# For a page of contacts, and to find the handle that
# contactPoint(handle) takes.
query EveryTelephoneNumber($first: Int!, $after: String) {
  contactPoints(first: $first, after: $after) {
    nodes { handle label display number purpose }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: { first: 20, after: null },
      },
      {
        title: 'People',
        query: `# Authors and clinicians, by name.
#
# For a page of the team, and for who wrote and who
# checked what is read.
query People($first: Int!, $after: String) {
  people(first: $first, after: $after) {
    nodes { id name credentials role bio }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: { first: 20, after: null },
      },
      {
        title: 'Regions',
        query: `# States and areas that are served, by name.
#
# For a choice of region: its slug is what the lists
# of therapies and places are filtered by.
query Regions($first: Int!, $after: String) {
  regions(first: $first, after: $after) {
    nodes { slug name code country }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: { first: 20, after: null },
      },
      {
        title: 'Sources',
        query: `# The publications that claims rest on, by title.
#
# For a page of references. What one page rests on
# stands in its blocks, beside the claims.
query Sources($first: Int!, $after: String) {
  sources(first: $first, after: $after) {
    nodes { title publisher year population url doi }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: { first: 20, after: null },
      },
    ],
  },
  {
    title: 'Writing in confidence',
    examples: [
      {
        title: 'A form to draw',
        query: `# The form for people who write in confidence:
# its fields in order, and the wordings to agree
# to.
#
# For a form of your own. Leave both boxes
# unticked, and show beside it what to do in
# danger: call 911; in a crisis call or text
# 988.
query AFormToDraw($key: String!) {
  leadForm(key: $key) {
    title
    intro
    fields {
      name
      label
      type
      required
      autocomplete
      help
      options { value label }
    }
    consent { id version language wording }
    textConsent { id version language wording }
  }
}
`,
        variables: { key: 'confidential' },
      },
      {
        title: 'Is somebody in danger?',
        query: `# What to show when words of danger are written,
# in English or Spanish. Ask by POST.
#
# For a notice beside the form. It overlooks some,
# so what to do in danger stands there always, and
# the form never waits for it.
query InDanger($text: String!) {
  crisisCheck(text: $text) {
    dangers
    steps { text call message }
  }
}
`,
        variables: { text: 'My brother took too much and will not wake up' },
      },
      {
        title: 'Send the form',
        query: `# THIS CREATES A REAL LEAD: it appears in the
# inbox, and staff are told. The person below is
# made up.
#
# For what your form does when it is sent. The
# receipt comes once everything is on disk; what
# is to be mended comes in userErrors, each with
# the path of its field. Sent again with the
# same idempotencyKey it is the same lead.
mutation SendTheForm($input: SubmitLeadInput!) {
  submitLead(input: $input) {
    receipt { reference receivedAt }
    userErrors { code path message }
  }
}
`,
        variables: {
          input: {
            idempotencyKey: '@new',
            form: 'confidential',
            placement: 'graphiql',
            name: 'Test Testperson (made up)',
            contact: { phone: '(781) 555-0100', email: 'made.up@example.com' },
            relationship: 'OTHER',
            safeContact: { voicemail: false, text: true, sayWhoCalls: false, preferred: 'EMAIL', bestTime: null },
            insurance: 'none, this is a test',
            message: 'Sent from GraphiQL to try the form. Nobody needs an answer.',
            sourcePath: '/ketamine-side-effects',
            website: '',
            consents: [
              { text: '@consent', accepted: true, scopes: ['EMAIL'] },
              { text: '@textConsent', accepted: true, scopes: ['TEXT'] },
            ],
          },
        },
      },
    ],
  },
];

/** Variables or headers as they stand in an editor. */
export const written = (values: Values | undefined): string =>
  values === undefined ? '' : JSON.stringify(values, null, 2);

export const examples: readonly Example[] = groups.flatMap((group) => group.examples);
