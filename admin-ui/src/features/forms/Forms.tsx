import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { Chip } from '~/ui/Chip';
import { Listing } from '~/ui/Listing';
import { lazyPart } from '~/ui/lazyPart';
import { RelativeTime } from '~/ui/RelativeTime';
import list from '~/ui/rows.module.css';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState } from '~/ui/states';
import { useTitle } from '~/ui/title';
import classes from './Forms.module.css';
import { type Consent, type FormLine, FormsQuery, type Wording, type Wordings } from './queries';
import { text } from './text';

const NewFormDialog = lazyPart(async () => (await import('./NewFormDialog')).NewFormDialog);
const WordingDialog = lazyPart(async () => (await import('./WordingDialog')).WordingDialog);

const fresh = { requestPolicy: 'network-only' } as const;

/** The forms in which people write, and what they agree to in them. */
export const Forms = () => (useCan('MANAGE_SETTINGS') ? <OpenForms /> : <NotForRole />);

export const NotForRole = () => {
  useTitle(text.title);
  return (
    <>
      <Bar title={text.title} />
      <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>
    </>
  );
};

const OpenForms = () => {
  useTitle(text.title);
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [rewording, setRewording] = useState<Consent | null>(null);
  const [{ data, error, fetching }, retry] = useQuery({ query: FormsQuery, requestPolicy: 'cache-and-network' });
  useShortcuts('This list', [{ key: 'n', label: text.new, run: () => setAdding(true) }]);
  const found = data?.leadForms;
  const wordings = data?.leadConsentTexts;
  return (
    <>
      <Bar
        title={text.title}
        end={
          found !== undefined && (
            <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setAdding(true)}>
              {text.new}
            </Button>
          )
        }
      />
      <p className={classes['lead']}>{text.intro}</p>
      <Listing
        found={found && { shown: found.length, totalCount: found.length, pageInfo: { hasNextPage: false } }}
        error={error === undefined ? null : failureText(error)}
        fetching={fetching}
        failed={text.failed}
        onRetry={() => retry(fresh)}
        onMore={() => {}}
        empty={null}
      >
        <table className={`${list['table']} ${classes['table']}`}>
          <caption className="visually-hidden">{text.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{text.columns.name}</th>
              <th scope="col">{text.columns.version}</th>
              <th scope="col">{text.columns.saved}</th>
            </tr>
          </thead>
          <tbody>
            {found?.map((form) => (
              <Row key={form.key} form={form} wordings={wordings} />
            ))}
          </tbody>
        </table>
      </Listing>
      {wordings !== undefined && (
        <section className={classes['wordings']} aria-labelledby="wordings">
          <h2 id="wordings">{text.consents.title}</h2>
          <p className="muted">{text.consents.intro}</p>
          <WordingCard kind="CONTACT" newest={wordings.contact[0]} onChange={() => setRewording('CONTACT')} />
          <WordingCard kind="TEXTS" newest={wordings.texts[0]} onChange={() => setRewording('TEXTS')} />
        </section>
      )}
      <Suspense fallback={null}>
        {adding && (
          <NewFormDialog
            onClose={() => setAdding(false)}
            onCreated={(key) => {
              notifications.show({ message: text.create.done });
              void navigate({ to: '/settings/forms/$key', params: { key } });
            }}
          />
        )}
        {rewording !== null && wordings !== undefined && (
          <WordingDialog
            kind={rewording}
            newest={wordings[rewording === 'CONTACT' ? 'contact' : 'texts'][0]}
            onClose={() => setRewording(null)}
            onSaved={() => {
              setRewording(null);
              notifications.show({ message: text.consents.saved });
              retry(fresh);
            }}
          />
        )}
      </Suspense>
    </>
  );
};

const Row = ({ form, wordings }: { form: FormLine; wordings: Wordings | undefined }) => {
  const { current } = form;
  const older =
    wordings !== undefined &&
    (wordings.contact[0]?.id !== current.contactConsent.id || wordings.texts[0]?.id !== current.textConsent.id);
  return (
    <tr>
      <td>
        <Link to="/settings/forms/$key" params={{ key: form.key }} className={list['name']}>
          {form.title}
        </Link>
        <span className={`${list['detail']} clip`}>/forms/{form.key}</span>
      </td>
      <td>
        <span className={classes['chips']}>
          {text.version(current.number)}
          {form.archivedAt !== null && <Chip>{text.archived}</Chip>}
          {older && (
            <span title={text.olderHelp}>
              <Chip tone="warn">{text.older}</Chip>
            </span>
          )}
        </span>
      </td>
      <td>
        <RelativeTime at={current.createdAt} />
        <span className={`${list['detail']} clip`}>{current.author?.name ?? text.byNobody}</span>
      </td>
    </tr>
  );
};

const WordingCard = ({
  kind,
  newest,
  onChange,
}: {
  kind: Consent;
  newest: Wording | undefined;
  onChange: () => void;
}) => (
  <div className={classes['wording']}>
    <div className={classes['wordingHead']}>
      <h3>{text.consents.kind[kind]}</h3>
      <span className="muted">{newest !== undefined && text.consents.wording(newest.version)}</span>
    </div>
    <p>{newest?.wording}</p>
    <Button
      variant="default"
      size="compact-sm"
      aria-label={`${text.consents.kind[kind]}: ${text.consents.change}`}
      onClick={onChange}
    >
      {text.consents.change}
    </Button>
  </div>
);
