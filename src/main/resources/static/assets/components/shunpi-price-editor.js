import { get, post } from './api.js';
import { badge, failure, grade, h, notice, say } from './dom.js';
import { searchable } from './search.js';
import { isComplete } from './shunpi-lines.js';
import './shunpi-price-preview.js';

const PAUSE = 400;
const DAYS = 30;

const fields = [
  { name: 'customerCode', label: say('客户', 'Customer'), placeholder: say('输入编码或名称查找', 'Type a code or name'), required: true, direct: true, only: 'customer' },
  { name: 'budget', label: say('促销预算（让利总额，元）', 'Budget (discount given, CNY)'), inputmode: 'decimal', required: true, direct: true, only: 'promotion' },
  { name: 'validFrom', label: say('生效日期', 'Valid from'), type: 'date', required: true, direct: true },
  { name: 'validTo', label: say('截止日期', 'Valid to'), type: 'date', required: true },
  { name: 'expectedVolume', label: say('预计采购量（件）', 'Expected volume (units)'), inputmode: 'numeric' },
  { name: 'competitor', label: say('竞争对手', 'Competitor'), wide: true },
  { name: 'reason', label: say('理由', 'Reason'), wide: true, required: true }
];

const grades = ['A', 'B', 'C'];

const day = (days) => new Date(Date.now() + days * 86400000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

/**
 * A request to be entered, or with `number` one that an order opened: its lines stand already then, and are not typed
 * again. `value` is the body of POST /api/special-prices; `complete` says whether it can be sent. While its user types,
 * the server says who would be asked and what would save a step (P3). A `checked` event follows every look.
 */
class ShunpiPriceEditor extends HTMLElement {
  #inputs = {};
  #faults = {};
  #lines;
  #customer;
  #preview;
  #outcome;
  #kind;
  #grades = {};
  #chosen;
  #number;
  #faulty = false;
  #timer;
  #latest = 0;

  static observedAttributes = ['number'];

  connectedCallback() {
    if (!this.#outcome) {
      this.#draw();
    }
    this.#load();
    // whoever listens has come by then
    setTimeout(() => this.#check());
  }

  attributeChangedCallback() {
    if (this.#outcome) {
      this.#load();
    }
  }

  get #direct() {
    return !this.hasAttribute('number');
  }

  get #promotion() {
    return this.#kind?.value === 'promotion';
  }

  get value() {
    const text = (name) => this.#inputs[name]?.value.trim() || null;
    const terms = {
      reason: text('reason'), competitor: text('competitor'), validTo: text('validTo'), expectedVolume: text('expectedVolume')
    };
    return this.#direct
      ? {
          ...(this.#promotion
            ? { kind: 'promotion', budget: text('budget'), grades: grades.filter((name) => this.#grades[name].checked) }
            : { customerCode: text('customerCode') }),
          ...terms,
          validFrom: text('validFrom'),
          lines: this.#lines.value.map(({ productCode, quantity, unitPrice }) => ({ productCode, quantity, askedPrice: unitPrice }))
        }
      : terms;
  }

  /** Goes on with what its user typed before; nothing when there is nothing. */
  restore(draft) {
    if (!draft) {
      return;
    }
    Object.entries(this.#inputs).forEach(([name, input]) => (input.value = draft[name] ?? ''));
    if (this.#kind) {
      this.#kind.value = draft.kind ?? 'customer';
      grades.forEach((name) => (this.#grades[name].checked = draft.grades?.includes(name) ?? false));
      this.#choose();
    }
    if (this.#lines) {
      this.#lines.value = (draft.lines ?? []).map((line) => ({ ...line, unitPrice: line.askedPrice }));
    }
    this.#check();
  }

  get complete() {
    return this.#missing().length === 0 && !this.#faulty;
  }

  #missing() {
    const kind = this.#promotion ? 'promotion' : 'customer';
    const empty = fields
      .filter(({ name, required, only }) => required && (!only || only === kind) && this.#inputs[name]?.value.trim() === '')
      .map(({ label }) => label);
    const nobody = this.#promotion && !grades.some((name) => this.#grades[name].checked);
    return [...empty, ...(nobody ? [say('客户等级', 'grades')] : []), ...(this.#lines?.missing ?? [])];
  }

  #draw() {
    this.#customer = h('div');
    this.#preview = h('shunpi-price-preview');
    this.#outcome = h('div', { 'aria-live': 'polite' });
    this.#lines = this.#direct ? h('shunpi-lines') : null;
    this.append(
      h('div', { class: 'sp-fields' },
        ...(this.#direct ? [this.#kindField(), this.#gradesField()] : []),
        fields.filter(({ direct }) => this.#direct || !direct).map((field) => this.#field(field))),
      this.#customer,
      ...(this.#lines ? [h('h3', {}, say('产品和申请价', 'Products and asked prices')), this.#lines] : []),
      this.#preview,
      this.#outcome
    );
    this.#inputs.validTo.value = day(DAYS);
    if (this.#direct) {
      this.#choose();
      this.#inputs.validFrom.value = day(0);
      searchable(this.#inputs.customerCode, {
        path: 'api/customers?q=',
        describe: (customer) => [h('span', { class: 'sp-strong' }, customer.code), ' ', customer.name, h('span', { class: 'sp-code' }, grade(customer.grade))],
        choose: (customer) => {
          this.#chosen = customer;
          this.#inputs.customerCode.value = customer.code;
          this.#inputs.customerCode.dispatchEvent(new Event('input', { bubbles: true }));
        }
      });
    }
    this.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#check(), PAUSE);
      this.#tell();
    });
  }

  #kindField() {
    this.#kind = h('select', { id: 'price-kind', class: 'form-control', onchange: () => this.#choose() },
      h('option', { value: 'customer' }, say('客户特价', 'For a customer')), h('option', { value: 'promotion' }, say('促销', 'Promotion')));
    return h('div', { class: 'sp-field' }, h('label', { for: 'price-kind' }, say('种类', 'Kind')), this.#kind);
  }

  #gradesField() {
    grades.forEach((name) => (this.#grades[name] = h('input', { type: 'checkbox', 'data-name': `grade-${name}` })));
    return h('div', { class: 'sp-field', 'data-only': 'promotion' }, h('label', { class: 'sp-required' }, say('适用客户等级', 'Grades')),
      h('div', {}, grades.map((name) => [this.#grades[name], ` ${name}　`]).flat()));
  }

  /** Shows what belongs to the kind that was chosen. */
  #choose() {
    const kind = this.#promotion ? 'promotion' : 'customer';
    this.querySelectorAll('[data-only]').forEach((field) => (field.hidden = field.dataset.only !== kind));
  }

  #field({ only, name, label, placeholder, type, inputmode, wide, required }) {
    const id = `price-${name}`;
    this.#inputs[name] = h('input', { id, 'data-name': name, class: 'form-control', type: type ?? 'text', placeholder, inputmode, maxlength: name === 'reason' ? 1000 : 200, autocomplete: 'off' });
    this.#faults[name] = h('p', { class: 'sp-fault' });
    return h('div', { 'data-only': only, class: wide ? 'sp-field sp-field-wide' : 'sp-field' },
      h('label', { for: id, class: required ? 'sp-required' : null }, label), h('div', {}, this.#inputs[name]), this.#faults[name]);
  }

  /** The preview of what an order opened. */
  async #load() {
    const number = this.getAttribute('number') ?? '';
    if (!this.isConnected || !/^[\w-]+$/.test(number) || this.#number === number) {
      return;
    }
    this.#number = number;
    try {
      this.#preview.show((await get(`api/special-prices/${encodeURIComponent(number)}`)).preview);
    } catch (error) {
      this.#outcome.replaceChildren(failure(error));
    }
  }

  async #check() {
    const call = ++this.#latest;
    const looked = this.#direct ? await this.#look() : { positions: [], faults: [] };
    if (call === this.#latest) {
      this.#show(looked);
      this.#tell();
    }
  }

  /** Asks about the lines that are complete already. */
  async #look() {
    const request = this.value;
    const finished = [...this.#lines.value.keys()].filter((index) => isComplete(this.#lines.value[index]));
    if ((this.#promotion ? request.grades.length === 0 : request.customerCode === null) || finished.length === 0) {
      return { positions: [], faults: [] };
    }
    try {
      const preview = await post('api/special-prices/preview', { ...request, lines: finished.map((index) => request.lines[index]) });
      return { positions: finished, faults: [], preview };
    } catch (error) {
      return { positions: [], faults: error.faults.map((fault) => ({ ...fault, ...lineOf(fault, finished) })), error };
    }
  }

  #show({ positions, faults, preview, error }) {
    const missing = this.#missing();
    this.#faulty = faults.length > 0;
    Object.entries(this.#faults).forEach(([name, element]) => {
      element.textContent = faults.filter(({ field }) => field === name).map(({ message }) => message).join('');
    });
    this.#customer.replaceChildren(...(this.#chosen && this.#chosen.code === this.#inputs.customerCode.value ? [h('p', {}, this.#chosen.name, ' ', badge(grade(this.#chosen.grade), 'accent'))] : []));
    if (this.#direct) {
      const lines = preview?.lines.map((line) => ({ ...line, amount: Number(line.askedPrice) * line.quantity }));
      this.#lines.show({ lines, amount: preview?.amount, positions, faults });
      this.#preview.show(preview);
    }
    const elsewhere = faults.filter(({ field, line }) => !(field in this.#faults) && line === undefined);
    this.#outcome.replaceChildren(
      ...elsewhere.map(({ message }) => notice('warning', message)),
      ...(error && !this.#faulty ? [failure(error)] : []),
      ...(missing.length > 0 ? [notice('plain', say('还需填写：', 'Still missing: '), missing.join(say('；', '; ')))] : [])
    );
  }

  #tell() {
    this.dispatchEvent(new Event('checked'));
  }
}

/** The line and column a fault like `lines[2].askedPrice` is about; nothing for others. */
function lineOf({ field }, positions) {
  const [, index, column] = /^lines\[(\d+)\]\.(\w+)$/.exec(field ?? '') ?? [];
  return column && { line: positions[index], column: column === 'askedPrice' ? 'unitPrice' : column };
}

customElements.define('shunpi-price-editor', ShunpiPriceEditor);
