// All devices, and all connections, with a filter.

import { amount, card, debounced, h, number, state, table, when } from './dom.js';
import { poll } from './api.js';

const PAGE = 50;

/** A list with a search field, and pages of it. */
function browser(main, signal, plan) {
  let offset = 0;
  const query = new URLSearchParams(location.hash.split('?')[1] ?? '');
  const search = h('input', { type: 'search', placeholder: plan.placeholder, 'aria-label': plan.placeholder, id: 'search' });
  search.value = query.get('q') ?? '';
  const total = h('p', { role: 'status' });
  const earlier = h('button', { type: 'button', onclick: () => turn(-PAGE) }, 'Previous');
  const later = h('button', { type: 'button', onclick: () => turn(PAGE) }, 'Next');
  main.append(
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, plan.title)),
    card(h('header', {}, h('div', { class: 'search' }, search), plan.filter, h('span', { class: 'grow' }), total),
      plan.table.element,
      h('div', { class: 'body row' }, earlier, later)));
  const path = () => {
    const parts = new URLSearchParams({ limit: PAGE, offset, q: search.value, ...plan.parameters() });
    return plan.path + '?' + parts;
  };
  const again = poll(path, 2000, (answer, failure) => {
    if (failure) {
      total.textContent = failure.message;
      return;
    }
    const items = answer[plan.path];
    plan.table.show(items);
    total.textContent = answer.total === 0 ? '' : `${number(offset + 1)}–${number(offset + items.length)} of ${number(answer.total)}`;
    earlier.disabled = offset === 0;
    later.disabled = offset + items.length >= answer.total;
    earlier.parentElement.hidden = answer.total <= PAGE;
  }, signal);
  const turn = step => {
    offset = Math.max(0, offset + step);
    again();
  };
  const changed = () => {
    offset = 0;
    again();
  };
  search.addEventListener('input', debounced(changed));
  plan.filter?.addEventListener('change', changed);
  return again;
}

export function choice(legend, name, options) {
  return h('fieldset', { class: 'choice' }, h('legend', { class: 'hidden-label' }, legend),
    Object.entries(options).map(([value, label], i) =>
      h('label', {}, h('input', { type: 'radio', name, value, checked: i === 0 }), h('span', {}, label))));
}

export function link(name) {
  return h('a', { href: '#/devices/' + encodeURIComponent(name) }, name);
}

/** The path of a value within its device. */
export function place(value) {
  return value.source ? value.source + '/' + value.name : value.name;
}

export function security(secure) {
  return secure === 'none' ? null : h('span', { class: 'chip lock', title: 'Encrypted: ' + secure }, secure);
}

export function show(main, signal) {
  const filter = choice('State', 'state', { '': 'All', online: 'Online', offline: 'Offline', missing: 'Missing' });
  const rows = table('Devices', [
    { title: 'Device', cell: one => link(one.name) },
    { title: 'State', cell: one => state(one.state) },
    { title: 'Serial', cell: one => h('span', { class: 'mono' }, one.serial) },
    { title: 'Protocol', cell: one => h('span', { class: 'chips' }, one.protocol || '–', security(one.secure)) },
    { title: 'Last values', cell: one => h('div', { class: 'chips' }, one.values.slice(0, 4).map(value =>
      h('span', { class: value.quality === 'good' ? 'chip' : 'chip alarm' }, h('span', {}, place(value)), amount(value.value, value.unit)))) },
    { title: 'Seen', cell: one => when(one.lastSeen) },
    { title: 'Alarms', cell: one => one.alarms.length ? state('bad', number(one.alarms.length)) : h('span', { class: 'soft' }, 'none') },
  ], one => one.name, 'No device fits.', one => JSON.stringify(one) + Math.floor(Date.now() / 2000));
  const again = browser(main, signal, {
    title: 'Devices',
    path: 'devices',
    placeholder: 'Find by name, serial, protocol or address',
    table: rows,
    filter,
    parameters: () => ({ state: filter.querySelector(':checked').value }),
  });
  return {
    onEvent: kind => {
      if (kind === 'up' || kind === 'down') {
        debouncedAgain();
      }
    },
  };
  function debouncedAgain() {
    clearTimeout(debouncedAgain.timer);
    debouncedAgain.timer = setTimeout(again, 300);
  }
}

export function showSessions(main, signal) {
  const rows = table('Sessions', [
    { title: 'Peer', cell: one => h('span', { class: 'mono' }, one.peer) },
    { title: 'Devices', cell: one => h('div', { class: 'chips' }, one.devices.map(link)) },
    { title: 'Listener', cell: one => one.listener },
    { title: 'Protocol', cell: one => h('span', { class: 'chips' }, one.protocol || '–', security(one.secure)) },
    { title: 'Since', cell: one => when(one.since) },
    { title: 'Seen', cell: one => when(one.lastSeen) },
    { title: 'In', class: 'num', cell: one => number(one.messagesIn) },
    { title: 'Out', class: 'num', cell: one => number(one.messagesOut) },
  ], one => one.id, 'Nobody is connected.', one => JSON.stringify(one) + Math.floor(Date.now() / 2000));
  browser(main, signal, {
    title: 'Sessions',
    path: 'sessions',
    placeholder: 'Find by address, device or protocol',
    table: rows,
    parameters: () => ({}),
  });
  return {};
}

