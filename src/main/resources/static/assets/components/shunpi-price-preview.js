import { badge, h, notice, say } from './dom.js';

/** Who would be asked, in which order and why, and what would save a step. Shown by whoever has asked the server. */
class ShunpiPricePreview extends HTMLElement {
  show(preview) {
    this.replaceChildren(...(preview ? [previewBlock(preview)] : []));
  }
}

export function previewBlock({ granted, steps, hint }) {
  return h(
    'section',
    { class: 'sp-block' },
    h('h3', {}, say('由谁审批', 'Who will decide')),
    granted
      ? notice('good', say('在销售权限内，提交后即时批准。', 'Within authority: granted as soon as it is sent.'))
      : h('ol', { class: 'sp-steps' }, steps.map(step)),
    hint && notice('warning', badge(say('改价免审提示', 'Hint'), 'accent'), ' ', hint.text)
  );
}

/** One step: its roles, who holds them or what became of it, and the criteria that ask for it. */
export function step({ roles, reasons }) {
  return h(
    'li',
    {},
    roles.map((role, index) => [
      index > 0 && h('span', { class: 'sp-code' }, say('会签', 'together with')),
      h('span', { class: 'sp-strong' }, role.name),
      ' ',
      role.stateLabel && role.state !== 'pending'
        ? [badge(role.stateLabel, tones[role.state]), ' ', role.decidedByName]
        : h('span', { class: 'sp-hint' }, (role.people ?? []).join('、'))
    ].flat()).flat(),
    h('p', { class: 'sp-hint' }, reasons)
  );
}

const tones = { approved: 'good', skipped: 'plain', rejected: 'fault', countered: 'warning' };

customElements.define('shunpi-price-preview', ShunpiPricePreview);
