import { get, post, share } from './api.js';
import { failure, h, notice, price, say, term } from './dom.js';
import { size } from './shunpi-return.js';

const PAUSE = 300;

/**
 * An application for a return: the order, which of its delivered lines and how many, why, and the evidence. Files are sent
 * as they are chosen and named in the application by the number they get. `value` is the application; `checked` tells of
 * each change.
 */
class ShunpiReturnEditor extends HTMLElement {
  #words;
  #order;
  #known;
  #rows = [];
  #reason;
  #description;
  #files = [];
  #list;
  #lines;
  #outcome;
  #timer;
  #kept;
  #external = `T-${crypto.randomUUID()}`;

  async connectedCallback() {
    if (this.#words) {
      return;
    }
    try {
      this.#words = await share('api/returns/words');
    } catch (error) {
      this.replaceChildren(failure(error));
      return;
    }
    this.#draw();
    this.#fill();
  }

  #draw() {
    this.#order = h('input', { id: 'return-order', class: 'form-control', maxlength: 30, autocomplete: 'off', placeholder: 'SO-20261122-0001', 'data-name': 'orderNumber' });
    this.#reason = h('select', { id: 'return-reason', class: 'form-control', 'data-name': 'reason' },
      h('option', { value: '' }, say('请选择', 'Please choose')), this.#words.reasons.map((word) => h('option', { value: word.code }, term(word.label, word.code))));
    this.#description = h('textarea', { id: 'return-description', class: 'form-control', rows: 3, maxlength: 1000, 'data-name': 'description' });
    const chooser = h('input', { id: 'return-files', type: 'file', multiple: true, accept: 'image/*,application/pdf,video/mp4', 'data-name': 'files', onchange: () => this.#upload(chooser) });
    this.#lines = h('div');
    this.#list = h('ul', { class: 'sp-plain-list' });
    this.#outcome = h('div', { 'aria-live': 'polite' });
    this.replaceChildren(
      h('div', { class: 'sp-fields' },
        field('return-order', say('订单号', 'Order number'), this.#order, true),
        field('return-reason', say('原因', 'Reason'), this.#reason, true)),
      this.#lines,
      h('div', { class: 'sp-fields' },
        field('return-description', say('情况说明', 'What happened'), this.#description, true, true),
        h('div', { class: 'sp-field sp-field-wide' },
          h('label', { for: 'return-files' }, say('照片等证据', 'Evidence')), chooser,
          h('p', { class: 'sp-hint' }, say('图片、PDF 或 MP4，每个不超过 10 MB', 'Pictures, PDF or MP4, 10 MB each')), this.#list)),
      this.#outcome
    );
    this.#order.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), PAUSE);
    });
    this.addEventListener('input', () => this.#tell());
    this.addEventListener('change', () => this.#tell());
  }

  /** What of the order can be returned. */
  async #look() {
    const number = this.#order.value.trim();
    this.#known = undefined;
    this.#rows = [];
    this.#lines.replaceChildren();
    if (number.length > 5) {
      try {
        const known = await get(`api/returns/returnable?order=${encodeURIComponent(number)}`);
        if (number === this.#order.value.trim()) {
          this.#known = known;
          this.#drawLines();
        }
      } catch (error) {
        this.#lines.replaceChildren(failure(error));
      }
    }
    this.#tell();
  }

  #drawLines() {
    this.#rows = this.#known.lines.map((line) => {
      const kept = this.#kept?.lines?.find((one) => one.lineNumber === String(line.lineNumber));
      const quantity = h('input', { class: 'form-control', inputmode: 'numeric', maxlength: 7, 'data-name': 'quantity', disabled: line.returnable === 0 });
      const outcome = h('select', { class: 'form-control', 'data-name': 'outcome', disabled: line.returnable === 0 }, this.#words.outcomes.map((word) => h('option', { value: word.code }, term(word.label, word.code))));
      quantity.value = kept?.quantity ?? '';
      outcome.value = kept?.outcome ?? 'refund';
      return { line, quantity, outcome };
    });
    this.#lines.replaceChildren(
      h('p', {}, h('span', { class: 'sp-strong' }, this.#known.customerName), h('span', { class: 'sp-code' }, say(`${this.#known.dispatchedOn} 发货`, `dispatched on ${this.#known.dispatchedOn}`))),
      h('div', { class: 'sp-table-scroll' },
        h('table', { class: 'sp-table' },
          h('thead', {}, h('tr', {}, h('th', {}, say('产品', 'Product')),
            ...[say('售价', 'Sold at'), say('发货', 'Delivered'), say('已退或在退', 'Returned'), say('可退', 'Returnable')].map((text) => h('th', { class: 'sp-number' }, text)),
            h('th', {}, say('退几件', 'Quantity')), h('th', {}, say('要求', 'Wanted')))),
          h('tbody', {}, this.#rows.map(({ line, quantity, outcome }) =>
            h('tr', {},
              h('td', {}, h('span', { class: 'sp-strong' }, line.productName), h('span', { class: 'sp-code' }, [line.productCode, line.model].filter(Boolean).join(' · '))),
              h('td', { class: 'sp-number' }, price(line.unitPrice)),
              h('td', { class: 'sp-number' }, line.delivered), h('td', { class: 'sp-number' }, line.returned), h('td', { class: 'sp-number sp-strong' }, line.returnable),
              h('td', {}, quantity), h('td', {}, outcome))))))
    );
  }

  async #upload(chooser) {
    for (const file of [...chooser.files]) {
      const body = new FormData();
      body.append('file', file);
      try {
        this.#files.push(await post('api/attachments', body));
        this.#outcome.replaceChildren();
      } catch (error) {
        this.#outcome.replaceChildren(failure(error));
      }
    }
    chooser.value = '';
    this.#drawFiles();
    this.#tell();
  }

  #drawFiles() {
    this.#list.replaceChildren(...this.#files.map((file) =>
      h('li', {}, file.fileName, h('span', { class: 'sp-code' }, size(file.byteCount)), ' ',
        h('button', { type: 'button', class: 'btn btn-default btn-xs', onclick: () => { this.#files = this.#files.filter((one) => one !== file); this.#drawFiles(); this.#tell(); } }, say('去掉', 'Remove')))));
  }

  #wanted() {
    return this.#rows.filter(({ quantity }) => quantity.value.trim() !== '' && quantity.value.trim() !== '0');
  }

  #faults() {
    return this.#wanted()
      .filter(({ line, quantity }) => !/^[1-9]\d*$/.test(quantity.value.trim()) || Number(quantity.value) > line.returnable)
      .map(({ line }) => say(`${line.productCode} 最多还能退 ${line.returnable} 件`, `${line.productCode}: at most ${line.returnable}`));
  }

  get complete() {
    return Boolean(this.#known) && this.#wanted().length > 0 && this.#faults().length === 0 && this.#reason.value !== '' && this.#description.value.trim() !== '';
  }

  get value() {
    return {
      source: 'tasklist',
      externalNumber: this.#external,
      orderNumber: this.#order?.value.trim() ?? '',
      customerCode: this.#known?.customerCode ?? '',
      reason: this.#reason?.value ?? '',
      description: this.#description?.value.trim() ?? '',
      lines: this.#wanted().map(({ line, quantity, outcome }) => ({ lineNumber: String(line.lineNumber), quantity: quantity.value.trim(), outcome: outcome.value })),
      attachments: this.#files.map(({ id }) => id)
    };
  }

  restore(kept) {
    this.#kept = kept;
    this.#fill();
  }

  #fill() {
    if (!this.#kept || !this.#order) {
      return;
    }
    this.#external = this.#kept.externalNumber ?? this.#external;
    this.#order.value = this.#kept.orderNumber ?? '';
    this.#reason.value = this.#kept.reason ?? '';
    this.#description.value = this.#kept.description ?? '';
    this.#look();
  }

  #tell() {
    const faults = this.#faults();
    if (faults.length > 0) {
      this.#outcome.replaceChildren(notice('warning', faults.join(say('；', '; '))));
    } else if (this.#outcome.querySelector('.sp-notice-warning')) {
      this.#outcome.replaceChildren();
    }
    this.dispatchEvent(new Event('checked'));
  }
}

function field(id, label, input, required, wide) {
  return h('div', { class: wide ? 'sp-field sp-field-wide' : 'sp-field' }, h('label', { for: id, class: required && 'sp-required' }, label), input);
}

customElements.define('shunpi-return-editor', ShunpiReturnEditor);
