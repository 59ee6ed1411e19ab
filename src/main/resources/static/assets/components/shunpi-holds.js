import { badge, h, moment, notice, say } from './dom.js';
import { OrderElement } from './order-element.js';
import { person } from './people.js';

/** Every reason that holds the order, not the first alone, and the ones somebody released. */
class ShunpiHolds extends OrderElement {
  draw(order) {
    // elsewhere than in review, nothing holding the order is nothing worth saying
    const open = order.holds?.length > 0 || order.status === 'in-review';
    return [open && holdsList(order.holds), ...(order.releasedHolds ?? []).map(released)];
  }
}

/** @param none what to say where nothing holds the order */
export function holdsList(holds, none = say('没有冻结原因。', 'Nothing holds this order.')) {
  if (!holds?.length) {
    return notice('good', none);
  }
  return h(
    'section',
    { class: 'sp-notice sp-notice-fault' },
    h('ul', { class: 'sp-plain-list' }, holds.map((hold) =>
      h('li', {}, badge(hold.label ?? hold.reason, 'fault'), ' ', hold.detail, hold.since && h('span', { class: 'sp-code' }, say('自 ', 'since '), moment(hold.since)))
    ))
  );
}

function released(hold) {
  return notice(
    'plain',
    badge(say(`已解除：${hold.label ?? hold.reason}`, `released: ${hold.label ?? hold.reason}`)),
    ' ',
    [hold.detail, hold.releaseReason].filter(Boolean).join(' — '),
    h('span', { class: 'sp-code' }, person(hold.releasedBy), hold.reviewOn && say(` · 有效至 ${hold.reviewOn}`, ` · until ${hold.reviewOn}`))
  );
}

customElements.define('shunpi-holds', ShunpiHolds);
