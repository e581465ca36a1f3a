import 'graphiql/style.css';
import './graphiql.css';
import { createRoot } from 'react-dom/client';
import { Graphiql } from './Graphiql';

declare global {
  // Read by react-remove-scroll, which GraphiQL's dialogs use, for the style tag it adds.
  var __webpack_nonce__: string | undefined;
}

globalThis.__webpack_nonce__ = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

const root = document.getElementById('graphiql');
if (root === null) throw new Error('graphiql.html has no #graphiql');

createRoot(root).render(<Graphiql />);
