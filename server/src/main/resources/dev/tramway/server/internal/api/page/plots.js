// Plots of the last minutes.

import uPlot from './uplot/uPlot.esm.js';
import { h } from './dom.js';

const MINUTES = 5;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Values over time, the newest at the right; older ones are forgotten. */
export class History {
  constructor(series) {
    this.times = [];
    this.values = Array.from({ length: series }, () => []);
  }

  push(time, values) {
    this.times.push(time);
    this.values.forEach((list, i) => list.push(values[i]));
    while (this.times[0] < time - MINUTES * 60) {
      this.times.shift();
      this.values.forEach(list => list.shift());
    }
  }

  get data() {
    return [this.times, ...this.values];
  }

  latest(i) {
    return this.values[i].at(-1) ?? 0;
  }
}

/** A plot of a history with one or two series. */
export class Plot {
  constructor(title, names, history, format) {
    this.history = history;
    this.format = format;
    this.title = title;
    this.names = names;
    this.keys = names.map((name, i) => h('b'));
    const keys = names.map((name, i) => h('span', { class: i ? 'key second' : 'key' }, name, this.keys[i]));
    this.area = h('div', { class: 'area', role: 'img' });
    this.element = h('figure', { class: 'card plot' }, h('header', {}, h('h2', { class: 'grow' }, title), keys), this.area);
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.area);
  }

  draw() {
    this.plot?.destroy();
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
    const lines = ['--accent', '--second'].slice(0, this.names.length).map((name, i) => ({
      label: this.names[i],
      stroke: colour(name),
      width: i ? 1.5 : 2,
      fill: i ? undefined : colour('--accent') + '1c',
      points: { show: false },
    }));
    this.plot = new uPlot({
      width: this.area.clientWidth || 300,
      height: 150,
      legend: { show: false },
      cursor: { y: false, points: { size: 6 } },
      scales: { y: { range: (u, min, max) => [0, max > 0 ? max * 1.15 : 1] } },
      axes: [
        { ...axis, space: 70, size: 26, values: [[60, '{HH}:{mm}', null, null, null, null, null, null, 0], [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 0]] },
        { ...axis, size: 58, values: (u, all) => all.map(this.format) },
      ],
      series: [{}, ...lines],
    }, this.history.data, this.area);
  }

  fit() {
    if (!this.plot) {
      this.draw();
    } else if (this.area.clientWidth) {
      this.plot.setSize({ width: this.area.clientWidth, height: 150 });
    }
  }

  update() {
    this.plot?.setData(this.history.data);
    const said = this.names.map((name, i) => {
      const text = this.format(this.history.latest(i));
      this.keys[i].textContent = text;
      return name + ' ' + text;
    });
    this.area.setAttribute('aria-label', this.title + ': ' + said.join(', '));
  }

  close() {
    this.resized.disconnect();
    this.plot?.destroy();
  }
}

const SVG = 'http://www.w3.org/2000/svg';

/** A small line without axes. */
export function spark(values) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'spark');
  svg.setAttribute('viewBox', '0 0 100 24');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'polyline');
  const low = Math.min(...values);
  const height = Math.max(...values) - low || 1;
  const step = 100 / Math.max(1, values.length - 1);
  line.setAttribute('points', values.map((value, i) => `${(i * step).toFixed(1)},${(22 - (value - low) / height * 20).toFixed(1)}`).join(' '));
  svg.append(line);
  return svg;
}
