import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { useNow } from '~/ui/RelativeTime';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { BarTable } from './BarTable';
import { Columns } from './Columns';
import { type Report, ReportQuery, type Wait } from './queries';
import { RangeFields } from './Range';
import classes from './Reports.module.css';
import { columnsOf, problemOf, type Range, rangeOf, todayOf } from './range';
import { Section } from './Section';
import { filesOf, outcomeHead, pageName, progressHead, progressOf, shareOf, waitHead, waitsOf } from './tables';
import { text } from './text';
import { waitWords } from './wait';

/** Leads in numbers: from where, how far, how they ended, and how long they waited. */
export const Reports = () => {
  useTitle(text.title);
  const lists = useCan('LIST_LEADS');
  const audits = useCan('READ_AUDIT');
  const navigate = useNavigate({ from: '/reports' });
  const search = useSearch({ from: '/shell/reports' });
  const today = todayOf(new Date(useNow()));
  const range = rangeOf(search, today);
  return (
    <>
      <Bar title={text.title} />
      {lists || audits ? (
        <div className={classes['screen']}>
          <RangeFields search={search} today={today} onChange={(to) => void navigate({ search: to, replace: true })} />
          {problemOf(range) === null && <ReadReport key={`${range.from} ${range.to}`} range={range} />}
        </div>
      ) : (
        <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>
      )}
    </>
  );
};

const ReadReport = ({ range }: { range: Range }) => {
  const [{ data, error }, retry] = useQuery({
    query: ReportQuery,
    variables: range,
    requestPolicy: 'cache-and-network',
  });
  if (data !== undefined) return <OpenReport report={data.leadReport} />;
  return error === undefined ? (
    <Loading>
      <SkeletonRows rows={6} height={120} />
    </Loading>
  ) : (
    <ErrorState title={text.failed} onRetry={() => retry({ requestPolicy: 'network-only' })}>
      {failureText(error)}
    </ErrorState>
  );
};

