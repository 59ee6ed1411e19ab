import { badge, facts, h, moment, say, yuan } from './dom.js';
import { OrderElement } from './order-element.js';
import { person } from './people.js';

const parts = {
  unpaid: (order) => [
    say('欠款发货申请', 'Goods without payment'),
    order.unpaid?.reason && [
      [say('理由', 'Reason'), order.unpaid.reason],
      [say('申请人', 'Requested by'), person(order.unpaid.requestedBy)],
      [say('总监签字', 'Signed by'), person(order.unpaid.approvedBy)]
    ]
  ],
  shipment: (order) => [
    say('发货', 'Shipment'),
    order.shipment?.waybill && [
      [say('承运商', 'Carrier'), order.shipment.carrier],
      [say('运单号', 'Waybill'), order.shipment.waybill],
      [say('件数', 'Pieces'), order.shipment.pieces],
      [say('发货日期', 'Dispatched on'), order.shipment.dispatchedOn]
    ]
  ],
  invoice: (order) => [
    say('发票', 'Invoice'),
    order.invoice?.invoiceNumber && [
      [say('发票号', 'Invoice number'), order.invoice.invoiceNumber],
      [say('税号', 'Tax number'), order.invoice.taxNumber],
      [say('金额', 'Amount'), yuan(order.amount)],
      [say('开票人', 'Prepared by'), person(order.invoice.preparedBy)],
      [say('入账时间', 'Booked at'), moment(order.invoice.invoicedAt)]
    ]
  ],
  note: (order) => [
    say('签收单', 'Delivery note'),
    order.note?.signedBy && [
      [say('签收人', 'Signed by'), order.note.signedBy],
      [say('签收日期', 'Signed on'), order.note.signedOn]
    ]
  ],
  tasks: (order) => [
    say('正在等待', 'Waiting for'),
    order.tasks?.length > 0
      ? order.tasks.map((task) => [task.name, waitingFor(task)])
      : order.status === 'held' && order.promisedDate && [[say('到货', 'goods'), say(`答应 ${order.promisedDate}`, `promised for ${order.promisedDate}`)]]
  ]
};

const groups = {
  'sales-assistant': say('销售助理', 'sales assistants'), 'sales-rep': say('业务员', 'sales reps'),
  'sales-manager': say('销售经理', 'sales manager'), 'sales-director': say('销售总监', 'sales director'),
  'general-manager': say('总经理', 'general manager'), finance: say('财务', 'finance'), warehouse: say('仓库', 'warehouse')
};

function waitingFor(task) {
  const who = person(task.assignee) ?? (task.groups ?? []).map((group) => groups[group] ?? group).join('、');
  const late = task.due && new Date(task.due) < new Date();
  return [who, task.due && h('span', { class: 'sp-code' }, say('期限 ', 'due '), moment(task.due)), late && badge(say('超期', 'late'), 'fault')].filter(Boolean);
}

/** One part of the case, `part` = unpaid, shipment, invoice, note or tasks; not there while there is none. */
class ShunpiFacts extends OrderElement {
  draw(order) {
    const [title, pairs] = parts[this.getAttribute('part')](order);
    return pairs && h('section', { class: 'sp-block' }, h('h3', {}, title), facts(...pairs));
  }
}

customElements.define('shunpi-facts', ShunpiFacts);
