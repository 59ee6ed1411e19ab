import { amount, badge, chinese, facts, grade, h, moment, notice, price, say } from './dom.js';
import { OrderElement } from './order-element.js';
import { step } from './shunpi-price-preview.js';

const tones = {
  draft: 'accent', open: 'accent', offered: 'warning', questioned: 'warning',
  approved: 'good', rejected: 'fault', withdrawn: 'plain', void: 'plain'
};

/**
 * A special-price request as its reader may see it: for an approver with margin, last price, what others of the class
 * pay, and what came of earlier promises (P7).
 */
class ShunpiPriceRequest extends OrderElement {
  path(number) {
    return `api/special-prices/${encodeURIComponent(number)}`;
  }

  draw(request) {
    return [
      head(request),
      request.lines.some((line) => line.undercuts) && undercut(request),
      request.offer && offer(request),
      request.steps.length > 0 && h('section', { class: 'sp-block' }, h('h3', {}, say('审批步骤', 'Steps')), h('ol', { class: 'sp-steps' }, request.steps.map(step))),
      others(request),
      request.promises.length > 0 && promises(request)
    ];
  }
}

function head(request) {
  const costs = request.lines.some((line) => line.margin !== undefined);
  return h(
    'section',
    { class: 'sp-block' },
    h('h3', {}, request.requestNumber, ' ', request.customerName, ' ', badge(grade(request.grade), 'accent'), badge(request.statusLabel, tones[request.status])),
    facts(
      [say('种类', 'Kind'), request.kindLabel],
      [say('订单', 'Order'), request.orderNumber],
      [say('申请人', 'Requested by'), request.requestedByName],
      [say('提交人', 'Sent by'), request.submittedByName === request.requestedByName ? null : request.submittedByName],
      [say('申请时间', 'Requested at'), moment(request.requestedAt)],
      [say('有效期', 'Valid'), request.validFrom && `${request.validFrom} ～ ${request.validTo}`],
      [say('竞争对手', 'Competitor'), request.competitor],
      [say('促销预算', 'Budget'), request.budget && amount(request.budget)],
      [say('预计采购量', 'Expected volume'), request.expectedVolume],
      [say('理由', 'Reason'), request.reason, 'wide']
    ),
    h(
      'div',
      { class: 'sp-table-scroll' },
      h(
        'table',
        { class: 'sp-table' },
        h('thead', {}, h('tr', {},
          h('th', {}, say('产品', 'Product')),
          ...[
            say('数量', 'Quantity'), say('目录价', 'List price'), say('客户价', 'Customer price'), say('申请价', 'Asked price'),
            say('低于客户价', 'Below'), costs && say('成本价', 'Cost'), costs && say('毛利率', 'Margin'), say('上次成交', 'Last sold at')
          ].filter(Boolean).map((label) => h('th', { class: 'sp-number' }, label)))),
        h('tbody', {}, request.lines.map((line) => row(line, costs))),
        h('tfoot', {}, h('tr', {}, h('th', { colspan: costs ? 8 : 6 }, say('合计（元）', 'Total (CNY)')), h('td', { class: 'sp-number' }, amount(request.amount))))
      )
    )
  );
}

function row(line, costs) {
  const belowCost = costs && Number(line.askedPrice) < Number(line.costPrice);
  return h(
    'tr',
    {},
    h('td', {}, h('span', { class: 'sp-strong' }, line.productName), h('span', { class: 'sp-code' }, [line.productCode, line.model].filter(Boolean).join(' · '))),
    h('td', { class: 'sp-number' }, line.quantity, line.requestedQuantity && was(line.requestedQuantity)),
    h('td', { class: 'sp-number' }, price(line.listPrice)),
    h('td', { class: 'sp-number' }, price(line.customerPrice)),
    h('td', { class: 'sp-number sp-strong' }, price(line.askedPrice), line.requestedPrice && was(price(line.requestedPrice))),
    h('td', { class: 'sp-number' }, percent(line.depth)),
    costs && h('td', { class: 'sp-number' }, price(line.costPrice)),
    costs && h('td', { class: belowCost ? 'sp-number sp-alarm' : 'sp-number' }, percent(line.margin)),
    h('td', { class: 'sp-number' }, line.lastSale && [price(line.lastSale.unitPrice), h('span', { class: 'sp-code' }, `${line.lastSale.on} × ${line.lastSale.quantity}`)])
  );
}

