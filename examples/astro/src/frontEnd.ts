import { FrontEnd, settings } from '@hillside-examples/client';

/** One for the whole server, so that its pages are kept between requests. */
export const frontEnd = new FrontEnd(settings());
