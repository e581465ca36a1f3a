import { Button, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { useTargetStore } from '~/features/entries/useTargetStore';
import { failureText } from '~/gql/client';
import { Chip } from '~/ui/Chip';
import { EntityPicker } from '~/ui/EntityPicker';
import { TargetsProvider } from '~/ui/targets';
import classes from './MoveDialog.module.css';
import { MoveChanges } from './queries';
import { text } from './text';
import type { Parent, Placed } from './tree';

/** As many addresses as one takes in. */
const mostShown = 6;

/** Where a page goes and what that changes, before it happens. */
export const MoveDialog = ({
  moved: { page, parent },
  to,
  onMove,
  onClose,
}: {
  moved: Placed;
  /** Where it was dropped; left out, it is chosen here. */
  to: Parent | undefined;
  /** Answers why it was refused, or null. */
  onMove: (to: Parent) => Promise<string | null>;
  onClose: () => void;
}) => {
  const store = useTargetStore();
  const [where, setWhere] = useState<'top' | 'below'>(to === null ? 'top' : 'below');
  const [below, setBelow] = useState<string | null>(to ?? null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const chosen = where === 'top' || below !== null;
  const place = where === 'top' ? null : below;
  const [{ data, error, fetching }] = useQuery({
    query: MoveChanges,
    variables: { id: page.id, parent: place },
    pause: !chosen,
    requestPolicy: 'network-only',
  });
  const preview = chosen && !fetching && error === undefined ? data?.movePreview : undefined;
  const problem = refusal ?? (chosen && !fetching && error !== undefined ? failureText(error) : null);

  const submit = async () => {
    setBusy(true);
    setRefusal(await onMove(place));
    setBusy(false);
  };

  return (
    <Modal opened onClose={onClose} title={text.move.title(page.title)} size={560}>
      <form
        className={dialog['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          if (preview !== undefined && preview.total > 0 && !busy) void submit();
        }}
      >
        <Radio.Group
          label={text.move.where}
          value={where}
          onChange={(value) => {
            setRefusal(null);
            setWhere(value as 'top' | 'below');
          }}
        >
          <div className={classes['places']}>
            <Radio value="top" label={text.top} disabled={parent === null} data-autofocus={to === null || undefined} />
            <Radio value="below" label={text.move.below} data-autofocus={to !== null || undefined} />
          </div>
        </Radio.Group>
        {where === 'below' && (
          <TargetsProvider value={store}>
            <EntityPicker
              label={text.move.parent}
              kinds={['PAGE']}
              value={below}
              onChange={(id) => {
                setRefusal(null);
                setBelow(id);
              }}
            />
          </TargetsProvider>
        )}
        <div aria-live="polite" className={classes['preview']}>
          {chosen && fetching && <p>{text.move.asking}</p>}
          {preview?.total === 0 && <p>{text.move.nothing}</p>}
          {preview !== undefined && preview.total > 0 && (
            <>
              <p className={classes['summary']}>{text.move.changes(preview.total, preview.redirects)}</p>
              <ul aria-label={text.move.list} className={classes['changes']}>
                {preview.changes.slice(0, mostShown).map(({ before, after, live }) => (
                  <li key={before}>
                    <span className={classes['before']}>{before}</span>
                    <span aria-hidden="true">→</span>
                    <span className="visually-hidden">{text.move.becomes}</span>
                    <span className={classes['after']}>{after}</span>
                    {live && <Chip tone="ok">{text.move.live}</Chip>}
                  </li>
                ))}
              </ul>
              {preview.total > mostShown && (
                <p className="muted">
                  {text.move.andMore(preview.total - Math.min(mostShown, preview.changes.length))}
                </p>
              )}
            </>
          )}
        </div>
        {problem === null ? null : (
          <p role="alert" className={dialog['failure']}>
            {problem}
          </p>
        )}
        <div className={dialog['actions']}>
          <Button variant="subtle" onClick={onClose}>
            {text.move.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={preview === undefined || preview.total === 0}>
            {text.move.now}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
