import { badge, facts, grade, h, say, terms, yuan } from './dom.js';
import { OrderElement } from './order-element.js';

/** Who the customer is and how he pays: grade, terms, use of his credit, overdue invoices. */
class ShunpiCustomer extends OrderElement {
  draw(order) {
    return order.customer && customerCard(order.customer, order.amount);
  }
}

/** @param orderAmount what this order would add to the exposure, CNY */
export function customerCard(customer, orderAmount) {
  const limit = Number(customer.creditLimit);
  const used = Number(customer.exposure ?? 0) + Number(orderAmount ?? 0);
  const onCredit = customer.paymentTerms?.toLowerCase() === 'credit' && Number.isFinite(limit);
  return h(
    'section',
    { class: 'sp-block' },
    h('h3', {}, customer.name, ' ', badge(grade(customer.grade) ?? '', 'accent'), h('span', { class: 'sp-code' }, customer.code)),
    facts(
      [say('付款方式', 'Payment terms'), terms(customer.paymentTerms)],
      onCredit && [say('信用额度', 'Credit limit'), yuan(customer.creditLimit)],
      onCredit && [say('已用额度', 'Exposure'), yuan(customer.exposure)],
      onCredit && orderAmount && [say('含本单', 'With this order'), h('span', { class: used > limit ? 'sp-alarm' : null }, yuan(used))],
      [say('逾期', 'Overdue'), overdue(customer)],
      !onCredit && [say('本单已到款', 'Received'), yuan(customer.received)]
    )
  );
}

function overdue({ overdueAmount, overdueDays }) {
  if (overdueAmount === undefined || overdueAmount === null) {
    return null;
  }
  return Number(overdueAmount) > 0
    ? h('span', { class: 'sp-alarm' }, yuan(overdueAmount), say(`（${overdueDays} 天）`, ` (${overdueDays} days)`))
    : say('无', 'none');
}

customElements.define('shunpi-customer', ShunpiCustomer);
