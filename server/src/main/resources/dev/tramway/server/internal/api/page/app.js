// The frame of the page: which view is shown, the stream of events that all views hear, light and dark.

import { follow, get } from './api.js';
import { h, note } from './dom.js';
import * as overview from './overview.js';
import * as devices from './devices.js';
import * as device from './device.js';
import * as commands from './commands.js';
import * as waiting from './waiting.js';
import * as alarms from './alarms.js';

const VIEWS = {
  overview: overview.show,
  devices: devices.show,
  sessions: devices.showSessions,
  commands: commands.show,
  waiting: waiting.show,
  alarms: alarms.show,
};

const main = document.getElementById('content');
let view = {};
let leaving = new AbortController();

// ---- views ----

function route() {
  const path = location.hash.slice(1).split('?')[0].split('/').filter(Boolean).map(decodeURIComponent);
  const name = path[0] ?? 'overview';
  leaving.abort();
  leaving = new AbortController();
  main.replaceChildren();
  if (name === 'devices' && path[1]) {
    view = device.show(main, leaving.signal, path[1]);
  } else if (VIEWS[name]) {
    view = VIEWS[name](main, leaving.signal);
  } else {
    view = {};
    main.append(h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Nothing here')), h('p', {}, h('a', { href: '#/' }, 'To the overview')));
  }
  for (const link of document.querySelectorAll('.bar nav a')) {
    if (link.dataset.view === name) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  const title = main.querySelector('h1');
  document.title = (path[1] ?? title.textContent) + ' – Tramway';
  return title;
}

window.addEventListener('hashchange', () => {
  route().focus({ preventScroll: true });
  window.scrollTo(0, 0);
});

// The address behind # is the view; the link that skips there must not be one.
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});

// ---- events ----

const link = document.getElementById('link');
const waitingCount = document.getElementById('waiting-count');
const alarmCount = document.getElementById('alarm-count');

function badge(element, count, label) {
  element.hidden = count === 0;
  element.textContent = count > 999 ? '999+' : String(count);
  element.setAttribute('aria-label', count + ' ' + label);
}

async function count() {
  const [unknown, wrong] = await Promise.all([get('quarantine'), get('alarms')]);
  badge(waitingCount, unknown.quarantine.length, 'waiting');
  badge(alarmCount, wrong.alarms.filter(alarm => alarm.active).length, 'active');
}

let counting = 0;
function countSoon() {
  counting ||= setTimeout(() => {
    counting = 0;
    count().catch(() => {});
  }, 500);
}

follow('events?kinds=traffic,up,down,command,quarantine,alarm,reloaded', (kind, event) => {
  if (kind === 'traffic') {
    overview.takeTraffic(event);
  } else if (kind === 'quarantine' || kind === 'alarm') {
    countSoon();
  } else if (kind === 'reloaded') {
    note(event.summary, !event.done);
  }
  view.onEvent?.(kind, event);
}, live => {
  link.textContent = live ? 'live' : 'no connection';
  link.classList.toggle('live', live);
  if (live) {
    countSoon();
  }
});

// ---- light and dark ----

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function theme() {
  const chosen = localStorage.getItem('tramway-theme') ?? (dark.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = chosen;
  const button = document.getElementById('theme');
  button.textContent = chosen === 'dark' ? 'Light' : 'Dark';
  button.setAttribute('aria-label', 'Switch to ' + button.textContent.toLowerCase() + ' colours');
  view.onTheme?.();
}

document.getElementById('theme').addEventListener('click', () => {
  localStorage.setItem('tramway-theme', document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
  theme();
});
dark.addEventListener('change', theme);

theme();
route();
