import { Modal, Switch } from '@mantine/core';
import { useShortcutGroups, useShortcutsEnabled } from '~/ui/shortcuts';
import classes from './ShortcutSheet.module.css';
import { text } from './text';

/** Every shortcut that works on the present screen, and the switch to have none. */
export const ShortcutSheet = ({ onClose }: { onClose: () => void }) => {
  const groups = useShortcutGroups();
  const [enabled, setEnabled] = useShortcutsEnabled();
  const titles = [...new Set(groups.map(({ title }) => title))];
  return (
    <Modal opened onClose={onClose} title={text.shortcuts.title} size={440}>
      <div className={classes['sheet']}>
        {titles.map((title) => {
          const shortcuts = groups.filter((group) => group.title === title).flatMap((group) => group.shortcuts);
          if (shortcuts.length === 0) return null;
          return (
            <section key={title}>
              <h3>{title}</h3>
              <dl>
                {shortcuts.map(({ key, label }) => (
                  <div key={key}>
                    <dt>{label}</dt>
                    <dd>
                      <kbd>{key.length === 1 ? key.toUpperCase() : key}</kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
        <Switch
          label={text.shortcuts.enable}
          description={text.shortcuts.enableHelp}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
      </div>
    </Modal>
  );
};
