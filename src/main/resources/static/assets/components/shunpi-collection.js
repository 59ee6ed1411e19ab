import { address } from './api.js';
import { badge, facts, h, say, yuan } from './dom.js';
import { OrderElement } from './order-element.js';

/** A collection case: who the customer is, what he owes by age, what was done and said last. */
class ShunpiCollection extends OrderElement {
  path(number) {
    return `api/collection/cases/${encodeURIComponent(number)}`;
  }

  draw(file) {
    const known = file.openCase;
    return h(
      'section',
      { class: 'sp-block' },
      h('h3', {}, file.customerName, ' ', h('span', { class: 'sp-code' }, file.customerCode), ' ', standing(file)),
      facts(
        [say('案件', 'Case'), `${known.caseNumber} · ${known.statusLabel}`],
        [say('本案未付', 'Open in the case'), h('span', { class: 'sp-strong' }, yuan(known.open))],
        [say('联系人', 'Contact'), contactOf(file), 'wide'],
        [say('业务员', 'Sales rep'), file.salesRepName],
        known.restsUntil && [say('承诺付款日', 'Promised for'), known.restsUntil],
        Number(file.credit) > 0 && [say('未冲抵的收款', 'Unallocated receipts'), yuan(file.credit)],
        file.writeOff && [say('核销申请', 'Write-off'), `${file.writeOff.invoiceNumber}：${file.writeOff.reason}（${file.writeOff.proposedBy}，${file.writeOff.stateLabel}）`, 'wide']
      ),
      aging(file),
      invoices(file.invoices.filter((invoice) => invoice.inCase)),
      // what a form's field may offer, so that nobody copies a number by hand
      h('datalist', { id: 'disputed-invoices' }, file.invoices.filter((invoice) => invoice.inCase && invoice.objection).map((invoice) => h('option', { value: invoice.invoiceNumber }))),
      timeline(file.timeline.slice(0, 5)),
      h('p', {}, h('a', { href: address(`pages/collection.html?customer=${encodeURIComponent(file.customerCode)}`), target: '_blank' }, say('打开客户催款页', 'Open the customer’s page')))
    );
  }
}

export const contactOf = (file) => [file.contact, file.phone, file.email].filter(Boolean).join(' · ');

export function standing(file) {
  const known = file.openCase;
  return [
    known?.hold && badge(say('停发赊销', 'credit stopped'), 'fault'),
    known?.brokenPromises > 0 && badge(say(`失信 ${known.brokenPromises} 次`, `${known.brokenPromises} broken`), 'fault')
  ].filter(Boolean);
}

export function aging(file) {
  return h(
    'div',
    { class: 'sp-table-scroll' },
    h(
      'table',
      { class: 'sp-table' },
      h('thead', {}, h('tr', {}, file.aging.map((age) => h('th', { class: 'sp-number' }, age.label)), h('th', { class: 'sp-number' }, say('合计', 'Total')))),
      h('tbody', {}, h('tr', {}, file.aging.map((age) => h('td', { class: 'sp-number' }, age.invoices === 0 ? '—' : yuan(age.amount))), h('td', { class: 'sp-number sp-strong' }, yuan(file.open))))
    )
  );
}

/** @param tools what stands in the last column of an invoice; none without it */
export function invoices(list, tools) {
  return h(
    'div',
    { class: 'sp-table-scroll' },
    h(
      'table',
      { class: 'sp-table' },
      h('thead', {}, h('tr', {},
        h('th', {}, say('发票号', 'Invoice')), h('th', {}, say('到期日', 'Due')), h('th', { class: 'sp-number' }, say('逾期天数', 'Days')),
        h('th', { class: 'sp-number' }, say('金额', 'Amount')), h('th', { class: 'sp-number' }, say('未付', 'Open')), h('th', {}, say('状态', 'State')),
        tools && h('th', {}, ''))),
      h('tbody', {}, list.map((invoice) => h('tr', { 'data-invoice': invoice.invoiceNumber },
        h('td', {}, invoice.invoiceNumber), h('td', {}, invoice.dueDate),
        h('td', { class: 'sp-number' }, invoice.daysOverdue > 0 ? invoice.daysOverdue : '—'),
        h('td', { class: 'sp-number' }, yuan(invoice.amount)), h('td', { class: 'sp-number' }, yuan(invoice.open)),
        h('td', {}, invoice.objection ? badge(invoice.objection, 'warning') : invoice.inCase ? badge(say('催收中', 'collecting'), 'accent') : null),
        tools && h('td', {}, tools(invoice)))))
    )
  );
}

const tones = { contact: 'accent', action: 'plain', dispute: 'warning', settlement: 'good' };
const kinds = { contact: say('联系', 'contact'), action: say('系统', 'system'), dispute: say('争议', 'dispute'), settlement: say('解决', 'settled') };

export function timeline(events) {
  return events.length > 0 && h('div', { class: 'sp-history' }, h('ol', {}, events.map((event) => h(
    'li', {},
    h('time', {}, event.on),
    h('div', {}, badge(kinds[event.kind], tones[event.kind]), ' ', h('span', { class: 'sp-strong' }, event.title), event.by && ` · ${event.by}`, event.text && h('p', {}, event.text))
  ))));
}

customElements.define('shunpi-collection', ShunpiCollection);
