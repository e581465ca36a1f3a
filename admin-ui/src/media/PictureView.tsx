import { useQuery } from 'urql';
import { fitted } from './fitted';
import classes from './PictureView.module.css';
import { PictureQuery } from './queries';
import { text } from './text';

/** A picture where it is only read. */
export const PictureView = ({ id }: { id: string }) => {
  const [{ data, fetching }] = useQuery({ query: PictureQuery, variables: { id }, requestPolicy: 'cache-first' });
  const picture = data?.mediaItem;
  if (picture == null) return <p className={classes['none']}>{fetching ? text.field.loading : text.field.gone}</p>;
  return (
    <span className={classes['frame']}>
      <img
        className={classes['picture']}
        src={picture.large}
        alt={picture.alt}
        width={picture.width}
        height={picture.height}
        style={{ width: fitted(picture, 320) }}
        loading="lazy"
      />
      {picture.missingAlt && <span className={classes['missing']}>{text.missingAlt}</span>}
    </span>
  );
};
