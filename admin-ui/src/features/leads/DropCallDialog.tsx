import { Button, Modal } from '@mantine/core';
import { useFocusBack } from '~/ui/useFocusBack';
import dialog from './dialog.module.css';
import { newLeadText } from './newLeadText';

/** Asks before a call that was written down is lost. */
export const DropCallDialog = ({
  isTaken,
  onStay,
  onDrop,
}: {
  /** As it was first sent, without what was written since. */
  isTaken: boolean;
  onStay: () => void;
  onDrop: () => void;
}) => {
  useFocusBack();
  return (
    <Modal opened onClose={onStay} title={newLeadText.drop.title} size={420} zIndex={250}>
      <div className={dialog['form']}>
        <p>{isTaken ? newLeadText.drop.since : newLeadText.drop.body}</p>
        <div className={dialog['actions']}>
          <Button variant="default" className="danger" onClick={onDrop}>
            {newLeadText.drop.drop}
          </Button>
          <Button variant="default" data-autofocus onClick={onStay}>
            {newLeadText.drop.stay}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
