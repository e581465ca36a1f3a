export const text = {
  title: 'Notices',
  failed: 'Your notices could not be loaded',
  goTo: ['Letters about leads go to ', ', the address you sign in with. They name references, never a person.'],
  when: 'Write to me when',
  kinds: {
    received: {
      label: 'Somebody wrote',
      help: 'A new lead waits for an answer. Those that come at once are in one letter.',
    },
    urgent: {
      label: 'Somebody may be in danger',
      help: 'A lead is urgent. You get another letter every five minutes until you or a colleague takes it.',
    },
    due: {
      label: 'It is time to act',
      help: 'A lead of yours, or one that nobody has, is overdue in two minutes, or a task of yours is due.',
    },
    assigned: {
      label: 'A colleague gave you a lead',
      help: 'From then on it is yours to answer.',
    },
  },
  notSaved: 'It was not saved',
  refused: 'Try again in a moment.',
  noMail: {
    title: 'Nobody gets letters yet',
    body: [
      'There is no mail server: whoever runs Hillside sets ',
      '. From then on letters go out as you choose here; until then, new leads are seen only in the inbox.',
    ],
    setting: 'HILLSIDE_SMTP_URL',
  },
  here: {
    title: 'In this browser, while Hillside is open',
    sound: { label: 'Play a sound', help: 'Two short tones when somebody waits or may be in danger.' },
    desktop: {
      label: 'Show a notice on the desktop',
      help: 'When you are looking at something else. It says that somebody waits, never who.',
      blocked: 'This browser does not let Hillside show notices. Allow them in its settings for this address.',
      unknown: 'This browser cannot show notices.',
    },
  },
  test: {
    send: 'Send me a test letter',
    sent: (email: string) => `It was sent to ${email}. If you do not see it in a minute, look among the unwanted mail.`,
    notSent: 'It was not sent',
  },
  forbidden: {
    title: 'Notices are not for your role',
    body: 'They are for those who answer leads. Ask the owner of the centre if you need them for your work.',
  },
};
