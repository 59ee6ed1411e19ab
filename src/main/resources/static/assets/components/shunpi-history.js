import { chinese, h, moment, say } from './dom.js';
import { OrderElement } from './order-element.js';

/** Who decided what and why, the latest first. */
class ShunpiHistory extends OrderElement {
  path(number) {
    return `api/cases/${encodeURIComponent(number)}`;
  }

  draw(known) {
    const decisions = [...(known.decisions ?? [])].reverse();
    return h(
      'details',
      { class: 'sp-block sp-history', open: this.hasAttribute('open') },
      h('summary', {}, say(`办理记录（${decisions.length}）`, `History (${decisions.length})`)),
      decisions.length === 0
        ? h('p', { class: 'sp-hint' }, say('还没有办理记录。', 'Nobody has decided anything yet.'))
        : h('ol', {}, decisions.map(entry))
    );
  }
}

function entry(decision) {
  return h(
    'li',
    {},
    h('time', { datetime: decision.at }, moment(decision.at)),
    h(
      'div',
      {},
      h('span', { class: 'sp-strong' }, decision.actorName ?? decision.actor),
      ' ',
      decision.stepName ?? decision.step,
      chinese ? '：' : ': ',
      h('span', { class: 'sp-strong' }, decision.choiceLabel ?? decision.choice),
      decision.comment && h('p', {}, decision.comment)
    )
  );
}

customElements.define('shunpi-history', ShunpiHistory);
