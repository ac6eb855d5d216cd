// What is wrong.

import { card, h, state, table, when, words } from './dom.js';
import { poll } from './api.js';
import { link } from './devices.js';

const ORDER = ['HIGH_HIGH', 'LOW_LOW', 'CONNECTION_LOSS', 'MISSING_DATA', 'HIGH', 'LOW'];

export function show(main, signal) {
  const rows = table('Alarms', [
    { title: 'Alarm', cell: one => state(one.kind === 'HIGH' || one.kind === 'LOW' ? 'warn' : 'bad', words(one.kind)) },
    { title: 'Device', cell: one => link(one.device) },
    { title: 'Of', cell: one => [one.source, one.name].filter(Boolean).join('/') || 'the device' },
    { title: 'What', cell: one => one.detail },
    { title: 'Since', cell: one => when(one.since) },
  ], one => [one.device, one.source, one.name, one.kind].join('\n'), 'Nothing is wrong.', one => JSON.stringify(one) + Math.floor(Date.now() / 5000));
  main.append(
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Alarms')),
    card('What is wrong now', rows.element));
  const again = poll('alarms', 3000, answer => {
    if (answer) {
      const active = answer.alarms.filter(alarm => alarm.active);
      rows.show(active.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)));
    }
  }, signal);
  return {
    onEvent: kind => {
      if (kind === 'alarm') {
        again();
      }
    },
  };
}
