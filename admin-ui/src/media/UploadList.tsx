import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconRefresh, IconX } from '@tabler/icons-react';
import { text } from './text';
import classes from './UploadList.module.css';
import { isSettled, type Upload, type UploadQueue } from './upload';

const words = ({ state }: Upload): string => {
  switch (state.kind) {
    case 'waiting':
      return text.uploads.waiting;
    case 'sending':
      return text.uploads.sending(Math.floor(state.part * 100));
    case 'working':
      return text.uploads.working;
    case 'done':
      return state.isNew ? text.uploads.added : text.uploads.known;
    case 'refused':
    case 'failed':
      return state.message;
  }
};

const Line = ({ upload, queue }: { upload: Upload; queue: UploadQueue }) => {
  const { key, name, state } = upload;
  const bad = state.kind === 'failed' || state.kind === 'refused';
  return (
    <li className={classes['line']} data-bad={bad || undefined}>
      {state.kind === 'done' && <IconCheck size={16} stroke={1.8} className={classes['ok']} aria-hidden />}
      {bad && <IconAlertTriangle size={16} stroke={1.8} aria-hidden />}
      <span className={classes['what']}>
        <span className="clip" title={name}>
          {name}
        </span>
        <span className={classes['state']}>{words(upload)}</span>
        {(state.kind === 'sending' || state.kind === 'working') && (
          <progress
            className={classes['progress']}
            aria-label={name}
            max={1}
            {...(state.kind === 'sending' ? { value: state.part } : {})}
          />
        )}
      </span>
      {state.kind === 'failed' && (
        <ActionIcon aria-label={text.uploads.retry(name)} onClick={() => queue.retry(key)}>
          <IconRefresh size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon
        aria-label={isSettled(upload) ? text.uploads.dismiss(name) : text.uploads.cancel(name)}
        onClick={() => queue.remove(key)}
      >
        <IconX size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
    </li>
  );
};

/** How far each file is, with what is wrong with it. */
export const UploadList = ({ uploads, queue }: { uploads: readonly Upload[]; queue: UploadQueue }) => {
  if (uploads.length === 0) return null;
  const done = uploads.filter(({ state }) => state.kind === 'done').length;
  const failed = uploads.filter(({ state }) => state.kind === 'failed' || state.kind === 'refused').length;
  return (
    <section className={classes['uploads']} aria-label={text.uploads.title}>
      <div className={classes['head']}>
        <span role="status">{text.uploads.summary(done, uploads.length, failed)}</span>
        {uploads.every(isSettled) && (
          <Button variant="subtle" size="compact-sm" onClick={() => queue.clear()}>
            {text.uploads.clear}
          </Button>
        )}
      </div>
      <ul className={classes['list']}>
        {uploads.map((upload) => (
          <Line key={upload.key} upload={upload} queue={queue} />
        ))}
      </ul>
    </section>
  );
};
