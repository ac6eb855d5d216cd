// Devices that nobody knows.

import { card, h, note, number, table, when } from './dom.js';
import { poll, post, remove } from './api.js';

export function show(main, signal) {
  let again = () => {};
  const rows = table('Quarantine', [
    { title: 'Calls itself', cell: one => h('b', { class: 'mono' }, one.serial) },
    { title: 'Protocol', cell: one => one.protocol },
    { title: 'Came to', cell: one => h('span', {}, one.listener, h('div', { class: 'small soft mono' }, one.peer)) },
    { title: 'Messages', class: 'num', cell: one => number(one.messages) },
    { title: 'Last message', cell: one => h('span', { class: 'small mono' }, one.lastMessage) },
    { title: 'Seen', cell: one => when(one.lastSeen) },
    { title: 'Name', cell: one => answer(one, () => again()) },
  ], one => one.serial, 'Nobody waits: every device that came is known.', one => one.serial + one.messages);
  main.append(
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Quarantine'),
      h('p', { class: 'lead' }, 'Unknown devices. Nothing of what they send is stored or acknowledged until they are accepted.')),
    card('Waiting', rows.element));
  again = poll('quarantine', 3000, waiting => {
    // A name that is being typed stays.
    if (waiting && !main.querySelector('input.name:focus')) {
      rows.show(waiting.quarantine);
    }
  }, signal);
  return {
    onEvent: kind => {
      if (kind === 'quarantine') {
        again();
      }
    },
  };
}

function answer(device, again) {
  const name = h('input', { class: 'name', 'aria-label': 'Name of ' + device.serial, maxlength: 64 });
  name.value = device.serial.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'device';
  const run = async (action, said) => {
    name.blur();
    try {
      await action();
      note(said());
    } catch (failure) {
      note(failure.message, true);
    }
    again();
  };
  const path = 'quarantine/' + encodeURIComponent(device.serial);
  return h('form', {
    class: 'row',
    onsubmit: event => {
      event.preventDefault();
      run(() => post(path, { name: name.value }), () => device.serial + ' is known as ' + name.value + ' now.');
    },
  }, name, h('button', { class: 'main', 'aria-label': 'Accept ' + device.serial }, 'Accept'),
  h('button', { type: 'button', class: 'quiet', 'aria-label': 'Dismiss ' + device.serial, onclick: () => run(() => remove(path), () => device.serial + ' was dismissed.') }, 'Dismiss'));
}
