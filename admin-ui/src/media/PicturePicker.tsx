import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { failureText } from '~/gql/client';
import { EmptyState, ErrorState, Loading } from '~/ui/states';
import { useFocusBack } from '~/ui/useFocusBack';
import { ChooseFiles } from './ChooseFiles';
import { DropArea } from './DropArea';
import { PictureGrid, PictureGridShape } from './PictureGrid';
import classes from './PicturePicker.module.css';
import { text } from './text';
import { UploadList } from './UploadList';
import { usePictures } from './usePictures';
import { useUploads } from './useUploads';

/** Chooses one picture of the library, or brings a new one. */
export const PicturePicker = ({ onPick, onClose }: { onPick: (id: string) => void; onClose: () => void }) => {
  useFocusBack();
  const [query, setQuery] = useState('');
  const [missingAlt, setMissingAlt] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const { found, error, fetching, more, refresh } = usePictures({ query, missingAlt });
  const [uploads, queue] = useUploads((id) => {
    setChosen(id);
    refresh();
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.picker.title}
      size={880}
      padding={0}
      classNames={{ header: classes['head'] ?? '' }}
    >
      <DropArea onFiles={(files) => queue.add(files)}>
        <search className={classes['bar']}>
          <TextInput
            type="search"
            data-autofocus
            aria-label={text.search}
            placeholder={text.search}
            leftSection={<IconSearch size={16} stroke={1.6} />}
            value={query}
            maxLength={200}
            className={classes['search']}
            onChange={({ currentTarget }) => setQuery(currentTarget.value)}
          />
          <Checkbox
            label={text.picker.onlyMissing}
            checked={missingAlt}
            onChange={({ currentTarget }) => setMissingAlt(currentTarget.checked)}
          />
          <span className={classes['grow']} />
          <ChooseFiles label={text.chooseOne} variant="default" onFiles={(files) => queue.add(files)} />
        </search>
        <UploadList uploads={uploads} queue={queue} />
        <div className={classes['pictures']}>
          {found !== undefined && found.nodes.length > 0 ? (
            <PictureGrid
              label={text.picker.title}
              rows={found.nodes}
              total={found.totalCount}
              chosen={chosen}
              more={found.pageInfo.hasNextPage}
              loadingMore={fetching}
              onChoose={({ id }) => setChosen(id)}
              onMore={more}
            />
          ) : found !== undefined ? (
            <EmptyState title={query === '' && !missingAlt ? text.none : text.nothing}>{text.kinds}</EmptyState>
          ) : error === undefined ? (
            <Loading>
              <PictureGridShape />
            </Loading>
          ) : (
            <ErrorState title={text.failed} onRetry={refresh}>
              {failureText(error)}
            </ErrorState>
          )}
        </div>
        <div className={classes['actions']}>
          <Button variant="subtle" onClick={onClose}>
            {text.picker.cancel}
          </Button>
          <Button disabled={chosen === null} onClick={() => chosen !== null && onPick(chosen)}>
            {text.picker.use}
          </Button>
        </div>
      </DropArea>
    </Modal>
  );
};
