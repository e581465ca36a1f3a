import { modKey } from '~/ui/shortcuts';
import { text } from './text';

/*
 * What the document, its blocks, texts and tables listen for themselves, to be told in the sheet of shortcuts.
 */

const words = text.shortcuts;

export const atDocument = [
  { key: `${modKey}S`, label: words.save },
  { key: `${modKey}Z`, label: words.undo },
  { key: `${modKey}Shift+Z`, label: words.redo },
];

export const atBlock = [
  { key: 'Alt+↑ ↓', label: words.move },
  { key: 'Enter', label: words.open },
  { key: 'Enter Backspace', label: words.points },
  { key: '↑ ↓', label: words.step },
  { key: 'Shift+↑ ↓', label: words.select },
  { key: 'Shift+click', label: words.selectTo },
  { key: 'Esc', label: words.deselect },
  { key: `${modKey}D`, label: words.duplicate },
  { key: 'Delete', label: words.remove },
  { key: `${modKey}C X V`, label: words.clipboard },
];

export const inText = [
  { key: '@', label: words.mention },
  { key: '/', label: words.slash },
  { key: `${modKey}K`, label: words.link },
  { key: `${modKey}B I`, label: words.marks },
  { key: 'Alt+F10', label: words.tools },
  { key: 'Esc', label: words.done },
];

export const inTable = [
  { key: 'Tab', label: words.nextCell },
  { key: 'Enter', label: words.cellBelow },
  { key: 'Shift+Enter', label: words.cellAbove },
  { key: '↑ ↓ ← →', label: words.walk },
  { key: `${modKey}V`, label: words.cells },
];
