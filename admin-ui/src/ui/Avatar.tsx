import classes from './Avatar.module.css';

const initials = (name: string) => {
  const words = name
    .replace(/^(dr|prof|mr|mrs|ms)\.?\s+/i, '')
    .split(/\s+/)
    .filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
};

/** Initials in a circle. Decoration: the name stands beside it or is given as `label`. */
export const Avatar = ({ name, label = false }: { name: string; label?: boolean }) =>
  label ? (
    <span className={classes['avatar']} role="img" aria-label={name} title={name}>
      {initials(name)}
    </span>
  ) : (
    <span className={classes['avatar']} aria-hidden="true">
      {initials(name)}
    </span>
  );
