// Commands to devices, and where they have got to.

import { card, h, note, table, when, words } from './dom.js';
import { poll, remove } from './api.js';
import { link } from './devices.js';

const ENDS = { CONFIRMED: 'confirmed', FAILED: 'failed', EXPIRED: 'expired', CANCELLED: 'cancelled' };

/** Queued, sent, and how it ended, as steps. */
export function steps(command) {
  const end = ENDS[command.state];
  const names = ['queued'];
  if (command.state !== 'EXPIRED' && command.state !== 'CANCELLED') {
    names.push('sent');
  }
  if (end || command.answered) {
    names.push(end ?? 'confirmed');
  }
  const at = end ? names.length - 1 : names.indexOf(command.state.toLowerCase());
  const bad = command.state === 'FAILED' || command.state === 'EXPIRED';
  return h('span', { class: 'steps', 'aria-label': words(command.state) },
    names.flatMap((name, i) => [
      i ? h('i', { class: i <= at ? 'done' : undefined }) : null,
      h('span', { class: i < at ? 'done' : i === at ? (bad ? 'now bad' : 'now') : undefined }, name),
    ]));
}

function text(values) {
  return Object.entries(values).map(([name, value]) => name + ' ' + (value?.name ?? (typeof value === 'object' ? JSON.stringify(value) : value))).join(', ');
}

export function commandTable(withDevice, changed) {
  const columns = [
    { title: 'Command', cell: one => h('span', {}, h('b', {}, one.command), one.source ? h('span', { class: 'soft' }, ' to ' + one.source) : null,
      h('div', { class: 'small soft' }, text(one.arguments))) },
    { title: 'State', cell: steps },
    { title: 'Answer', cell: one => h('span', { class: 'small' }, one.detail || text(one.reply)) },
    { title: 'Asked', cell: one => when(one.created) },
    { title: '', cell: one => one.state === 'QUEUED' ? h('button', { type: 'button', 'aria-label': 'Cancel ' + one.command, onclick: () => cancel(one, changed) }, 'Cancel') : null },
  ];
  if (withDevice) {
    columns.unshift({ title: 'Device', cell: one => link(one.device) });
  }
  return table('Commands', columns, one => one.id, 'No commands yet.', one => JSON.stringify(one) + Math.floor(Date.now() / 5000));
}

async function cancel(command, changed) {
  try {
    await remove('commands/' + encodeURIComponent(command.id));
    note(command.command + ' was taken back.');
  } catch (failure) {
    note(failure.message, true);
  }
  changed();
}

export function show(main, signal) {
  let again = () => {};
  const rows = commandTable(true, () => again());
  main.append(
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Commands'),
      h('p', { class: 'lead' }, 'The newest of all devices. Send one from the page of its device.')),
    card('Newest first', rows.element));
  again = poll('commands?limit=100', 3000, answer => answer && rows.show(answer.commands), signal);
  return {
    onEvent: kind => {
      if (kind === 'command') {
        again();
      }
    },
  };
}
