import { get, post } from './api.js';
import { badge, chinese, failure, grade, h, notice, say, terms } from './dom.js';
import { searchable } from './search.js';
import { customerCard } from './shunpi-customer.js';
import { holdsList } from './shunpi-holds.js';
import { isComplete } from './shunpi-lines.js';

const PAUSE = 400;

const fields = [
  { name: 'customerCode', label: say('客户', 'Customer'), placeholder: say('输入编码或名称查找', 'Type a code or name'), required: true },
  { name: 'externalNumber', label: say('外部单号', 'External number'), placeholder: say('没有可不填，自动编号', 'May be left empty') },
  { name: 'requiredDate', label: say('要求交期', 'Required date'), type: 'date' },
  { name: 'deliveryMode', label: say('发货方式', 'Delivery mode'), suggestions: ['快递', '物流', '专车', '客户自提'] },
  { name: 'consignee', label: say('收货人', 'Consignee') },
  { name: 'phone', label: say('电话', 'Phone'), type: 'tel' },
  { name: 'address', label: say('收货地址', 'Address'), wide: true },
  { name: 'remark', label: say('备注', 'Remark'), wide: true }
];
const urgentLabel = say('加急', 'Urgent');

/**
 * A whole order to be entered, or with `number` an existing one to be changed. `value` is the body of POST /api/orders;
 * `complete` says whether it can be sent at all. While its user types, the server looks at it: names, prices, stock,
 * faults and the reasons that would hold it. A `checked` event follows every look.
 */
class ShunpiOrderEditor extends HTMLElement {
  #inputs = {};
  #faults = {};
  #lines;
  #customer;
  #chosen;
  #outcome;
  #before;
  #draft;
  #faulty = false;
  #filledIn = {};
  // one number per opened form, so that sending twice stays one order (R6)
  #ownNumber = ownNumber();
  #timer;
  #latest = 0;

  connectedCallback() {
    if (!this.#lines) {
      this.#draw();
    }
    this.#load();
    // whoever listens has come by then
    setTimeout(() => this.#check());
  }

  static observedAttributes = ['number'];

  attributeChangedCallback() {
    this.#load();
  }

  get value() {
    const text = (name) => this.#inputs[name].value.trim() || null;
    return {
      source: this.#before?.source ?? 'manual',
      externalNumber: text('externalNumber') ?? this.#ownNumber,
      customerCode: text('customerCode'),
      requiredDate: text('requiredDate'),
      deliveryMode: text('deliveryMode'),
      consignee: text('consignee'),
      phone: text('phone'),
      address: text('address'),
      orderedAt: this.#before?.orderedAt ?? null,
      urgent: this.#inputs.urgent.checked,
      remark: text('remark'),
      lines: this.#lines.value
    };
  }

  set value(order) {
    fields.forEach(({ name }) => (this.#inputs[name].value = order[name] ?? ''));
    this.#inputs.urgent.checked = order.urgent === true;
    this.#lines.value = order.lines ?? [];
    this.#check();
  }

  get complete() {
    return this.#missing().length === 0 && !this.#faulty;
  }

  /** Goes on with what its user typed before; nothing when there is nothing. */
  restore(draft) {
    if (draft) {
      this.#draft = draft;
      this.value = draft;
    }
  }

  /** What is different from the order as it was, as `{label, from, to}` (R11). */
  get differences() {
    return this.#before ? differences(this.#before, this.value) : [];
  }

  async #load() {
    const number = this.getAttribute('number') ?? '';
    if (!this.isConnected || !/^[\w-]+$/.test(number) || this.#before?.orderNumber === number) {
      return;
    }
    try {
      this.edit(await get(`api/orders/${encodeURIComponent(number)}`));
    } catch (error) {
      this.#outcome.replaceChildren(failure(error));
    }
  }

  /** Puts an existing order into the fields; source and external number stay as they are. */
  edit(order) {
    this.#before = order;
    this.#inputs.externalNumber.readOnly = true;
    this.value = this.#draft ?? order;
  }

  #draw() {
    this.#lines = h('shunpi-lines');
    this.#customer = h('div');
    this.#outcome = h('div', { 'aria-live': 'polite' });
    this.append(
      h('div', { class: 'sp-fields' }, fields.map((field) => this.#field(field)), this.#urgentField()),
      this.#customer,
      h('h3', {}, say('订单行', 'Lines')),
      this.#lines,
      this.#outcome
    );
    searchable(this.#inputs.customerCode, {
      path: 'api/customers?q=',
      describe: (customer) => [
        h('span', { class: 'sp-strong' }, customer.code), ' ', customer.name,
        h('span', { class: 'sp-code' }, [grade(customer.grade), terms(customer.paymentTerms), customer.contact].filter(Boolean).join(' · ')),
        customer.blocked && badge(say('账户停用', 'blocked'), 'fault')
      ],
      choose: (customer) => this.#choose(customer)
    });
    this.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#check(), PAUSE);
      this.#tell();
    });
  }

