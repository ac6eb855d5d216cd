// One device: what it measures, what it is asked, what goes over its line.

import { ago, amount, card, clock, h, hexLines, note, state, table, when, words } from './dom.js';
import { follow, poll, post } from './api.js';
import { place, security } from './devices.js';
import { commandTable } from './commands.js';
import { nodeFact } from './nodes.js';
import { spark } from './plots.js';

const KEPT = 120;
const FRAMES = 100;

export function show(main, signal, name) {
  const path = 'devices/' + encodeURIComponent(name);
  const title = h('h1', { tabindex: '-1' }, name);
  const status = h('span');
  const facts = h('dl', { class: 'facts' });
  const values = table('Last values', [
    { title: 'Value', cell: one => h('span', {}, one.source ? h('span', { class: 'soft' }, one.source + '/') : null, h('b', {}, one.name)) },
    { title: 'Last', cell: one => h('span', { class: 'value' }, amount(one.value, one.unit)) },
    { title: 'Course', cell: one => one.course.length > 1 ? spark(one.course) : null },
    { title: 'Quality', cell: one => one.quality === 'good' ? h('span', { class: 'soft' }, 'good') : state('bad', one.quality) },
    { title: 'Measured', cell: one => when(one.deviceTime) },
  ], place, 'No values yet.', one => JSON.stringify(one) + Math.floor(Date.now() / 2000));
  const alarms = h('div');
  const courses = new Map();
  const sending = commandForm(path, () => again());
  const commands = commandTable(false, () => again());
  const trace = traceCard(name, signal);

  main.append(
    h('div', { class: 'head' }, title, status),
    h('div', { class: 'columns' },
      h('div', {}, alarms, card('Last values', values.element)),
      h('div', {}, card('About', h('div', { class: 'body' }, facts, nodeFact(name, signal))))),
    card('Send a command', sending.element),
    card('Commands', commands.element),
    trace.element);

  poll(path, 2000, (device, failure) => {
    if (failure) {
      status.replaceChildren(state('bad', failure.message));
      return;
    }
    status.replaceChildren(state(device.state), ' ', security(device.secure) ?? '');
    facts.replaceChildren(...describe(device));
    alarms.replaceChildren(...device.alarms.filter(alarm => alarm.active).map(alarm =>
      h('section', { class: 'card' }, h('div', { class: 'body row' }, state('bad', words(alarm.kind)),
        h('span', {}, [alarm.source, alarm.name].filter(Boolean).join('/'), ' ', alarm.detail), h('span', { class: 'soft' }, 'since ' + ago(alarm.since))))));
    values.show(device.values.map(value => ({ ...value, course: keep(courses, value) })));
  }, signal);

  const again = poll(path + '/commands', 4000, answer => {
    if (answer) {
      sending.offer(answer);
      commands.show(answer.commands.slice(0, 20));
    }
  }, signal);

  return {
    onEvent: (kind, event) => {
      if (kind === 'command' && event.device === name) {
        again();
      }
    },
  };
}

/** The numbers that a value had while the page was looking. */
function keep(courses, value) {
  const key = place(value);
  const course = courses.get(key) ?? { time: '', numbers: [] };
  if (typeof value.value === 'number' && value.serverTime !== course.time) {
    course.numbers = [...course.numbers, value.value].slice(-KEPT);
    course.time = value.serverTime;
  }
  courses.set(key, course);
  return course.numbers;
}

function describe(device) {
  const facts = {
    Serial: h('span', { class: 'mono' }, device.serial),
    Protocol: device.protocol || '–',
    Listener: device.listener || '–',
    Address: h('span', { class: 'mono' }, device.peer || '–'),
    Known: device.origin,
    Encryption: device.secure,
    Seen: when(device.lastSeen),
    Messages: String(device.messages),
    Repeated: String(device.duplicates),
    Connects: String(device.connects),
  };
  return Object.entries(facts).map(([term, fact]) => h('div', {}, h('dt', {}, term), h('dd', {}, fact)));
}

// ---- commands ----

