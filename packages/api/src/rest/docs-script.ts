/** Finds, unfolds, and sends what the forms say. The page is whole without it. */
export const DOCS_SCRIPT = `
const find = document.getElementById('find');
const all = [...document.querySelectorAll('main section > details')];
find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const one of all) one.hidden = !words.every((word) => one.dataset.words.includes(word));
  for (const part of document.querySelectorAll('main section')) {
    const inner = [...part.querySelectorAll(':scope > details')];
    part.hidden = inner.length > 0 && inner.every((one) => one.hidden);
  }
  document.getElementById('none').hidden = all.some((one) => !one.hidden);
});
const openNamed = () => {
  const named = document.getElementById(location.hash.slice(1));
  if (named && named.tagName === 'DETAILS') named.open = true;
};
addEventListener('hashchange', openNamed);
openNamed();

const key = document.getElementById('key');
const filled = (form, place) => [...form.querySelectorAll('[data-in="' + place + '"]')].filter((one) => one.value !== '');
const addressOf = (form) => {
  let path = form.dataset.path;
  for (const one of filled(form, 'path')) path = path.replace('{' + one.name + '}', encodeURIComponent(one.value));
  const query = new URLSearchParams(filled(form, 'query').map((one) => [one.name, one.value]));
  return '/api/v1' + path + (query.size > 0 ? '?' + query : '');
};
const requestOf = (form, signal) => {
  const body = form.querySelector('textarea');
  const headers = new Headers(filled(form, 'header').map((one) => [one.name, one.value]));
  if (form.querySelector('[name="Idempotency-Key"]') && !headers.has('Idempotency-Key')) {
    headers.set('Idempotency-Key', crypto.randomUUID());
  }
  if (form.dataset.method !== 'GET') headers.set('content-type', 'application/json');
  if (key.value) headers.set('authorization', 'Bearer ' + key.value.trim());
  return {
    method: form.dataset.method,
    headers,
    signal,
    cache: 'no-store',
    // A key is asked for itself: whoever is signed in here stays out of it.
    credentials: key.value ? 'omit' : 'same-origin',
    ...(form.dataset.method === 'GET' ? {} : { body: body ? body.value : '{}' }),
  };
};
const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};
const show = async (form, running) => {
  const [said, shown, heads] = ['.said', '.body', '.heads'].map((part) => form.querySelector(part));
  const write = (text) => {
    shown.hidden = false;
    shown.textContent = text;
  };
  said.textContent = 'Sent. Waiting for the answer.';
  shown.hidden = heads.hidden = true;
  try {
    const answer = await fetch(addressOf(form), requestOf(form, running.signal));
    said.textContent = answer.status + ' ' + answer.statusText;
    heads.querySelector('pre').textContent = [...answer.headers].map((pair) => pair.join(': ')).join('\\n');
    heads.hidden = false;
    if (!answer.headers.get('content-type')?.includes('event-stream')) return write(pretty(await answer.text()));
    let text = '';
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) write((text = (text + piece.value).slice(-20000)));
  } catch (error) {
    if (running.signal.aborted) said.textContent += ' Stopped.';
    else said.textContent = 'No answer came: ' + error.message;
  }
};
for (const form of document.querySelectorAll('main form')) {
  const button = form.querySelector('button');
  const choice = form.querySelector('select');
  let running = null;
  choice?.addEventListener('change', () => {
    form.querySelector('textarea').value = choice.value;
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (running) return running.abort();
    running = new AbortController();
    button.textContent = 'Stop';
    await show(form, running);
    running = null;
    button.textContent = 'Send';
  });
  form.hidden = false;
}
document.getElementById('who').hidden = false;
`;
