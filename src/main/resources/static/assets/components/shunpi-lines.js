import { amount, badge, h, price, say } from './dom.js';
import { searchable } from './search.js';

const NEW_ROWS = 3;
const columns = ['productCode', 'quantity', 'unitPrice'];
const labels = {
  productCode: say('产品编码', 'Product code'),
  quantity: say('数量', 'Quantity'),
  unitPrice: say('单价', 'Unit price')
};

const readable = { productCode: /./, quantity: /^[1-9]\d*$/, unitPrice: /^\d+(\.\d{1,4})?$/ };

const isBlank = (line) => columns.every((name) => line[name] === '');

/** Whether a line has a product, a quantity and a price. */
export const isComplete = (line) => columns.every((name) => readable[name].test(line[name]));

/**
 * An order's lines to be typed, searched, or pasted from a spreadsheet. `value` is a list of
 * `{productCode, quantity, unitPrice}`, all texts; rows left empty are not in it. An `input` event tells of each change.
 */
class ShunpiLines extends HTMLElement {
  #body;
  #foot;
  #rows = [];

  connectedCallback() {
    if (this.#body) {
      return;
    }
    this.#body = h('tbody');
    this.#foot = h('td', { class: 'sp-number' });
    this.append(
      h('p', { class: 'sp-hint' }, say('输入产品编码、名称或型号查找；也可以从电子表格复制“产品编码、数量、单价”三列，粘贴到表中。', 'Type a code, name or model to search, or paste the columns product code, quantity and unit price from a spreadsheet.')),
      h('div', { class: 'sp-table-scroll' },
        h('table', { class: 'sp-table sp-lines' },
          h('thead', {}, h('tr', {},
            h('th', {}, labels.productCode), h('th', { class: 'sp-number' }, labels.quantity), h('th', { class: 'sp-number' }, labels.unitPrice),
            h('th', {}, say('名称 / 型号', 'Name / model')), h('th', { class: 'sp-number' }, say('目录价', 'List price')),
            h('th', { class: 'sp-number' }, say('客户价', 'Customer price')), h('th', { class: 'sp-number' }, say('可用库存', 'Available')),
            h('th', { class: 'sp-number' }, say('金额', 'Amount')), h('th', {}, h('span', { class: 'sp-unseen' }, say('删除', 'Remove'))))),
          this.#body,
          h('tfoot', {}, h('tr', {}, h('th', { colspan: 7 }, say('合计（元）', 'Total (CNY)')), this.#foot, h('td'))))),
      h('button', { type: 'button', class: 'sp-button', onclick: () => this.#add().inputs.productCode.focus() }, say('＋ 添加一行', '＋ Add a line'))
    );
    this.#body.addEventListener('paste', (event) => this.#paste(event));
    for (let i = 0; i < NEW_ROWS; i++) {
      this.#add();
    }
  }

  get value() {
    return this.#filled().map((row) => row.value);
  }

  set value(lines) {
    this.#rows.forEach(({ element }) => element.remove());
    this.#rows = [];
    lines.forEach((line) => this.#fill(this.#add(), columns.map((name) => shortest(String(line[name] ?? '')))));
    if (lines.length === 0) {
      this.#add();
    }
  }

  /** What has to be filled in before the lines can be sent, for people. */
  get missing() {
    const lines = this.value;
    if (lines.length === 0) {
      return [say('至少一行产品', 'at least one line')];
    }
    return this.#rows.flatMap((row, index) => {
      const line = row.value;
      const lacking = isBlank(line) ? [] : columns.filter((name) => !readable[name].test(line[name]));
      return lacking.length === 0 ? [] : [say(`第 ${index + 1} 行`, `line ${index + 1}`) + ' ' + lacking.map((name) => labels[name]).join(say('、', ', '))];
    });
  }

  /**
   * Shows what the server says about the lines.
   *
   * @param checked `lines` and `amount` of the preview, `positions`: which of `value` each of them is, and `faults`, a
   *     list of `{line, column, message}`
   */
  show({ lines, amount: total, positions, faults }) {
    this.#rows.forEach((row) => row.clear());
    const filled = this.#filled();
    positions.forEach((position, index) => filled[position].show(lines?.[index]));
    faults.filter(({ line }) => line !== undefined).forEach(({ line, column, message }) => filled[line].fault(column, message));
    this.#foot.textContent = amount(total) ?? '';
  }

  #filled() {
    return this.#rows.filter((row) => !isBlank(row.value));
  }

  #add() {
    const row = new Row((gone) => this.#remove(gone));
    this.#rows.push(row);
    this.#body.append(row.element);
    return row;
  }

  #remove(row) {
    this.#rows = this.#rows.filter((other) => other !== row);
    row.element.remove();
    if (this.#rows.length === 0) {
      this.#add();
    }
    this.#changed();
  }

  #fill(row, values) {
    columns.forEach((name, i) => {
      if (values[i] !== undefined) {
        row.inputs[name].value = values[i];
      }
    });
  }

  /** Rows copied from a spreadsheet; a single value is left to the field it goes into. */
  #paste(event) {
    const copied = rowsOf(event.clipboardData.getData('text/plain'));
    if (copied.length === 0) {
      return;
    }
    event.preventDefault();
    let at = this.#rows.findIndex(({ element }) => element.contains(event.target));
    for (const values of copied) {
      this.#fill(this.#rows[at] ?? this.#add(), values);
      at++;
    }
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** A price as people write it: two decimals unless there are more. */
const shortest = (text) => text.replace(/(\.\d\d\d*?)0+$/, '$1');

/** The rows of a copied range without its header; none when it is a single value. */
function rowsOf(text) {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '').map((row) => row.split('\t').map((cell) => cell.trim()));
  if (rows.length === 0 || (rows.length === 1 && rows[0].length === 1)) {
    return [];
  }
  return rows
    .filter((cells, index) => index > 0 || cells.length < 2 || /\d/.test(cells[1]))
    .map(([code, quantity, unitPrice]) => [code, plainNumber(quantity), plainNumber(unitPrice)]);
}

/** A number without what a spreadsheet adds for the eye: thousands separators, currency, spaces. */
const plainNumber = (text) => text?.replace(/[,，¥￥\s]/g, '');

/** One line: three fields and what is known about them. */
class Row {
  constructor(remove) {
    this.inputs = {};
    this.faults = {};
    const fields = columns.map((name) => {
      this.inputs[name] = h('input', {
        class: name === 'productCode' ? 'form-control' : 'form-control sp-number', 'aria-label': labels[name], 'data-name': name,
        inputmode: { quantity: 'numeric', unitPrice: 'decimal' }[name]
      });
      this.faults[name] = h('p', { class: 'sp-fault' });
      return h('td', {}, this.inputs[name], this.faults[name]);
    });
    this.name = h('td');
    this.listPrice = h('td', { class: 'sp-number' });
    this.customerPrice = h('td', { class: 'sp-number' });
    this.available = h('td', { class: 'sp-number' });
    this.amount = h('td', { class: 'sp-number' });
    this.element = h('tr', {}, fields, this.name, this.listPrice, this.customerPrice, this.available, this.amount,
      h('td', {}, h('button', { type: 'button', class: 'sp-button sp-button-remove', title: say('删除此行', 'Remove this line'), onclick: () => remove(this) }, '✕')));

    searchable(this.inputs.productCode, {
      path: 'api/products?q=',
      describe: (product) => [
        h('span', { class: 'sp-strong' }, product.code), ' ', product.name,
        h('span', { class: 'sp-code' }, [product.model, price(product.listPrice), say(`可用 ${product.available}`, `${product.available} available`)].filter(Boolean).join(' · ')),
        product.discontinued && badge(say('停产', 'discontinued'), 'fault')
      ],
      choose: (product) => {
        this.found = { productCode: product.code, productName: product.name, ...product };
        this.inputs.productCode.value = product.code;
        this.inputs.productCode.dispatchEvent(new Event('input', { bubbles: true }));
        this.inputs.quantity.focus();
      }
    });
  }

  get value() {
    return Object.fromEntries(columns.map((name) => [name, this.inputs[name].value.trim()]));
  }

  clear() {
    // what the search found is worth showing until the line is complete
    this.show(this.found?.productCode === this.value.productCode ? this.found : undefined);
    columns.forEach((name) => this.fault(name));
  }

  show(line) {
    const quantity = Number(this.inputs.quantity.value);
    const asked = this.inputs.unitPrice.value.trim();
    this.name.replaceChildren(...[
      line?.productName, line?.model && h('span', { class: 'sp-code' }, line.model),
      line?.discontinued && badge(say('停产', 'discontinued'), 'fault')
    ].filter(Boolean));
    this.listPrice.textContent = price(line?.listPrice) ?? '';
    this.customerPrice.textContent = price(line?.customerPrice) ?? '';
    // what the order itself holds already is there for it
    const available = line?.available === undefined ? undefined : line.available + (line.held ?? 0);
    this.available.textContent = available ?? '';
    this.amount.textContent = amount(line?.amount) ?? '';
    this.available.classList.toggle('sp-alarm', available < quantity);
    this.inputs.unitPrice.classList.toggle('sp-alarm', asked !== '' && Number(asked) < Number(line?.customerPrice));
  }

  fault(name, message) {
    this.faults[name].textContent = message ?? '';
    this.inputs[name].setAttribute('aria-invalid', String(Boolean(message)));
  }
}

customElements.define('shunpi-lines', ShunpiLines);
