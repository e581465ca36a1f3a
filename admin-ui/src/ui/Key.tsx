import classes from './Key.module.css';
import { useShortcutsEnabled } from './shortcuts';

/** The key beside what it does. For those who look; the sheet of shortcuts tells everybody. */
export const Key = ({ children }: { children: string }) => {
  const [enabled] = useShortcutsEnabled();
  return enabled ? (
    <kbd className={classes['key']} aria-hidden>
      {children}
    </kbd>
  ) : null;
};
