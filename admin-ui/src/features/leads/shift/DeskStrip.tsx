import { MyTasks } from '../tasks/MyTasks';
import classes from './DeskStrip.module.css';
import { ShiftMenu } from './ShiftMenu';

/** Above the leads: what the viewer is to do, and who is there. */
export const DeskStrip = () => (
  <div className={classes['strip']}>
    <MyTasks />
    <ShiftMenu />
  </div>
);
