import type { APIRoute } from 'astro';
import { frontEnd } from '../../frontEnd';

/** Where Hillside says that something changed. */
export const POST: APIRoute = async ({ request }) =>
  new Response(null, { status: frontEnd.revalidate(request.headers, await request.text()) });
