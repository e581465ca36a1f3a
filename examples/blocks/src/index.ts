export { type Around, phoneLink, renderBlock, renderBlocks } from './blocks.ts';
export * from './fragments.ts';
export { graphql } from './graphql.ts';
export { Html, html, nothing, trusted } from './html.ts';
export { type FormState, leadForm, type Problem, receipt } from './leadForm.ts';
export { article, footer, head, header, missing, previewNote } from './page.ts';
