import { Button, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from '~/ui/copyText';
import { text } from './text';

/** How long it says that it did. */
const confirmMs = 4_000;

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** Copies the address of what is compared, for a colleague, and says so. */
export const CopyLink = ({ onFailed }: { onFailed: () => void }) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const { origin, pathname } = window.location;
    if (await copyText(origin + pathname)) setCopied(true);
    else onFailed();
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={copied ? <IconCheck {...icon} /> : <IconLink {...icon} />}
        onClick={() => void copy()}
      >
        {copied ? text.copied : text.copy}
      </Button>
      <VisuallyHidden aria-live="polite">{copied && text.copied}</VisuallyHidden>
    </>
  );
};
