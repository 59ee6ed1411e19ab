import { chinese, h, moment, say } from './dom.js';
import { OrderElement } from './order-element.js';

const choices = {
  approve: say('同意', 'approved'), reject: say('拒绝', 'rejected'), return: say('退回补正', 'returned'),
  resubmit: say('补正后重新提交', 'corrected'), cancel: say('取消', 'cancelled'), change: say('变更', 'changed'),
  confirm: say('确认到款', 'receipt confirmed'), 'not-received': say('未到款', 'not received'),
  request: say('申请欠款发货', 'goods without payment requested'), wait: say('继续等款', 'keeps waiting'),
  hold: say('冻结', 'held'), release: say('解除冻结', 'released'), 'check-again': say('再查一次', 'checked again'),
  promise: say('答复交期', 'date promised'), ship: say('已发货', 'shipped'), issue: say('已开具', 'prepared'),
  archive: say('归档', 'archived'), submit: say('提交', 'sent'), withdraw: say('撤回', 'withdrawn'), counter: say('还价', 'counter-offer'),
  ask: say('要求补充', 'asked for more'), answer: say('答复', 'answered'), accept: say('接受', 'accepted'),
  agree: say('一致', 'agrees'), mismatch: say('不一致', 'does not agree'),
  override: say('准许破例复核', 'let through'), join: say('并入等待', 'waits for it'),
  apply: say('申请', 'applied'), propose: say('提出', 'proposed'), refuse: say('不予退换', 'refused'), revise: say('退回修改', 'back for another solution'),
  received: say('已清点', 'counted'), await: say('等其余的货', 'waits for the rest'), asked: say('已联系', 'asked'), appraised: say('已鉴定', 'appraised'),
  disposed: say('已处置', 'disposed of'), credit: say('已开红字发票', 'credit note prepared'), paid: say('已退款', 'paid back'), repaired: say('已修好', 'repaired'),
  sent: say('已寄出', 'sent'), invoice: say('已开票', 'invoiced'), again: say('重新发货', 'sent again'), settled: say('另行商定', 'settled otherwise'), close: say('结案', 'closed'),
  contacted: say('已联系', 'contacted'), 'claims-paid': say('客户称已付款', 'says he paid'), escalate: say('上报', 'escalated'),
  handled: say('已跟进', 'followed up'), call: say('请业务员再联系', 'rep to call again'), keep: say('维持', 'kept'),
  legal: say('移交法务', 'to the lawyers'), dispute: say('提出争议', 'disputed'), settle: say('争议已解决', 'settled')
};

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
      h('span', { class: 'sp-strong' }, choices[decision.choice] ?? decision.choice),
      decision.blind && h('span', { class: 'sp-code' }, say('（盲核中，复核完成后可见）', '(hidden until verified)')),
      decision.comment && h('p', {}, decision.comment),
      decision.facts?.differences?.length > 0 && h('ul', { class: 'sp-changes' }, decision.facts.differences.map((difference) => h('li', {}, difference)))
    )
  );
}

customElements.define('shunpi-history', ShunpiHistory);
