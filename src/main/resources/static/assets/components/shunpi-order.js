import { amount, badge, chinese, facts, h, moment, notice, price, say, status, urgent } from './dom.js';
import { OrderElement } from './order-element.js';

const isBelow = (line) => Number(line.unitPrice) < Number(line.customerPrice);
// false for a quantity that is hidden
const isShort = (line) => line.available + (line.held ?? 0) < line.quantity;
const isGone = (order) => ['shipped', 'archived', 'rejected', 'cancelled'].includes(order.status);

/** What the customer asked for: delivery data, and the lines beside list price, customer price and stock. */
class ShunpiOrder extends OrderElement {
  draw(order) {
    return h(
      'section',
      { class: 'sp-block' },
      h('h3', {}, order.orderNumber, ' ', order.customer?.name ?? order.customerCode, ' ', status(order), urgent(order)),
      facts(
        order.kind !== 'sale' && [say('发货缘由', 'Sent for'), `${chinese ? order.kindLabel : order.kind} ${order.caseNumber}`],
        [say('外部单号', 'External number'), order.externalNumber],
        [say('下单时间', 'Ordered at'), moment(order.orderedAt)],
        [say('录入', 'Entered by'), order.enteredByName ?? order.enteredBy],
        [say('要求交期', 'Required date'), order.requiredDate],
        [say('答应交期', 'Promised date'), order.promisedDate],
        [say('发货方式', 'Delivery mode'), order.deliveryMode],
        [say('最晚发货', 'Ship by'), order.shipBy],
        [say('收货人', 'Consignee'), [order.consignee, order.phone].filter(Boolean).join(' · '), 'wide'],
        [say('收货地址', 'Address'), order.address, 'wide'],
        [say('备注', 'Remark'), order.remark, 'wide']
      ),
      order.blind && notice('plain', say('盲核中：数量、单价和金额在复核完成前不显示。', 'Checked blind: quantities, prices and amounts are hidden until it is verified.')),
      linesTable(order)
    );
  }
}

/** The lines; columns that the reader may not see, prices above all, are not there. */
function linesTable(order) {
  const { lines, amount: total } = order;
  const stockMatters = !isGone(order);
  const seesPrices = lines.some((line) => line.unitPrice !== undefined && line.unitPrice !== null);
  return h(
    'div',
    { class: 'sp-table-scroll' },
    h(
      'table',
      { class: 'sp-table' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', {}, say('产品', 'Product')),
          h('th', { class: 'sp-number' }, say('数量', 'Quantity')),
          stockMatters && h('th', { class: 'sp-number' }, say('可用库存', 'Available')),
          seesPrices && h('th', { class: 'sp-number' }, say('目录价', 'List price')),
          seesPrices && h('th', { class: 'sp-number' }, say('客户价', 'Customer price')),
          seesPrices && h('th', { class: 'sp-number' }, say('单价', 'Unit price')),
          seesPrices && h('th', { class: 'sp-number' }, say('金额', 'Amount'))
        )
      ),
      h('tbody', {}, lines.map((line) => row(line, seesPrices, stockMatters))),
      seesPrices &&
        h('tfoot', {}, h('tr', {}, h('th', { colspan: stockMatters ? 6 : 5 }, say('合计（元）', 'Total (CNY)')), h('td', { class: 'sp-number' }, amount(total))))
    )
  );
}

function row(line, seesPrices, stockMatters) {
  return h(
    'tr',
    {},
    h(
      'td',
      {},
      h('span', { class: 'sp-strong' }, line.productName),
      line.discontinued && badge(say('停产', 'discontinued'), 'fault'),
      h('span', { class: 'sp-code' }, [line.productCode, line.model].filter(Boolean).join(' · '))
    ),
    h('td', { class: 'sp-number sp-strong' }, line.quantity === undefined ? '＊' : String(line.quantity)),
    stockMatters &&
      h(
        'td',
        { class: isShort(line) ? 'sp-number sp-alarm' : 'sp-number' },
        String(line.available ?? ''),
        line.held > 0 && h('span', { class: 'sp-code' }, say(`已留 ${line.held}`, `${line.held} reserved`))
      ),
    seesPrices && h('td', { class: 'sp-number' }, price(line.listPrice)),
    seesPrices && h('td', { class: 'sp-number' }, price(line.customerPrice)),
    seesPrices && h('td', { class: isBelow(line) ? 'sp-number sp-alarm' : 'sp-number' }, price(line.unitPrice), isBelow(line) && below(line)),
    seesPrices && h('td', { class: 'sp-number' }, amount(line.amount))
  );
}

function below(line) {
  const percent = (100 * (1 - Number(line.unitPrice) / Number(line.customerPrice))).toFixed(1);
  return h('span', { class: 'sp-code' }, chinese ? `低 ${percent}%` : `${percent}% below`);
}

customElements.define('shunpi-order', ShunpiOrder);