const was = (value) => h('span', { class: 'sp-code' }, say('原申请 ', 'asked first '), String(value));

/** `12.3456%` as people read it; what the table compares has four decimals. */
const percent = (text) => text && `${Number(text.slice(0, -1)).toFixed(2).replace(/\.?0+$/, '')}%`;

function undercut(request) {
  const lines = request.lines.filter((line) => line.undercuts);
  return notice(
    'warning',
    badge(say('同货不同价', 'Undercuts'), 'warning'),
    ' ',
    lines
      .map((line) => {
        const dearer = line.others.filter((other) => Number(other.floorPrice) > Number(line.askedPrice));
        return say(
          `${line.productCode} 的申请价低于同级客户正在执行的协议：${dearer.map((other) => `${other.customerName} ${price(other.floorPrice)}`).join('、')}`,
          `${line.productCode} undercuts agreements of the same class: ${dearer.map((other) => `${other.customerName} ${price(other.floorPrice)}`).join(', ')}`
        );
      })
      .join(say('；', '; '))
  );
}

function offer(request) {
  return h(
    'section',
    { class: 'sp-notice sp-notice-warning' },
    h('p', {}, badge(say('还价', 'Counter-offer'), 'warning'), ' ', h('span', { class: 'sp-strong' }, request.offer.by)),
    request.offer.comment && h('p', {}, request.offer.comment),
    h('ul', { class: 'sp-changes' },
      request.lines.map((line) => h('li', {}, h('span', { class: 'sp-strong' }, line.productCode), ' ',
        change(`${line.quantity} × ${price(line.askedPrice)}`, `${line.offeredQuantity} × ${price(line.offeredPrice)}`))),
      h('li', {}, say('有效期 ', 'valid '), change(`${request.validFrom} ～ ${request.validTo}`, `${request.offer.validFrom} ～ ${request.offer.validTo}`)))
  );
}

const change = (from, to) => (from === to ? [from] : [h('del', {}, from), ' → ', h('ins', {}, to)]);

function others(request) {
  const known = request.lines.flatMap((line) => line.others.map((other) => ({ ...other, productCode: line.productCode })));
  return known.length > 0 && h(
    'details',
    { class: 'sp-block sp-history' },
    h('summary', {}, say(`同级客户的协议（${known.length}）`, `Agreements of the same class (${known.length})`)),
    table(
      [say('产品', 'Product'), say('客户', 'Customer'), say('底价', 'Floor price'), say('剩余', 'Left'), say('截止', 'Until')],
      known.map((other) => [other.productCode, other.customerName, price(other.floorPrice), String(other.remaining), other.validTo])
    )
  );
}

function promises(request) {
  return h(
    'details',
    { class: 'sp-block sp-history', open: true },
    h('summary', {}, say(`以往协议与实际采购（${request.promises.length}）`, `Earlier agreements and what was bought (${request.promises.length})`)),
    table(
      [say('申请', 'Request'), say('产品', 'Product'), say('底价', 'Floor price'), say('有效期', 'Valid'), say('预计', 'Expected'), say('协议量', 'Agreed'), say('实购', 'Bought')],
      request.promises.map((promise) => [
        promise.requestNumber, promise.productCode, price(promise.floorPrice), `${promise.validFrom} ～ ${promise.validTo}`,
        promise.expectedVolume === undefined ? '' : String(promise.expectedVolume), String(promise.quantity),
        `${promise.drawn}${chinese ? '（' : ' ('}${Math.round((100 * promise.drawn) / promise.quantity)}%${chinese ? '）' : ')'}`
      ])
    )
  );
}

function table(labels, rows) {
  return h('div', { class: 'sp-table-scroll' }, h('table', { class: 'sp-table' },
    h('thead', {}, h('tr', {}, labels.map((label) => h('th', {}, label)))),
    h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell) => h('td', {}, cell)))))));
}

customElements.define('shunpi-price-request', ShunpiPriceRequest);
