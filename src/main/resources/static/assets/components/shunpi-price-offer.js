import { h, price, say } from './dom.js';
import { OrderElement } from './order-element.js';

/**
 * A counter-offer to a request, beginning with what was asked: `value` is its JSON, `complete` says whether it can be
 * sent. A `checked` event follows every change.
 */
class ShunpiPriceOffer extends OrderElement {
  #from;
  #to;
  #rows = [];

  path(number) {
    return `api/special-prices/${encodeURIComponent(number)}`;
  }

  draw(request) {
    const date = (value, label) => h('input', { type: 'date', class: 'form-control', value, min: request.validFrom, max: request.validTo, 'aria-label': label });
    this.#from = date(request.validFrom, say('生效日期', 'Valid from'));
    this.#to = date(request.validTo, say('截止日期', 'Valid to'));
    this.#rows = request.lines.map((line) => ({
      asked: line,
      price: h('input', { class: 'form-control sp-number', inputmode: 'decimal', value: price(line.askedPrice).replaceAll(',', ''), 'aria-label': say('还价', 'Offered price'), 'data-name': 'askedPrice' }),
      quantity: h('input', { class: 'form-control sp-number', inputmode: 'numeric', value: line.quantity, 'aria-label': say('数量', 'Quantity'), 'data-name': 'quantity' })
    }));
    const block = h(
      'section',
      { class: 'sp-block' },
      h('h3', {}, say('还价条件', 'Offered terms')),
      h('p', { class: 'sp-hint' }, say('价格不低于申请价且低于客户价，数量和期限不超过申请。申请人接受后按新条件生效。', 'Not below the asked price, below the customer’s price, not more and not longer than asked.')),
      h('div', { class: 'sp-fields' },
        h('div', { class: 'sp-field' }, h('label', {}, say('生效日期', 'Valid from'), this.#from)),
        h('div', { class: 'sp-field' }, h('label', {}, say('截止日期', 'Valid to'), this.#to))),
      h('table', { class: 'sp-table' },
        h('thead', {}, h('tr', {}, [say('产品', 'Product'), say('申请价', 'Asked'), say('客户价', 'Customer price'), say('还价', 'Offer'), say('数量', 'Quantity')].map((label) => h('th', {}, label)))),
        h('tbody', {}, this.#rows.map((row) => h('tr', {},
          h('td', {}, row.asked.productName, h('span', { class: 'sp-code' }, row.asked.productCode)),
          h('td', {}, price(row.asked.askedPrice)), h('td', {}, price(row.asked.customerPrice)), h('td', {}, row.price), h('td', {}, row.quantity)))))
    );
    block.addEventListener('input', () => this.#tell());
    setTimeout(() => this.#tell());
    return block;
  }

  get value() {
    return {
      validFrom: this.#from?.value,
      validTo: this.#to?.value,
      lines: this.#rows.map((row) => ({ productCode: row.asked.productCode, askedPrice: row.price.value.trim(), quantity: row.quantity.value.trim() }))
    };
  }

  get complete() {
    return this.#rows.length > 0 && this.value.validFrom !== '' && this.value.validTo !== ''
      && this.value.lines.every((line) => /^\d+(\.\d{1,4})?$/.test(line.askedPrice) && /^[1-9]\d*$/.test(line.quantity));
  }

  #tell() {
    this.dispatchEvent(new Event('checked'));
  }
}

customElements.define('shunpi-price-offer', ShunpiPriceOffer);
