// Numbers, times and texts as people read them.
import { html } from '../../webjars/lit-html/lit-html.js';
import { T } from './texts.js';

const WHOLE = new Intl.NumberFormat('en-US');
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const ONE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const UNITS = [
  [86_400, T.units.day],
  [3_600, T.units.hour],
  [60, T.units.minute],
  [1, T.units.second],
];
/** Longer times are told in whole minutes. */
const SECONDS_MATTER = 600;
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

export const count = (number) => WHOLE.format(number);
export const short = (number) => (Math.abs(number) < 10_000 ? WHOLE.format(number) : SHORT.format(number));
export const rate = (number) => (number >= 10 ? WHOLE.format(Math.round(number)) : ONE.format(number));

/** A share of 0 to 1. Never rounded up to all. */
export function percent(share) {
  if (share === null || share === undefined) {
    return T.none;
  }
  return `${ONE.format(Math.floor(share * 1000) / 10)}%`;
}

/** US$; small amounts to a hundredth of a cent. */
export function money(amount) {
  if (amount === null || amount === undefined) {
    return T.none;
  }
  const digits = amount === 0 || amount >= 1 ? 2 : 4;
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** Seconds as the two largest units; the second of them only where it matters. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return T.none;
  }
  const exact = Math.max(0, Math.round(seconds));
  const whole = exact < SECONDS_MATTER ? exact : 60 * Math.round(exact / 60);
  const units = UNITS.map(([length, unit], i) => [Math.floor((i === 0 ? whole : whole % UNITS[i - 1][0]) / length), unit]);
  const first = units.findIndex(([number]) => number > 0);
  return first < 0
    ? `0 ${T.units.second}`
    : units
        .slice(first, first + 2)
        .filter(([number]) => number > 0)
        .map(([number, unit]) => `${number} ${unit}`)
        .join(' ');
}

export const milliseconds = (time) => (time < 1_000 ? `${time} ${T.units.millisecond}` : `${ONE.format(time / 1_000)} ${T.units.second}`);
export const secondsUntil = (time) => (new Date(time) - Date.now()) / 1_000;

/** A time relative to now, the exact one on hover. */
export function ago(time) {
  if (!time) {
    return html`<span class="dim">${T.none}</span>`;
  }
  const seconds = secondsUntil(time);
  const [size, unit] = UNITS.find(([length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return at(time, T.relative(Math.round(seconds / size), unit));
}

/** A time to come; one that has just passed is now. */
export const soon = (time) => (time && secondsUntil(time) <= 0 ? at(time, T.relative(0)) : ago(time));

/** A text about a time, the exact time on hover. */
export const at = (time, text) => html`<time datetime=${time} title=${EXACT.format(new Date(time))}>${text}</time>`;

const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A foreign text: isolated, in its own direction, with marks that turn the direction made visible. */
export function foreign(text) {
  return html`<bdi dir="auto">${visible(String(text))}</bdi>`;
}

/** What the service says, as a sentence. */
export const sentence = (text) => (text === '' ? '' : text[0].toUpperCase() + text.slice(1) + (/[.!?…)]$/.test(text) ? '' : '.'));

/** The text, with a sign in place of each mark that turns the direction. */
export function visible(text) {
  if (text.search(DIRECTIONS) < 0) {
    return text;
  }
  const pieces = [];
  let from = 0;
  for (const mark of text.matchAll(DIRECTIONS)) {
    const code = `U+${mark[0].codePointAt(0).toString(16).toUpperCase()}`;
    pieces.push(text.slice(from, mark.index), html`<span class="control">${code}</span>`);
    from = mark.index + 1;
  }
  pieces.push(text.slice(from));
  return pieces;
}

const STRONG = /\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * The direction of a text: that of its first letter. dir="auto" would not look into the parts of the
 * text that are isolated.
 */
export const direction = (text) => (RIGHT_TO_LEFT.test(text.match(STRONG)?.[0] ?? '') ? 'rtl' : 'ltr');
