// The servers that share the devices. Shown only where there is a cluster.

import { card, h, number, short, state, table } from './dom.js';
import { get, poll } from './api.js';

const LOOKS = { up: 'online', degraded: 'missing', away: 'bad' };
const ALONE = 'alone';

const health = name => state(LOOKS[name] ?? 'offline', name);

/** A card with all servers; hidden while there is no cluster. */
export function nodesCard(signal) {
  const rows = table('Servers', [
    { title: 'Server', cell: one => h('span', { class: 'chips' }, h('b', {}, one.name), one.self ? h('span', { class: 'chip' }, 'this one') : null) },
    { title: 'Health', cell: one => one.figures ? health(one.figures.health) : state('bad', 'no answer') },
    { title: 'Connections', class: 'num', cell: one => figure(one, 'connections') },
    { title: 'Messages', class: 'num', cell: one => figure(one, 'messages') },
    { title: 'To others', class: 'num', cell: one => figure(one, 'sent') },
    { title: 'From others', class: 'num', cell: one => figure(one, 'received') },
    { title: 'Lost', cell: lost },
  ], one => one.id, 'No servers.');
  const whole = h('span');
  const element = card(h('header', {}, h('h2', { class: 'grow' }, 'Servers'), whole), rows.element);
  element.id = 'nodes';
  element.hidden = true;
  poll('nodes', 3000, answer => {
    element.hidden = !answer || answer.health === ALONE;
    if (!element.hidden) {
      whole.replaceChildren(health(answer.health));
      rows.show(answer.nodes);
    }
  }, signal);
  return element;
}

function figure(one, name) {
  return one.figures ? short(one.figures[name]) : '–';
}

function lost(one) {
  const kinds = { dropped: 'not sent', missed: 'not arrived', refused: 'no room here' };
  const chips = Object.entries(kinds)
    .filter(([field]) => one.figures?.[field] > 0)
    .map(([field, label]) => h('span', { class: 'chip' }, number(one.figures[field]), h('span', {}, label)));
  return chips.length ? h('div', { class: 'chips' }, chips) : h('span', { class: 'soft' }, 'none');
}

/** A fact of a device: the server that it is connected to. Hidden while there is no cluster. */
export function nodeFact(device, signal) {
  const name = h('dd', { id: 'node' }, '–');
  const element = h('dl', { class: 'facts', hidden: true }, h('div', {}, h('dt', {}, 'Server'), name));
  get('nodes').then(all => {
    if (all.health !== ALONE && !signal.aborted) {
      element.hidden = false;
      poll('nodes?device=' + encodeURIComponent(device), 3000, answer => {
        const node = answer?.nodes[0];
        name.replaceChildren(node ? node.name : 'none', node?.self ? h('span', { class: 'soft' }, ' (this one)') : '');
      }, signal);
    }
  }).catch(() => {});
  return element;
}
