import { useState } from 'react';
import { askForDesktop, canNotify, desktopAlerts, playAlert, soundAlerts } from '~/ui/alerts';
import { Kind, Kinds } from './Kinds';
import { text } from './text';

const { here } = text;

/** What this browser does by itself when somebody waits. */
export const InThisBrowser = () => {
  const [sound, setSound] = soundAlerts.use();
  const [desktop, setDesktop] = desktopAlerts.use();
  const [refused, setRefused] = useState<string | null>(null);

  const chooseSound = (on: boolean) => {
    setSound(on);
    // So that one knows it, and this page may sound later.
    if (on) playAlert();
  };
  const chooseDesktop = async (on: boolean) => {
    const granted = !on || (await askForDesktop());
    setDesktop(on && granted);
    setRefused(granted ? null : canNotify() ? here.desktop.blocked : here.desktop.unknown);
  };
  return (
    <Kinds legend={here.title}>
      <Kind {...here.sound} on={sound} onChange={chooseSound} />
      <Kind
        label={here.desktop.label}
        help={here.desktop.help}
        on={desktop}
        error={refused}
        onChange={(on) => void chooseDesktop(on)}
      />
    </Kinds>
  );
};
