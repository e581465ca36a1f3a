export { PageCache } from './cache.ts';
export { type Answer, HillsideError, hillside } from './client.ts';
export { SubmitLead, Visit, type Visited } from './queries.ts';
export { decoded, FrontEnd, location, ownPath, type Sent, type Settings, settings } from './site.ts';
export { isSigned } from './webhook.ts';
