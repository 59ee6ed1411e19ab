import { address } from './api.js';
import { amount, badge, facts, h, moment, notice, price, say, term, yuan } from './dom.js';
import { OrderElement } from './order-element.js';

/** Of a return's states. */
export const tones = {
  applied: 'accent', answered: 'accent', proposed: 'warning', awaited: 'accent', different: 'warning', received: 'accent',
  appraised: 'accent', settling: 'accent', closed: 'good', refused: 'fault', withdrawn: 'plain', lapsed: 'plain'
};
const stateTones = { pending: 'plain', approved: 'good', revised: 'warning', rejected: 'fault', skipped: 'plain' };

/** A return as its reader may see it: lines, solution, who bears what, who agreed, evidence, what is still to be done. */
class ShunpiReturn extends OrderElement {
  path(number) {
    return `api/returns/${encodeURIComponent(number)}`;
  }

  draw(returned) {
    return [
      head(returned),
      returned.blind && notice('plain', say('正在盲核，金额复核完成后可见。', 'Being checked blind: amounts show when that is done.')),
      evidence(returned),
      returned.solution && solution(returned),
      returned.approvals.length > 0 && approvals(returned),
      (returned.works.length > 0 || returned.refund) && works(returned)
    ];
  }
}

function head(returned) {
  const prices = returned.lines.some((line) => line.unitPrice !== undefined);
  return h(
    'section',
    { class: 'sp-block' },
    h('h3', {}, returned.returnNumber, ' ', returned.customerName, ' ', badge(term(returned.statusLabel, returned.status), tones[returned.status]), badge(returned.severity, returned.severity === '一般' ? 'plain' : 'urgent')),
    facts(
      [say('订单', 'Order'), returned.orderNumber],
      [say('发票', 'Invoice'), returned.invoiceNumber],
      [say('原因', 'Reason'), [term(returned.reasonLabel, returned.reason), !returned.fault && badge(say('原则上不退', 'refused in principle'), 'warning')].filter(Boolean)],
      [say('货值', 'Value'), yuan(returned.amount)],
      [say('申请人', 'Applied by'), returned.appliedByName],
      [say('申请时间', 'Applied at'), moment(returned.appliedAt)],
      [say('答复期限', 'Answer by'), returned.answeredAt ? null : moment(returned.answerBy)],
      [say('方案期限', 'Solution by'), returned.proposedAt ? null : moment(returned.proposeBy)],
      [say('约定到货', 'Goods due on'), returned.goodsDueOn],
      [say('情况说明', 'What happened'), returned.description, 'wide'],
      [say('不予退换的理由', 'Refused because'), returned.refusal, 'wide']
    ),
    h(
      'div',
      { class: 'sp-table-scroll' },
      h(
        'table',
        { class: 'sp-table' },
        h('thead', {}, h('tr', {},
          h('th', {}, say('产品', 'Product')),
          h('th', { class: 'sp-number' }, say('数量', 'Quantity')),
          prices && h('th', { class: 'sp-number' }, say('售价', 'Sold at')),
          h('th', {}, say('要求', 'Wanted')),
          h('th', {}, say('处理', 'Outcome')),
          h('th', { class: 'sp-number' }, say('实收', 'Received')),
          h('th', {}, say('鉴定', 'Appraisal')),
          h('th', {}, say('处置', 'Disposition'))
        )),
        h('tbody', {}, returned.lines.map((line) => row(line, prices, returned)))
      )
    )
  );
}

function row(line, prices, returned) {
  const extras = [
    !line.goodsBack && say('不退货', 'keeps the goods'),
    line.advance && say('先行发货', 'sent in advance'),
    line.replacementProduct && say(`换为 ${line.replacementProduct}`, `for ${line.replacementProduct}`),
    Number(line.surcharge) > 0 && say(`补差价 ${price(line.surcharge)}`, `surcharge ${price(line.surcharge)}`),
    Number(line.refundAmount) > 0 && say(`退款 ${amount(line.refundAmount)}`, `refund ${amount(line.refundAmount)}`)
  ].filter(Boolean);
  const where = [
    line.restocked && say(`入库 ${line.restocked}`, `stock ${line.restocked}`),
    line.scrapped && say(`报废 ${line.scrapped}`, `scrap ${line.scrapped}`),
    line.toRepair && say(`送修 ${line.toRepair}`, `repair ${line.toRepair}`),
    line.toManufacturer && say(`退厂 ${line.toManufacturer}`, `manufacturer ${line.toManufacturer}`)
  ].filter(Boolean);
  return h(
    'tr',
    {},
    h('td', {}, h('span', { class: 'sp-strong' }, line.productName), h('span', { class: 'sp-code' }, [line.productCode, line.model].filter(Boolean).join(' · '))),
    h('td', { class: 'sp-number' }, line.quantity),
    prices && h('td', { class: 'sp-number' }, price(line.unitPrice)),
    h('td', {}, term(line.wantedLabel, line.wanted)),
    h('td', {}, returned.solution ? [h('span', { class: 'sp-strong' }, term(line.outcomeLabel, line.outcome)), extras.length > 0 && h('span', { class: 'sp-code' }, extras.join(say('，', ', ')))] : '—'),
    h('td', { class: 'sp-number' }, line.received || '—'),
    h('td', {}, line.verdictLabel ? [term(line.verdictLabel, line.verdict), h('span', { class: 'sp-code' }, [say(`完好 ${line.good}`, `good ${line.good}`), line.repairable ? say('可修', 'repairable') : say('不可修', 'not repairable')].join(say('，', ', ')))] : '—'),
    h('td', {}, where.join(say('，', ', ')) || '—')
  );
}

