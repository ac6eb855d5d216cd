// Listeners and their traffic.

import { card, h, number, short, table } from './dom.js';
import { get } from './api.js';
import { nodesCard } from './nodes.js';
import { History, Plot } from './plots.js';

const messages = new History(2);
const bytes = new History(2);
const connections = new History(1);
const latency = new History(2);
const SMOOTH = 5;

let before = null;
let rates = new Map();
let listeners = [];
let window_ = [];

const perSecond = value => short(value) + '/s';
const bytesPerSecond = value => short(value, 'B/s');
const time = micros => micros >= 1000 ? short(micros / 1000) + ' ms' : Math.round(micros) + ' µs';

/** Takes the counters that come every second. Kept even while another view is shown. */
export function takeTraffic(traffic) {
  const at = Date.parse(traffic.at) / 1000;
  listeners = traffic.listeners;
  if (before && at > before.at) {
    const span = at - before.at;
    rates = new Map(listeners.map(listener => [listener.name, rate(listener, before.byName.get(listener.name), span)]));
    const all = [...rates.values()];
    const sum = field => all.reduce((total, each) => total + each[field], 0);
    messages.push(at, [sum('messagesIn'), sum('messagesOut')]);
    bytes.push(at, [sum('bytesIn'), sum('bytesOut')]);
    connections.push(at, [listeners.reduce((total, each) => total + each.sessions, 0)]);
    takeLatency(at);
  }
  before = { at, byName: new Map(listeners.map(listener => [listener.name, listener])) };
}

function rate(now, then, span) {
  const of = field => then && now[field] >= then[field] ? (now[field] - then[field]) / span : 0;
  return { messagesIn: of('messagesIn'), messagesOut: of('messagesOut'), bytesIn: of('bytesIn'), bytesOut: of('bytesOut') };
}

/** Of the last seconds only: the counters are those since the start. */
function takeLatency(at) {
  const buckets = [];
  for (const listener of listeners) {
    listener.latency.buckets.forEach((count, i) => buckets[i] = (buckets[i] ?? 0) + count);
  }
  window_.push(buckets);
  window_ = window_.slice(-SMOOTH - 1);
  const recent = buckets.map((count, i) => Math.max(0, count - (window_[0][i] ?? 0)));
  latency.push(at, [quantile(recent, 0.5), quantile(recent, 0.99)]);
}

/** Buckets hold what took less than 2^i microseconds. */
function quantile(buckets, part) {
  const wanted = buckets.reduce((sum, count) => sum + count, 0) * part;
  let seen = 0;
  for (let i = 0; i < buckets.length; i++) {
    seen += buckets[i];
    if (seen >= wanted && wanted > 0) {
      return 2 ** i;
    }
  }
  return 0;
}

function figure(title) {
  const value = h('dd', {}, '–');
  return { element: h('div', { class: 'figure' }, h('dt', {}, title), value), value };
}

export function show(main, signal) {
  const figures = {
    online: figure('Devices online'),
    connections: figure('Connections'),
    messages: figure('Messages received'),
    bytes: figure('Bytes received'),
    latency: figure('Time to store, p99'),
    alarms: figure('Alarms'),
  };
  const plots = [
    new Plot('Messages', ['received', 'sent'], messages, perSecond),
    new Plot('Bytes', ['received', 'sent'], bytes, bytesPerSecond),
    new Plot('Connections', ['open'], connections, value => number(Math.round(value))),
    new Plot('Time until stored', ['median', '99 %'], latency, time),
  ];
  const rows = table('Listeners', [
    { title: 'Listener', cell: one => h('b', {}, one.name) },
    { title: 'Role', cell: one => one.role },
    { title: 'Address', cell: one => h('span', { class: 'mono' }, one.transport + ' ' + one.addresses.join(', ')) },
    { title: 'Connections', class: 'num', cell: one => number(one.sessions) },
    { title: 'In', class: 'num', cell: one => perSecond(rates.get(one.name)?.messagesIn ?? 0) },
    { title: 'Out', class: 'num', cell: one => perSecond(rates.get(one.name)?.messagesOut ?? 0) },
    { title: 'Messages', class: 'num', cell: one => short(one.messagesIn) },
    { title: 'Bytes', class: 'num', cell: one => short(one.bytesIn, 'B') },
    { title: 'Trouble', cell: trouble },
  ], one => one.name, 'Nothing is listened on.');

  main.append(
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Overview')),
    h('dl', { class: 'figures' }, Object.values(figures).map(each => each.element)),
    h('div', { class: 'plots' }, plots.map(plot => plot.element)),
    card('Listeners', rows.element),
    nodesCard(signal));

  const update = () => {
    plots.forEach(plot => plot.update());
    rows.show(listeners.map(each => ({ ...each, rate: rates.get(each.name) })));
    figures.connections.value.textContent = number(connections.latest(0));
    figures.messages.value.textContent = perSecond(messages.latest(0));
    figures.bytes.value.textContent = bytesPerSecond(bytes.latest(0));
    figures.latency.value.textContent = latency.latest(1) ? time(latency.latest(1)) : '–';
  };
  const count = async () => {
    const [online, all, alarms] = await Promise.all([
      get('devices?state=online&limit=1'), get('devices?limit=1'), get('alarms')]).catch(() => []);
    if (all && !signal.aborted) {
      figures.online.value.replaceChildren(number(online.total), h('small', {}, ' of ' + number(all.total)));
      const active = alarms.alarms.filter(alarm => alarm.active).length;
      figures.alarms.value.textContent = number(active);
      figures.alarms.element.classList.toggle('bad', active > 0);
    }
  };
  count();
  const counting = setInterval(count, 3000);
  signal.addEventListener('abort', () => {
    clearInterval(counting);
    plots.forEach(plot => plot.close());
  });
  requestAnimationFrame(update);
  return {
    onEvent: kind => {
      if (kind === 'traffic') {
        update();
      }
    },
    onTheme: () => plots.forEach(plot => plot.draw()),
  };
}

function trouble(one) {
  const kinds = { refused: 'refused', malformed: 'not understood', duplicates: 'repeated', unidentified: 'of nobody known', keyFailures: 'wrong keys' };
  const chips = Object.entries(kinds)
    .filter(([field]) => one[field] > 0)
    .map(([field, label]) => h('span', { class: 'chip' }, short(one[field]), h('span', {}, label)));
  return chips.length ? h('div', { class: 'chips' }, chips) : h('span', { class: 'soft' }, 'none');
}
