import type { Kind } from './definition';
import { readKind } from './definition';

const text = { type: 'object', 'x-widget': 'richText', default: { type: 'doc', v: 1, content: [] } };

/** A kind the admin has never heard of, with a field of every sort the server can describe. */
export const inventedKind: Kind = readKind({
  kind: 'recipe',
  title: 'Recipe',
  description: 'Something to cook.',
  icon: 'no-such-icon',
  empty: {
    heading: '',
    method: text.default,
    serves: 2,
    minutes: null,
    diet: 'ANY',
    vegan: false,
    cook: null,
    places: [],
    until: null,
    notes: '',
    steps: [],
    tags: [],
    helpers: [],
  },
  schema: {
    type: 'object',
    required: ['key', 'method', 'steps', 'tags', 'helpers'],
    properties: {
      cook: {
        type: ['string', 'null'],
        title: 'Cook',
        description: 'As in `Ann`.',
        'x-widget': 'reference',
        'x-reference': 'person',
      },
      diet: {
        title: 'Diet',
        'x-widget': 'select',
        oneOf: [
          { const: 'ANY', description: 'For everybody.' },
          { const: 'LOW_SALT', description: 'With little salt.' },
        ],
      },
      heading: { type: 'string', title: 'Heading', 'x-widget': 'line' },
      helpers: {
        type: 'array',
        title: 'Helpers',
        'x-widget': 'list',
        items: {
          type: 'object',
          required: ['who', 'what'],
          properties: {
            what: { type: 'string', title: 'What', 'x-widget': 'line' },
            who: { type: 'string', title: 'Who', 'x-widget': 'reference', 'x-reference': 'contactPoint' },
          },
        },
      },
      method: { ...text, title: 'Method' },
      minutes: { type: ['integer', 'null'], title: 'Minutes', minimum: 1, maximum: 900, 'x-widget': 'integer' },
      notes: { type: 'string', title: 'Notes', 'x-widget': 'text' },
      places: {
        type: 'array',
        title: 'Places',
        items: { type: 'string' },
        'x-widget': 'references',
        'x-reference': 'location',
      },
      serves: { type: 'integer', title: 'Serves', minimum: 1, maximum: 4, 'x-widget': 'integer' },
      shape: { title: 'Shape', 'x-widget': 'hologram' },
      steps: {
        type: 'array',
        title: 'Steps',
        'x-widget': 'list',
        items: {
          type: 'object',
          required: ['key', 'title', 'text'],
          properties: {
            key: { type: 'string', 'x-widget': 'key' },
            text: { ...text, title: 'Text' },
            title: { type: 'string', title: 'Step', 'x-widget': 'line' },
          },
        },
      },
      tags: { type: 'array', title: 'Tags', 'x-widget': 'list', items: { type: 'string' } },
      until: { type: ['string', 'null'], title: 'Good until', format: 'date', 'x-widget': 'date' },
      vegan: { type: 'boolean', title: 'Vegan', 'x-widget': 'switch' },
    },
  },
});