function evidence(returned) {
  return h(
    'section',
    { class: 'sp-block' },
    h('h3', {}, say('证据', 'Evidence')),
    returned.attachments.length === 0
      ? h('p', { class: 'sp-hint' }, say('没有附件。', 'No files.'))
      : h('ul', { class: 'sp-plain-list' }, returned.attachments.map((file) =>
          h('li', {}, h('a', { href: address(`api/attachments/${file.id}`), download: file.fileName }, file.fileName), h('span', { class: 'sp-code' }, size(file.byteCount)))))
  );
}

/** Bytes as people read them. */
export const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

function solution(returned) {
  const { costs, complaint } = returned;
  return h(
    'section',
    { class: 'sp-block' },
    h('h3', {}, say('处理方案', 'Solution')),
    facts(
      [say('提出人', 'Proposed by'), returned.proposedByName],
      [say('货物损失', 'Goods borne by'), term(costs?.goodsLabel, costs?.goods)],
      [say('发出运费', 'Freight out'), term(costs?.outwardLabel, costs?.outward)],
      [say('退回运费', 'Freight back'), term(costs?.backLabel, costs?.back)],
      [say('维修费', 'Repair'), term(costs?.repairLabel, costs?.repair)],
      [say('退款合计', 'Refund'), Number(returned.refundDue) > 0 ? yuan(returned.refundDue) : null],
      [say('方案', 'Solution'), returned.solution, 'wide']
    ),
    complaint && h('h3', {}, say('品质投诉单 ', 'Quality complaint record '), complaint.complaintNumber),
    complaint && facts(
      [say('责任方', 'Responsible'), term(complaint.responsibleLabel, complaint.responsible)],
      [say('原因', 'Cause'), complaint.cause, 'wide'],
      [say('纠正措施', 'Corrective action'), complaint.correctiveAction, 'wide']
    )
  );
}

function approvals(returned) {
  return h(
    'section',
    { class: 'sp-block' },
    h('h3', {}, say('审批', 'Approval')),
    h('ol', { class: 'sp-steps' }, returned.approvals.map((step) =>
      h('li', {},
        h('span', { class: 'sp-strong' }, step.roleName), ' ', badge(term(step.stateLabel, step.state), stateTones[step.state]),
        step.decidedByName && h('span', { class: 'sp-code' }, [step.decidedByName, moment(step.decidedAt)].join(' ')),
        h('span', { class: 'sp-code' }, step.reasons),
        step.comment && h('p', {}, step.comment))))
  );
}

function works(returned) {
  const { refund } = returned;
  return h(
    'section',
    { class: 'sp-block' },
    h('h3', {}, say('办理', 'Work')),
    h('ul', { class: 'sp-plain-list' }, returned.works.map((work) =>
      h('li', {}, badge(term(work.label, work.kind), work.done ? 'good' : 'warning'), ' ', work.done ? say('已办', 'done') : say('待办', 'open'), work.note && h('span', { class: 'sp-code' }, work.note)))),
    refund && facts(
      [say('红字发票号', 'Credit note'), refund.creditNoteNumber],
      [say('收款账号', 'Account'), refund.account],
      [say('金额', 'Amount'), yuan(refund.amount)],
      [say('其中要退钱', 'To pay back'), Number(refund.payable) > 0 ? yuan(refund.payable) : null],
      [say('开票人', 'Prepared by'), refund.preparedByName],
      [say('复核人', 'Verified by'), refund.verifiedByName],
      [say('退款流水号', 'Paid back'), refund.repaidReference]
    ),
    Number(returned.claim) > 0 && notice('warning', say(`先行换货未退回，应开票追偿 ${yuan(returned.claim)}`, `To be claimed: ${yuan(returned.claim)}`))
  );
}

customElements.define('shunpi-return', ShunpiReturn);
