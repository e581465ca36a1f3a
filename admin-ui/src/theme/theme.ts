import { type CSSVariablesResolver, createTheme, localStorageColorSchemeManager } from '@mantine/core';

/** Our tokens (tokens.css) in Mantine's words. Components take `defaultProps` only: `.extend` would pull them into the entry chunk. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.6', xl: '1.65' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '14px' },
  defaultRadius: 'sm',
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    pine: [
      '#eff7f3',
      '#e4f0eb',
      '#c5e0d5',
      '#93c6b3',
      '#56b295',
      '#3a9a7d',
      '#217a63',
      '#1b6351',
      '#17543f',
      '#0f3d2e',
    ],
    // As warm as the ground; Mantine draws skeletons, tracks and what is switched off with these.
    gray: [
      '#f7f7f5',
      '#f1f0ed',
      '#e9e8e4',
      '#dfddd8',
      '#ceccc6',
      '#aeaba4',
      '#8a867f',
      '#47443f',
      '#33312d',
      '#1b1a18',
    ],
    dark: [
      '#e9e9ec',
      '#c2c3ca',
      '#9b9ca6',
      '#74757f',
      '#3a3b42',
      '#292a30',
      '#1f2026',
      '#16171b',
      '#121316',
      '#0e0f12',
    ],
  },
  white: '#ffffff',
  black: '#1b1a18',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', size: 32 } },
    Button: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'sm' } },
    CloseButton: { defaultProps: { 'aria-label': 'Close', size: 32 } },
    Drawer: {
      defaultProps: { overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 } },
      styles: { title: { fontSize: '14px', fontWeight: 600 } },
    },
    Input: { defaultProps: { size: 'sm' } },
    // Mantine takes 2 px off a control's size; nothing here is smaller than 12.
    InputDescription: { vars: () => ({ description: { '--input-description-size': '12px' } }) },
    InputError: { vars: () => ({ error: { '--input-error-size': '12px' } }) },
    InputWrapper: {
      vars: () => ({
        description: { '--input-description-size': '12px' },
        error: { '--input-error-size': '12px' },
      }),
    },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 120, transition: 'fade' },
        radius: 'md',
        shadow: 'md',
        // It would be a child that a menu may not have; the first item takes the focus.
        withInitialFocusPlaceholder: false,
      },
    },
    Modal: {
      defaultProps: {
        radius: 'lg',
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 120, transition: 'fade' },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: { title: { fontWeight: 600, lineHeight: 1.4 } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close message' } } },
    Popover: { defaultProps: { transitionProps: { duration: 120, transition: 'fade' }, radius: 'md', shadow: 'md' } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 120 }, withArrow: false } },
  },
});

/** Variables Mantine injects after every stylesheet, so they are set here and not in CSS. */
export const cssVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent-ink)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--sunken)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-pine-filled': 'var(--accent)',
    '--mantine-color-pine-filled-hover': 'var(--accent-hover)',
    '--mantine-color-pine-light': 'var(--accent-soft)',
    '--mantine-color-pine-light-hover': 'var(--accent-soft)',
    '--mantine-color-pine-light-color': 'var(--accent-ink)',
    '--mantine-color-pine-outline': 'var(--accent-ink)',
    '--mantine-color-pine-text': 'var(--accent-ink)',
    '--mantine-color-red-light': 'var(--bad-soft)',
    '--mantine-color-red-light-color': 'var(--bad)',
    '--mantine-color-red-text': 'var(--bad)',
    '--mantine-color-orange-light': 'var(--warn-soft)',
    '--mantine-color-orange-light-color': 'var(--warn)',
    '--mantine-color-blue-light': 'var(--info-soft)',
    '--mantine-color-blue-light-color': 'var(--info)',
    '--mantine-color-gray-light': 'var(--sunken)',
    '--mantine-color-gray-light-color': 'var(--ink-2)',
  };
  return { variables: {}, light: both, dark: both };
};

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'hillside-color-scheme' });
