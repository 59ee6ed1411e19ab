/** Building blocks of elements. Whatever a user may have typed becomes text here, never markup. */
export const chinese = document.documentElement.lang.startsWith('zh');

/** The text in the reader's language. */
export const say = (zh, en) => (chinese ? zh : en);

/** A word of the outer surface: its Chinese label, or its code, which is English. */
export const term = (label, code) => say(label, code?.replaceAll('-', ' '));

/**
 * An element: `h('td', { class: 'number', onclick: … }, 'text', anotherElement)`. Children that are null or false are
 * left out.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Values with their labels, as `[label, value]` or `[label, value, 'wide']`; those without a value are left out. */
export function facts(...pairs) {
  return h(
    'dl',
    { class: 'sp-facts' },
    pairs
      .filter((pair) => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== '')
      .map(([label, value, width]) => h('div', { class: width && `sp-fact-${width}` }, h('dt', {}, label), h('dd', {}, value)))
  );
}

const amounts = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const prices = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

const present = (value) => value !== null && value !== undefined && value !== '';

/** CNY with thousands separators: `1,234.50`; null for nothing. */
export const amount = (value) => (present(value) ? amounts.format(value) : null);
export const price = (value) => (present(value) ? prices.format(value) : null);
export const yuan = (value) => (present(value) ? `¥ ${amounts.format(value)}` : null);

// Swedish writes dates the way ISO does
const moments = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });

/** An instant on the clocks of Shanghai: `2026-11-22 10:00`. */
export const moment = (value) => (value ? moments.format(new Date(value)) : null);

export const grade = (value) => value && say(`${value} 级`, `grade ${value}`);

const termsLabels = { prepaid: say('预付', 'prepaid'), credit: say('账期', 'on credit') };
export const terms = (value) => termsLabels[value?.toLowerCase?.()] ?? value;

const tones = {
  'in-review': 'accent', returned: 'warning', held: 'fault', released: 'good', shipped: 'good',
  archived: 'plain', rejected: 'fault', cancelled: 'plain'
};

export const badge = (text, tone = 'plain') => h('span', { class: `sp-badge sp-badge-${tone}` }, text);
export const status = (order) => badge(term(order.statusLabel, order.status), tones[order.status]);
export const urgent = (order) => order.urgent && badge(say('加急', 'urgent'), 'urgent');

export const notice = (tone, ...content) => h('div', { class: `sp-notice sp-notice-${tone}`, role: 'status' }, ...content);

/** What went wrong, with one entry per fault. */
export function failure(error) {
  const faults = (error.faults ?? []).map((fault) => h('li', {}, fault.message));
  return h(
    'div',
    { class: 'sp-notice sp-notice-fault', role: 'alert' },
    faults.length > 1 ? h('ul', {}, faults) : error.message
  );
}
