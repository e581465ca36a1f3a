import { ActionIcon, Tooltip } from '@mantine/core';
import { IconAppWindow } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import type { EntryListLink } from '../EditorBar';
import { text } from './text';

/** A window that stands beside the editor's, without the browser's own bars. */
const features = 'popup,width=1024,height=900';

/** Opens the preview in a window of its own; where the browser allows none, in a tab. */
export const PopOut = ({
  list,
  id,
  onPoppedOut,
}: {
  list: EntryListLink['to'];
  id: string;
  onPoppedOut: (window: Window) => void;
}) => {
  const name = `hillside-preview-${id}`;
  const onClick = (event: MouseEvent<HTMLAnchorElement>) => {
    // How else it is to be opened, the person has said.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const opened = window.open(event.currentTarget.href, name, features);
    if (opened === null) return;
    event.preventDefault();
    opened.focus();
    onPoppedOut(opened);
  };
  return (
    <Tooltip label={text.popOut}>
      <ActionIcon
        aria-label={text.popOut}
        renderRoot={(props) => (
          <Link to={`${list}/$id/preview`} params={{ id }} target={name} {...props} onClick={onClick} />
        )}
      >
        <IconAppWindow size={17} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
};
