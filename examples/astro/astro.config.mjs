import node from '@astrojs/node';
import { defineConfig } from 'astro/config';

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  // Pictures come from Hillside in every width; nothing is left to do here.
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
  // The names this site is reached by. A form that comes from any other is refused.
  security: { allowedDomains: [{ hostname: '127.0.0.1' }, { hostname: 'localhost' }] },
  devToolbar: { enabled: false },
});
