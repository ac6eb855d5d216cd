// Making elements. Whatever comes from outside becomes a text node or an attribute, never markup.

const BOOLEANS = new Set(['hidden', 'disabled', 'checked', 'required', 'selected']);
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** Makes an element: h('td', { class: 'num' }, 'text', element, ...). */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (BOOLEANS.has(name)) {
      element[name] = value;
    } else if (value !== undefined && value !== null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null));
  return element;
}

/**
 * Makes the children of an element follow a list. Elements stay for items that stay, so that focus and selection do.
 * render(item) gives what is in an element; shown(item), a text by which a change is noticed.
 */
export function follow(parent, items, key, make, fill, shown = item => JSON.stringify(item)) {
  const known = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let before = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    let element = known.get(name);
    known.delete(name);
    if (!element) {
      element = make(item);
      element.dataset.key = name;
    }
    const now = shown(item);
    if (element.shown !== now) {
      element.shown = now;
      fill(element, item);
    }
    if (element === before) {
      before = before.nextElementSibling;
    } else {
      parent.insertBefore(element, before);
    }
  }
  known.forEach(element => element.remove());
}

/** A table whose rows follow lists; columns are { title, class, cell(item) }. */
export function table(caption, columns, key, empty, shown) {
  const body = h('tbody');
  const none = h('p', { class: 'none' }, empty);
  const head = h('tr', {}, columns.map(column => h('th', { scope: 'col', class: column.class }, column.title)));
  const grid = h('table', { class: 'fold' }, h('caption', {}, caption), h('thead', {}, head), body);
  const element = h('div', { class: 'wide' }, grid, none);
  return {
    element,
    show(items) {
      grid.hidden = items.length === 0;
      none.hidden = items.length > 0;
      follow(body, items, key, () => h('tr'), (row, item) => {
        columns.forEach((column, i) => {
          const cell = h('td', { class: column.class, 'data-label': column.title }, column.cell(item));
          const old = row.children[i];
          if (!old) {
            row.append(cell);
          } else if (!old.isEqualNode(cell)) { // what has not changed keeps the focus and the selection
            old.replaceWith(cell);
          }
        });
      }, shown);
    },
  };
}

export function card(title, ...content) {
  const header = typeof title === 'string' ? h('header', {}, h('h2', {}, title)) : title;
  return h('section', { class: 'card' }, header, ...content);
}

export function state(name, label = words(name)) {
  return h('span', { class: 'state ' + name.toLowerCase() }, label);
}

/** HIGH_HIGH to "high high". */
export function words(name) {
  return String(name).toLowerCase().replaceAll('_', ' ');
}

export function number(value) {
  return Number.isFinite(value) ? NUMBER.format(value) : '–';
}

/** A value with its unit. */
export function amount(value, unit) {
  const text = typeof value === 'number' ? number(value) : String(value);
  return unit ? text + ' ' + unit : text;
}

export function short(value, unit = '') {
  const steps = ['', 'k', 'M', 'G', 'T'];
  let step = 0;
  let rest = value;
  while (Math.abs(rest) >= 1000 && step < steps.length - 1) {
    rest /= 1000;
    step++;
  }
  const digits = rest !== 0 && Math.abs(rest) < 10 ? 1 : 0;
  const text = Number.isFinite(rest) ? rest.toFixed(digits).replace(/\.0$/, '') : '–';
  return (text + ' ' + steps[step] + unit).trim();
}

export function clock(time) {
  return new Date(time).toLocaleTimeString('en-GB');
}

/** How long ago, in one word. */
export function ago(time) {
  if (!time) {
    return 'never';
  }
  const seconds = Math.max(0, Math.round((Date.now() - new Date(time).getTime()) / 1000));
  if (seconds < 2) {
    return 'now';
  }
  if (seconds < 90) {
    return seconds + ' s ago';
  }
  if (seconds < 5400) {
    return Math.round(seconds / 60) + ' min ago';
  }
  return seconds < 129600 ? Math.round(seconds / 3600) + ' h ago' : Math.round(seconds / 86400) + ' d ago';
}

export function when(time) {
  return h('time', { datetime: time, title: time }, ago(time));
}

/** Bytes in hexadecimal, sixteen a line. */
export function hexLines(hex) {
  const pairs = hex.match(/../g) ?? [];
  const lines = [];
  for (let i = 0; i < pairs.length; i += 16) {
    lines.push(pairs.slice(i, i + 8).join(' ') + (pairs.length > i + 8 ? '  ' + pairs.slice(i + 8, i + 16).join(' ') : ''));
  }
  return lines.join('\n');
}

/** Tells something in passing. */
export function note(text, bad = false) {
  const element = h('div', { class: bad ? 'note bad' : 'note' }, text);
  document.getElementById('notes').append(element);
  setTimeout(() => element.remove(), 6000);
}

export function debounced(action, millis = 200) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), millis);
  };
}
