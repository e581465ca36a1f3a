// What the form can do more of where scripts run: it proves some work, tries again by itself where the network fails, and is left
// quickly. Nothing of what is written is kept in the browser. Without any of this the form is sent all the same.

/** Milliseconds before each attempt. */
const WAITS = [0, 2_000, 5_000, 15_000, 30_000];
/** How long an attempt may take. */
const PATIENCE = 20_000;

let leaving = false;

document.querySelectorAll('.lead-form').forEach(equip);
for (const exit of document.querySelectorAll('.quick-exit')) exit.addEventListener('click', leave);

function equip(form) {
  const proof = form.elements.altcha;
  form.addEventListener('focusin', () => prove(proof), { once: true });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    new Sending(form).start();
  }, { once: true });
}

/** Leaves nothing behind but a page that says nothing: neither what was written nor a way back to it. */
function leave(event) {
  event.preventDefault();
  leaving = true;
  for (const form of document.forms) form.reset();
  location.replace(event.currentTarget.href);
}

/** Has the browser prove some work while a person writes, so that machines that send thousands are told from people. */
async function prove(field) {
  if (field.value || !window.isSecureContext) return;
  try {
    const answer = await fetch('/forms/challenge', { cache: 'no-store', credentials: 'omit' });
    if (!answer.ok) return;
    const challenge = await answer.json();
    const worker = new Worker('/forms/worker.js');
    worker.onmessage = ({ data: solution }) => {
      field.value = btoa(JSON.stringify({ challenge, solution }));
      worker.terminate();
    };
    worker.onerror = () => worker.terminate();
    worker.postMessage(challenge.parameters);
  } catch {
    // Without a network there is nothing to send either; whoever sends later may.
  }
}

/** One press of the button, until what was written has arrived or has to be mended. */
class Sending {
  constructor(form) {
    this.form = form;
    this.status = element('div', { className: 'sending' });
    // Read to those who do not see it, whatever is put into it.
    this.status.setAttribute('role', 'status');
    form.append(this.status);
    this.again = (event) => {
      event.preventDefault();
      this.wake?.();
    };
    this.warn = (event) => {
      if (!leaving) event.preventDefault();
    };
  }

  async start() {
    this.form.addEventListener('submit', this.again);
    window.addEventListener('online', this.again);
    window.addEventListener('beforeunload', this.warn);
    while (!(await this.attempts())) {
      this.say(...this.help());
      await new Promise((wake) => { this.wake = wake; });
    }
  }

  /** Whether it is settled after all attempts. */
  async attempts() {
    for (const wait of WAITS) {
      if (wait > 0) {
        this.say(`It did not go through yet. Trying again in ${wait / 1_000} seconds; what you wrote is still here.`);
        await this.pause(wait);
      }
      this.say('Sending…');
      if (await this.attempt()) return true;
    }
    return false;
  }

  /** A pause that ends early when the network is back, or the button is pressed again. */
  pause(wait) {
    return new Promise((wake) => {
      this.wake = wake;
      setTimeout(wake, wait);
    });
  }

  async attempt() {
    try {
      const answer = await fetch(this.form.action, {
        method: 'POST',
        body: new URLSearchParams(new FormData(this.form)),
        redirect: 'manual',
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE),
      });
      // The server sends whoever was taken in elsewhere, and where to is not told to scripts.
      if (answer.type === 'opaqueredirect') return this.arrived();
      return answer.status === 422 && this.mend(await answer.text());
    } catch {
      return false;
    }
  }

  arrived() {
    this.end();
    this.form.reset();
    location.assign(`${this.form.action}/sent`);
    return true;
  }

  /** Shows what to mend, in the form as the server drew it. */
  mend(markup) {
    const drawn = new DOMParser().parseFromString(markup, 'text/html').querySelector('.lead-form');
    if (drawn === null) return false;
    this.end();
    this.form.replaceWith(document.adoptNode(drawn));
    equip(drawn);
    const summary = drawn.querySelector('.error-summary');
    summary?.focus();
    return true;
  }

  end() {
    window.removeEventListener('online', this.again);
    window.removeEventListener('beforeunload', this.warn);
  }

  /** What is left when nothing helps: the telephone, and their own words. */
  help() {
    const said = element('p', {}, element('strong', {}, 'Your message is not sent. It is still here.'));
    const phone = document.querySelector('.site-header a.tel')?.cloneNode(true);
    const again = element('button', { type: 'submit', className: 'button' }, 'Try again');
    const copy = element('button', { type: 'button', className: 'button quiet' }, 'Copy my message');
    copy.addEventListener('click', async () => {
      const { message } = this.form.elements;
      message.select();
      await navigator.clipboard?.writeText(message.value).catch(() => {});
      copy.textContent = 'Copied';
    });
    return [said, element('p', { className: 'actions' }, ...(phone ? [phone, ' '] : []), again, ' ', copy)];
  }

  say(...what) {
    this.status.replaceChildren(...what);
  }
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