function commandForm(path, sent) {
  let offered = '';
  let available = [];
  const command = h('select', { name: 'command' });
  const source = h('select', { name: 'source' });
  const fields = h('div', { class: 'form full' });
  const button = h('button', { class: 'main' }, 'Send');
  const wrong = h('p', { class: 'wrong full', role: 'alert' });
  const none = h('p', { class: 'none' }, 'What this device speaks has no commands.');
  const form = h('form', { class: 'form' },
    h('label', {}, 'Command', command), h('label', {}, 'For', source), fields, h('div', { class: 'full row' }, button), wrong);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    button.disabled = true;
    wrong.textContent = '';
    try {
      const chosen = available.find(each => each.name === command.value);
      const body = { command: chosen.name, source: source.value, arguments: given(chosen, fields) };
      await post(path + '/commands', body, { 'Idempotency-Key': crypto.randomUUID?.() ?? String(Math.random()) });
      note(chosen.name + ' is on its way.');
    } catch (failure) {
      wrong.textContent = failure.message;
    }
    button.disabled = false;
    sent();
  });
  command.addEventListener('change', () => ask(available.find(each => each.name === command.value), fields));
  form.hidden = true;
  return {
    element: h('div', {}, h('div', { class: 'body' }, form), none),
    offer(answer) {
      const text = JSON.stringify([answer.available, answer.parts]);
      if (text === offered) {
        return; // what was typed stays
      }
      offered = text;
      available = answer.available;
      form.hidden = available.length === 0;
      none.hidden = !form.hidden;
      command.replaceChildren(...available.map(each => h('option', { value: each.name }, each.name)));
      source.replaceChildren(h('option', { value: '' }, 'the device itself'), ...answer.parts.map(part => h('option', { value: part }, part)));
      if (available.length) {
        ask(available[0], fields);
      }
    },
  };
}

const LIMIT = 1e300;

function ask(command, fields) {
  fields.replaceChildren(...command.arguments.map(argument => {
    const number = argument.kind === 'INTEGER' || argument.kind === 'NUMBER';
    const low = number && argument.min > -LIMIT ? argument.min : undefined;
    const high = number && argument.max < LIMIT ? argument.max : undefined;
    const input = argument.kind === 'FLAG'
      ? h('select', { name: argument.name }, h('option', { value: 'true' }, 'yes'), h('option', { value: 'false' }, 'no'))
      : h('input', { name: argument.name, type: number ? 'number' : 'text', required: true, min: low, max: high, step: argument.kind === 'INTEGER' ? 1 : number ? 'any' : undefined });
    const range = low !== undefined && high !== undefined ? ` (${low} to ${high})` : '';
    return h('label', {}, argument.name + range, input);
  }));
}

function given(command, fields) {
  return Object.fromEntries(command.arguments.map(argument => {
    const text = fields.querySelector(`[name="${CSS.escape(argument.name)}"]`).value;
    const value = argument.kind === 'TEXT' ? text : argument.kind === 'FLAG' ? text === 'true' : Number(text);
    return [argument.name, value];
  }));
}

// ---- trace ----

function traceCard(name, signal) {
  const list = h('ol', { class: 'frames', 'aria-label': 'Frames, the newest first' });
  const none = h('p', { class: 'none' }, 'Frames are shown while the trace runs, in hexadecimal and field by field.');
  const toggle = h('button', { type: 'button', 'aria-pressed': 'false', id: 'trace' }, 'Start trace');
  const clear = h('button', { type: 'button', class: 'quiet' }, 'Clear');
  let end = null;
  const stop = () => {
    end?.();
    end = null;
  };
  const start = () => {
    end = follow('events?kinds=trace&device=' + encodeURIComponent(name), (kind, frame) => {
      if (kind === 'trace') {
        none.hidden = true;
        list.prepend(row(frame));
        while (list.children.length > FRAMES) {
          list.lastElementChild.remove();
        }
      } else if (kind === 'lost') {
        note(frame.count + ' frames came too fast to be shown.', true);
      }
    });
  };
  toggle.addEventListener('click', () => {
    if (end) {
      stop();
    } else {
      start();
    }
    toggle.setAttribute('aria-pressed', String(end !== null));
    toggle.textContent = end ? 'Stop trace' : 'Start trace';
  });
  clear.addEventListener('click', () => {
    list.replaceChildren();
    none.hidden = false;
  });
  signal.addEventListener('abort', stop);
  return { element: card(h('header', {}, h('h2', { class: 'grow' }, 'Live trace'), clear, toggle), list, none) };
}

function row(frame) {
  const up = frame.direction === 'UP';
  return h('li', { class: up ? 'frame up' : 'frame down' },
    h('div', { class: 'title' }, h('b', {}, frame.message || 'not understood'), h('span', { class: 'soft' }, up ? 'from the device' : 'to the device'),
      h('time', { class: 'soft', datetime: frame.at }, clock(frame.at)), h('span', { class: 'soft' }, frame.hex.length / 2 + ' bytes')),
    h('pre', { class: 'hex', tabindex: '0', 'aria-label': 'Bytes' }, hexLines(frame.hex)),
    h('pre', { class: 'decoded', tabindex: '0', 'aria-label': 'Fields' }, frame.decoded),
    frame.problem ? h('p', { class: 'wrong' }, frame.problem) : null);
}