  #field({ name, label, placeholder, type, suggestions, wide, required }) {
    const id = `order-${name}`;
    this.#inputs[name] = h('input', { id, 'data-name': name, class: 'form-control', type: type ?? 'text', placeholder, list: suggestions && `${id}-list`, autocomplete: 'off' });
    this.#faults[name] = h('p', { class: 'sp-fault' });
    return h(
      'div',
      { class: wide ? 'sp-field sp-field-wide' : 'sp-field' },
      h('label', { for: id, class: required ? 'sp-required' : null }, label),
      h('div', {}, this.#inputs[name]),
      suggestions && h('datalist', { id: `${id}-list` }, suggestions.map((value) => h('option', { value }))),
      this.#faults[name]
    );
  }

  #urgentField() {
    this.#inputs.urgent = h('input', { type: 'checkbox', 'data-name': 'urgent' });
    return h('div', { class: 'sp-field' }, h('label', {}, this.#inputs.urgent, ' ', urgentLabel));
  }

  /** Takes over contact data, but not over what somebody typed. */
  #choose(customer) {
    this.#chosen = customer;
    this.#inputs.customerCode.value = customer.code;
    const known = { consignee: customer.contact, phone: customer.phone, address: customer.address };
    for (const [name, value] of Object.entries(known)) {
      const input = this.#inputs[name];
      if (input.value === '' || input.value === this.#filledIn[name]) {
        input.value = value ?? '';
        this.#filledIn[name] = input.value;
      }
    }
    this.#inputs.customerCode.dispatchEvent(new Event('input', { bubbles: true }));
    this.#inputs.requiredDate.focus();
  }

  /** What has to be filled in before the order can be sent, for people. */
  #missing() {
    const customer = this.value.customerCode === null ? [fields[0].label] : [];
    return [...customer, ...this.#lines.missing];
  }

