import { ownPath } from '@hillside-examples/client';
import type { APIRoute } from 'astro';
import { frontEnd } from '../../frontEnd';

/** Turns the preview on with a token, and off without one: `/api/preview?token=…&path=/about`. */
export const GET: APIRoute = async ({ url, cookies, redirect }) => {
  const token = url.searchParams.get('token');
  if (token === null) {
    cookies.delete('preview', { path: '/' });
  } else if (await frontEnd.opens(token)) {
    cookies.set('preview', token, { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' });
  } else {
    return new Response('This link has expired.', { status: 401 });
  }
  return redirect(ownPath(url.searchParams.get('path')), 303);
};
