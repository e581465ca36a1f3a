// Has the browser prove some work while a person writes, so that machines that send thousands of forms are told from people.
// Nobody waits for it, and where anything goes wrong the form is sent without it.

for (const field of document.querySelectorAll('input[name="altcha"]')) {
  field.form.addEventListener('focusin', () => prove(field), { once: true });
}

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
