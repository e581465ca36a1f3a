import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronRight } from '@tabler/icons-react';
import { Fragment, useId, useState } from 'react';
import { useClient } from 'urql';
import { failureText } from '~/gql/client';
import { copyText } from '~/ui/copyText';
import { exactTime, RelativeTime } from '~/ui/RelativeTime';
import list from '~/ui/rows.module.css';
import classes from './DeliveryLog.module.css';
import { outcomeOf, readable, summaryOf } from './delivery';
import { OutcomeChip } from './OutcomeChip';
import { type Delivery, ResendWebhookDelivery } from './queries';
import { text } from './text';

/** What a webhook was told, the latest first; each message opens to what was sent. */
export const DeliveryLog = ({
  rows,
  total,
  onChanged,
}: {
  rows: readonly Delivery[];
  total: number;
  onChanged: (delivery: Delivery) => void;
}) => (
  <table className={`${list['table']} ${classes['table']}`} aria-rowcount={total + 1}>
    <caption className="visually-hidden">{text.log.caption}</caption>
    <thead>
      <tr>
        <th scope="col">{text.log.columns.what}</th>
        <th scope="col">{text.log.columns.when}</th>
        <th scope="col">{text.log.columns.state}</th>
        <th scope="col">{text.log.columns.answer}</th>
        <th scope="col">
          <span className="visually-hidden">{text.log.columns.act}</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <Row key={row.id} delivery={row} onChanged={onChanged} />
      ))}
    </tbody>
  </table>
);

const Row = ({ delivery, onChanged }: { delivery: Delivery; onChanged: (delivery: Delivery) => void }) => {
  const id = useId();
  const client = useClient();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const { type, paths, tags } = summaryOf(delivery.body);
  const what = text.log.types[type] ?? (type === '' ? text.log.unknown : type);
  const touches = text.log.touches(paths, tags);
  const when = exactTime(delivery.createdAt);
  const outcome = outcomeOf(delivery, Date.now());

  const resend = async () => {
    setBusy(true);
    const { data, error } = await client.mutation(ResendWebhookDelivery, { input: { id: delivery.id } });
    setBusy(false);
    const sent = data?.resendWebhookDelivery.delivery;
    if (sent != null) {
      onChanged(sent);
      notifications.show({ message: text.log.resent });
      return;
    }
    const refused = data?.resendWebhookDelivery.userErrors[0]?.message ?? text.refused;
    const message = error === undefined ? refused : failureText(error);
    notifications.show({ color: 'red', message: `${text.log.resendFailed}: ${message}` });
  };

  return (
    <Fragment>
      <tr className={`${classes['row']} ${open ? classes['open'] : ''}`}>
        <td>
          <button
            type="button"
            className={classes['what']}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            aria-label={text.log.details(what, when)}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight size={16} stroke={1.8} aria-hidden />
            <span className={classes['words']}>
              <span className={`${classes['name']} clip`}>{what}</span>
              {touches !== '' && (
                <span className={`${list['detail']} clip`} title={touches}>
                  {touches}
                </span>
              )}
            </span>
          </button>
        </td>
        <td className={classes['when']}>
          <RelativeTime at={delivery.createdAt} />
        </td>
        <td>
          <OutcomeChip outcome={outcome} />
          {outcome.kind === 'waiting' && <span className={list['detail']}>{text.log.nextTry(outcome.until)}</span>}
          {outcome.kind === 'givenUp' && <span className={list['detail']}>{text.log.noMoreTries}</span>}
        </td>
        <td>
          <Answer delivery={delivery} />
        </td>
        <td className={classes['act']}>
          <Button
            variant="default"
            size="compact-sm"
            loading={busy}
            aria-label={text.log.resendOf(what, when)}
            onClick={() => void resend()}
          >
            {text.log.resend}
          </Button>
        </td>
      </tr>
      {open && (
        <tr id={id} className={classes['opened']}>
          <td colSpan={5}>
            <Sent delivery={delivery} />
          </td>
        </tr>
      )}
    </Fragment>
  );
};

/** What was answered the last time. What was never tried since it was sent again has no answer. */
const Answer = ({ delivery: { status, error, attempts } }: { delivery: Delivery }) => {
  if (attempts === 0) return <span className="muted">–</span>;
  return (
    <>
      <span className={`${classes['answer']} num`}>
        {status === null && error === null ? null : (
          <>{status === null ? text.log.noAnswer : text.log.http(status)} · </>
        )}
        {text.log.tries(attempts)}
      </span>
      {error !== null && (
        <span className={classes['error']}>
          {error.charAt(0).toUpperCase()}
          {error.slice(1)}
        </span>
      )}
    </>
  );
};

const Sent = ({ delivery: { id, body, createdAt } }: { delivery: Delivery }) => {
  const copy = async () => {
    const copied = await copyText(body);
    notifications.show({ message: copied ? text.log.copied : text.log.copyFailed });
  };
  return (
    <div className={classes['sent']}>
      <dl>
        <div>
          <dt>{text.log.time}</dt>
          <dd>{exactTime(createdAt)}</dd>
        </div>
        <div>
          <dt>{text.log.id}</dt>
          <dd>
            <code>{id}</code>
          </dd>
        </div>
      </dl>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must be able to. */}
      <section tabIndex={0} aria-label={text.log.body}>
        <pre>{readable(body)}</pre>
      </section>
      <Button variant="subtle" size="compact-sm" onClick={() => void copy()}>
        {text.log.copyBody}
      </Button>
    </div>
  );
};