const OpenReport = ({ report }: { report: Report }) => {
  const files = filesOf(report);
  const columns = columnsOf(report.days);
  const opensPages = useCan('READ_DRAFTS');
  return (
    <>
      <p className={classes['help']} role="status">
        {text.range.said(report.from, report.to, report.timeZone)}
      </p>
      {report.rounded && <p className={classes['notice']}>{text.rounded}</p>}
      {report.received === 0 && report.spam === 0 ? (
        <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
      ) : (
        <div className={classes['grid']}>
          <Totals report={report} />
          <Section
            title={text.days.title}
            help={columns.length < report.days.length ? text.days.weeks : ''}
            wide
            file={files.days}
          >
            <Columns columns={columns} />
            <details className={classes['details']}>
              <summary>{text.table}</summary>
              <BarTable
                caption={text.days.caption}
                head={[text.days.name, text.days.received]}
                rows={report.days.map(({ day, received }) => ({
                  key: day,
                  name: text.day(day),
                  size: received,
                  cells: [text.number(received)],
                }))}
              />
            </details>
          </Section>
          <Section title={text.funnel.title} help={text.funnel.help} file={files.funnel}>
            <BarTable
              caption={text.funnel.title}
              head={[text.funnel.name, text.funnel.count, text.funnel.share]}
              rows={report.funnel.map(({ status, count }) => ({
                key: status,
                name: text.funnel.statuses[status],
                size: count,
                cells: [text.number(count), shareOf(count, report.received)],
              }))}
            />
          </Section>
          <Section title={text.outcomes.title} file={files.outcomes}>
            <BarTable
              caption={text.outcomes.title}
              head={[text.outcomes.name, text.outcomes.count]}
              rows={report.outcomes.map(({ outcome, count }) => ({
                key: outcome,
                name: text.outcomes.outcomes[outcome],
                size: count,
                cells: [text.number(count)],
              }))}
            />
          </Section>
          <Section title={text.pages.title} wide file={files.pages}>
            <BarTable
              caption={text.pages.title}
              head={[text.pages.name, ...progressHead]}
              rows={report.pages.map((row) => ({
                key: row.page ?? '',
                name:
                  row.page !== null && row.path !== null && opensPages ? (
                    <Link to="/pages/$id" params={{ id: row.page }}>
                      {pageName(row)}
                    </Link>
                  ) : (
                    pageName(row)
                  ),
                size: row.leads.received,
                cells: progressOf(row.leads).map(text.number),
              }))}
            />
          </Section>
          <Section title={text.placements.title} help={text.placements.help} wide file={files.placements}>
            <BarTable
              caption={text.placements.title}
              head={[text.placements.name, ...progressHead]}
              rows={report.placements.map(({ placement, leads }) => ({
                key: placement ?? '',
                name: placement ?? text.placements.none,
                size: leads.received,
                cells: progressOf(leads).map(text.number),
              }))}
            />
          </Section>
          <Section title={text.campaigns.title} help={text.campaigns.help} wide file={files.campaigns}>
            <BarTable
              caption={text.campaigns.title}
              head={[text.campaigns.name, ...progressHead]}
              rows={report.campaigns.map(({ campaign, source, leads }) => ({
                key: JSON.stringify([campaign, source]),
                name: text.campaigns.of(campaign, source),
                size: leads.received,
                cells: progressOf(leads).map(text.number),
              }))}
            />
          </Section>
          <Section title={text.insurance.title} help={text.insurance.help} wide file={files.insurance}>
            <BarTable
              caption={text.insurance.title}
              head={[text.insurance.name, ...progressHead, ...outcomeHead(report)]}
              rows={report.insurance.map(({ check, leads, outcomes }) => ({
                key: check,
                name: text.insurance.checks[check],
                size: leads.received,
                cells: [...progressOf(leads), ...outcomes.map(({ count }) => count)].map(text.number),
              }))}
            />
          </Section>
          <Section title={text.hours.title} help={text.hours.help} wide file={files.hours}>
            <BarTable
              caption={text.hours.title}
              head={[text.hours.name, text.hours.received, ...waitHead]}
              rows={report.hours
                .filter(({ received }) => received !== null && received > 0)
                .map(({ hour, received, firstAttempt, firstContact }) => ({
                  key: String(hour),
                  name: text.hours.hour(hour),
                  size: received,
                  cells: [text.number(received), ...waitsOf(firstAttempt, firstContact)],
                }))}
            />
          </Section>
          <Section title={text.colleagues.title} help={text.colleagues.help} wide file={files.colleagues}>
            <BarTable
              caption={text.colleagues.title}
              head={[text.colleagues.name, text.colleagues.attempted, ...waitHead]}
              rows={report.colleagues.map(({ assignee, firstAttempt, firstContact }) => ({
                key: assignee?.id ?? '',
                name: assignee?.name ?? text.colleagues.nobody,
                size: firstAttempt.count,
                cells: [text.number(firstAttempt.count), ...waitsOf(firstAttempt, firstContact)],
              }))}
            />
          </Section>
        </div>
      )}
    </>
  );
};

const Totals = ({ report }: { report: Report }) => (
  <section className={classes['totals']} data-wide aria-label={text.totals.title}>
    <dl>
      <div>
        <dt>{text.totals.received}</dt>
        <dd>{text.number(report.received)}</dd>
      </div>
      <Waited name={text.totals.attempt} wait={report.firstAttempt} />
      <Waited name={text.totals.contact} wait={report.firstContact} />
      <div>
        <dt>{text.totals.spam}</dt>
        <dd>{text.number(report.spam)}</dd>
      </div>
    </dl>
  </section>
);

const Waited = ({ name, wait: { count, p50Seconds, p90Seconds } }: { name: string; wait: Wait }) => (
  <div>
    <dt>{name}</dt>
    {p50Seconds === null || p90Seconds === null ? (
      <dd>{count === null ? text.suppressed : text.totals.nobody}</dd>
    ) : (
      <>
        <dd>
          <small>{text.totals.half}</small> {waitWords(p50Seconds)}
        </dd>
        <dd>
          {text.totals.most} {waitWords(p90Seconds)}
        </dd>
      </>
    )}
  </div>
);