  async #check() {
    const call = ++this.#latest;
    const looked = await this.#look();
    if (call === this.#latest) {
      this.#show(looked);
      this.#tell();
    }
  }

  /**
   * Asks the server about what can be read already: an unfinished line is no fault yet, and a faulty one does not keep
   * us from seeing the others.
   */
  async #look() {
    const order = this.value;
    const finished = [...order.lines.keys()].filter((index) => isComplete(order.lines[index]));
    const at = (positions) => post('api/orders/preview', { ...order, lines: positions.map((index) => order.lines[index]) });
    if (order.customerCode === null || finished.length === 0) {
      return { positions: [], faults: [] };
    }
    try {
      return { positions: finished, faults: [], ...(await at(finished)) };
    } catch (error) {
      const faults = error.faults.map((fault) => ({ ...fault, ...lineOf(fault, finished) }));
      const sound = finished.filter((index) => !faults.some(({ line }) => line === index));
      const others = sound.length > 0 && sound.length < finished.length ? await at(sound).catch(() => ({})) : {};
      return { error, faults, positions: sound, lines: others.lines, customer: others.customer };
    }
  }

  #show(checked) {
    const { faults } = checked;
    const elsewhere = faults.filter(({ field, line }) => !(field in this.#faults) && line === undefined);
    const missing = this.#missing();
    this.#faulty = faults.length > 0;
    Object.entries(this.#faults).forEach(([name, element]) => {
      element.textContent = faults.filter(({ field }) => field === name).map(({ message }) => message).join('');
      this.#inputs[name].setAttribute('aria-invalid', String(element.textContent !== ''));
    });
    this.#lines.show(checked);
    const customer = checked.customer ?? (this.#chosen?.code === this.value.customerCode ? this.#chosen : null);
    this.#customer.replaceChildren(...(customer ? [customerCard(customer, checked.amount)] : []));
    this.#outcome.replaceChildren(
      ...elsewhere.map(({ message }) => notice('warning', message)),
      ...(checked.error && !this.#faulty ? [failure(checked.error)] : []),
      ...(missing.length > 0 ? [notice('plain', say('还需填写：', 'Still missing: '), missing.join(say('；', '; ')))] : []),
      ...(checked.holds && missing.length === 0 ? [this.#holds(checked.holds)] : []),
      ...this.#changes()
    );
  }

  #holds(holds) {
    return h(
      'div',
      {},
      holds.length > 0 && h('p', { class: 'sp-hint' }, say('可以提交；提交后会遇到以下情况，由相应的人处理：', 'May be sent; these reasons will hold it:')),
      holdsList(holds.map(({ since, ...hold }) => hold), say('可以提交，没有冻结原因。', 'May be sent; nothing holds it.'))
    );
  }

  #changes() {
    if (!this.#before) {
      return [];
    }
    const changes = this.differences;
    return [
      h('h3', {}, say('变更内容', 'Changes')),
      changes.length === 0
        ? h('p', { class: 'sp-hint' }, say('还没有变更。', 'Nothing is changed yet.'))
        : h('ul', { class: 'sp-changes' }, changes.map(({ label, from, to }) =>
            h('li', {}, h('span', { class: 'sp-strong' }, label), ' ', h('del', {}, from), ' → ', h('ins', {}, to))))
    ];
  }

  #tell() {
    this.dispatchEvent(new Event('checked'));
  }
}

/** The line and column a fault like `lines[2].quantity` is about; nothing for others. */
function lineOf({ field }, positions) {
  const [, index, column] = /^lines\[(\d+)\]\.(\w+)$/.exec(field ?? '') ?? [];
  return column && { line: positions[index], column };
}

function ownNumber() {
  const day = new Date().toLocaleDateString('sv-SE').replaceAll('-', '').slice(2);
  const random = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => (byte % 36).toString(36)).join('');
  return `M${day}-${random}`.toUpperCase();
}

/** What two orders differ in, for people; fields in the order of the form, lines by position. */
export function differences(before, after) {
  const none = say('（无）', '(none)');
  const yes = (value) => (value ? say('是', 'yes') : say('否', 'no'));
  const text = (line) => line && `${line.productCode} × ${line.quantity} @ ${Number(line.unitPrice)}`;
  const found = fields
    .filter(({ name }) => (before[name] ?? '') !== (after[name] ?? ''))
    .map(({ name, label }) => ({ label, from: before[name] ?? none, to: after[name] ?? none }));
  if (Boolean(before.urgent) !== Boolean(after.urgent)) {
    found.push({ label: urgentLabel, from: yes(before.urgent), to: yes(after.urgent) });
  }
  for (let i = 0; i < Math.max(before.lines.length, after.lines.length); i++) {
    const [from, to] = [text(before.lines[i]), text(after.lines[i])];
    if (from !== to) {
      found.push({ label: chinese ? `第 ${i + 1} 行` : `Line ${i + 1}`, from: from ?? none, to: to ?? none });
    }
  }
  return found;
}

customElements.define('shunpi-order-editor', ShunpiOrderEditor);
