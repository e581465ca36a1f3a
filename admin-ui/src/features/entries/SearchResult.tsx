import classes from './SearchResult.module.css';
import { text } from './text';

/** How a page may look among the results of a search engine. */
export const SearchResult = ({ path, title, description }: { path: string; title: string; description: string }) => (
  <figure className={classes['result']}>
    <figcaption>{text.seo.preview}</figcaption>
    <p className={classes['resultPath']}>{path}</p>
    <p className={classes['resultTitle']}>{title}</p>
    <p className={classes['resultText']}>{description || text.seo.noDescription}</p>
  </figure>
);
