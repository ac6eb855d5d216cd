// Talking to the server. The token, where one is asked for, lives as long as the tab.

const KEY = 'tramway-token';
let token = sessionStorage.getItem(KEY) ?? '';
let asking = null;

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function headers(more = {}) {
  return token ? { ...more, Authorization: 'Bearer ' + token } : more;
}

/** Asks for the token until it is right; one dialog and one try at a time for all requests that need it. */
function ask() {
  asking ??= (async () => {
    let wrong = '';
    for (;;) {
      token = await typed(wrong);
      const response = await fetch('/api/v1/alarms', { headers: headers(), cache: 'no-store' });
      if (response.ok) {
        break;
      }
      wrong = response.status === 401 ? 'That is not the token.' : (await response.json().catch(() => ({}))).error ?? 'No answer.';
    }
    sessionStorage.setItem(KEY, token);
    asking = null;
  })();
  return asking;
}

function typed(wrong) {
  const dialog = document.getElementById('login');
  const field = document.getElementById('token');
  document.getElementById('login-wrong').textContent = wrong;
  field.value = '';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(field.value), { once: true }));
}

async function request(path, options = {}) {
  const response = await fetch(path, { ...options, headers: headers(options.headers), cache: 'no-store' });
  if (response.status === 401) {
    await ask();
    return request(path, options);
  }
  if (!response.ok) {
    const answer = await response.json().catch(() => ({}));
    throw new Refused(response.status, answer.error ?? 'HTTP ' + response.status);
  }
  return response;
}

export async function get(path) {
  return (await request('/api/v1/' + path)).json();
}

export async function post(path, body, more = {}) {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json', ...more }, body: JSON.stringify(body) };
  return (await request('/api/v1/' + path, options)).json();
}

export async function remove(path) {
  const response = await request('/api/v1/' + path, { method: 'DELETE', headers: { 'Content-Type': 'application/json' } });
  return response.status === 204 ? null : response.json();
}

/**
 * Follows a stream of events, and comes back when it breaks. EventSource cannot show a token, so this reads the stream itself.
 * Returns a function that ends it.
 */
export function follow(path, onEvent, onState = () => {}) {
  const ending = new AbortController();
  (async () => {
    let wait = 500;
    while (!ending.signal.aborted) {
      try {
        const response = await request('/api/v1/' + path, { signal: ending.signal });
        onState(true);
        wait = 500;
        await read(response.body, onEvent);
      } catch (failure) {
        if (ending.signal.aborted) {
          return;
        }
      }
      onState(false);
      await new Promise(resolve => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, 10000);
    }
  })();
  return () => ending.abort();
}

async function read(body, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    let end = text.indexOf('\n\n');
    while (end >= 0) {
      deliver(text.slice(0, end), onEvent);
      text = text.slice(end + 2);
      end = text.indexOf('\n\n');
    }
  }
}

function deliver(block, onEvent) {
  let kind = '';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) {
      kind = line.slice(7);
    } else if (line.startsWith('data: ')) {
      data += line.slice(6);
    }
  }
  if (kind) {
    onEvent(kind, JSON.parse(data));
  }
}

/** Asks again and again while a view is shown; ends with the signal. */
export function poll(path, millis, show, signal) {
  let timer = 0;
  const round = async () => {
    clearTimeout(timer);
    try {
      const answer = await get(typeof path === 'function' ? path() : path);
      if (!signal.aborted) {
        show(answer);
      }
    } catch (failure) {
      // The state of the link is shown at the top; the next round tries again.
      if (failure instanceof Refused && !signal.aborted) {
        show(null, failure);
      }
    }
    if (!signal.aborted) {
      clearTimeout(timer);
      timer = setTimeout(round, document.hidden ? millis * 10 : millis);
    }
  };
  signal.addEventListener('abort', () => clearTimeout(timer));
  round();
  return round;
}
