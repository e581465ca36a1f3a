import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useNow } from '~/ui/RelativeTime';
import { dayAndTime } from './clock';
import { apartUntil, type Named } from './merge';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { text } from './text';

/** Above a lead that was merged into another: which one, and the way back while there is one. */
export const MergedStrip = ({
  lead: { mergedAt, mergedInto },
  mayWork,
  onApart,
}: {
  lead: Pick<Lead, 'mergedAt' | 'mergedInto'>;
  mayWork: boolean;
  onApart: (from: Named) => void;
}) => {
  const now = useNow();
  if (mergedInto === null || mergedAt === null) return null;
  return (
    <div role="note" className={classes['merged']}>
      <p>
        {text.merge.strip}{' '}
        <Link to="/leads/$id" params={{ id: mergedInto.id }} search={true} className="num">
          {mergedInto.reference}
        </Link>{' '}
        <span className="num">{text.merge.stripOn(dayAndTime(mergedAt))}</span>
      </p>
      {mayWork && apartUntil({ mergedAt }, now) !== null ? (
        <Button variant="default" size="compact-sm" onClick={() => onApart(mergedInto)}>
          {text.merge.apart}
        </Button>
      ) : null}
    </div>
  );
};
