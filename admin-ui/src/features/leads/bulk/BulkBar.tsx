import { Button, Menu } from '@mantine/core';
import { useQuery } from 'urql';
import { useViewer } from '~/gql/session';
import { type LeadRow, StaffQuery } from '../queries';
import classes from './BulkBar.module.css';
import { most } from './select';
import { text } from './text';
import { useBulk } from './useBulk';

/** What can be done with several leads at once; it can be taken back. */
export const BulkBar = ({
  leads,
  onChanged,
  onDone,
  onClear,
}: {
  leads: readonly LeadRow[];
  /** The list is not as it was. */
  onChanged: () => void;
  /** These are done with. */
  onDone: (ids: string[]) => void;
  onClear: () => void;
}) => {
  const viewer = useViewer();
  const [{ data: staff, error }] = useQuery({ query: StaffQuery });
  const { busy, problems, assign, closeAsSpam } = useBulk(onChanged, onDone);
  const off = busy || leads.length > most || leads.length === 0;
  const others = staff?.admissionsStaff.filter(({ id }) => id !== viewer.user.id) ?? [];
  const give = ({ id, name }: { id: string; name: string }) =>
    void assign(leads, id, (count) => text.assigned(count, name));
  return (
    <section className={classes['bar']} aria-label={text.label}>
      <b className="num" role="status">
        {text.selected(leads.length)}
      </b>
      <Menu position="top-start" width={240}>
        <Menu.Target>
          <Button size="compact-md" variant="default" disabled={off}>
            {text.assign}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes['menu'] ?? ''}>
          <Menu.Item onClick={() => give(viewer.user)}>{text.toMe}</Menu.Item>
          {others.map((colleague) => (
            <Menu.Item key={colleague.id} onClick={() => give(colleague)}>
              {colleague.name}
            </Menu.Item>
          ))}
          {error === undefined ? null : <Menu.Label>{text.colleaguesFailed}</Menu.Label>}
          <Menu.Divider />
          <Menu.Item onClick={() => void assign(leads, null, text.queued)}>{text.toQueue}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        size="compact-md"
        variant="default"
        className="danger"
        disabled={off}
        onClick={() => void closeAsSpam(leads)}
      >
        {text.spam}
      </Button>
      <Button size="compact-md" variant="subtle" onClick={onClear}>
        {text.clear}
      </Button>
      {leads.length > most ? <p className={classes['problems']}>{text.tooMany(most)}</p> : null}
      {problems.length > 0 ? (
        <div role="alert" className={classes['problems']}>
          <b>{text.notDone}</b>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
};
