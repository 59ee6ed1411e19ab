import { share } from './api.js';
import { failure, h, price, say, term } from './dom.js';

/**
 * What is to be done about a return, given by its `number`: the outcome of each line, who bears which cost, and the quality
 * complaint record where there was a fault. `value` is the solution; `checked` tells of each change.
 */
class ShunpiReturnSolution extends HTMLElement {
  static observedAttributes = ['number'];

  #asked;
  #returned;
  #kept;
  #inputs = {};
  #rows = [];

  connectedCallback() {
    this.#follow();
  }

  attributeChangedCallback() {
    this.#follow();
  }

  async #follow() {
    const number = this.getAttribute('number') ?? '';
    // a form fills the number in after it has put the element on the page
    if (!this.isConnected || !/^[\w-]+$/.test(number) || number === this.#asked) {
      return;
    }
    this.#asked = number;
    try {
      const [words, returned] = await Promise.all([share('api/returns/words'), share(`api/returns/${encodeURIComponent(number)}`)]);
      this.#returned = returned;
      this.#draw(words);
      this.#fill();
    } catch (error) {
      this.replaceChildren(failure(error));
    }
  }

  #draw(words) {
    const select = (name, options, chosen) => {
      const element = h('select', { id: `solution-${name}`, class: 'form-control', 'data-name': name }, h('option', { value: '' }, say('请选择', 'Please choose')), options.map((word) => h('option', { value: word.code }, term(word.label, word.code))));
      element.value = chosen ?? '';
      return (this.#inputs[name] = element);
    };
    const text = (name, chosen) => {
      const element = h('textarea', { id: `solution-${name}`, class: 'form-control', rows: 2, maxlength: 1000, 'data-name': name });
      element.value = chosen ?? '';
      return (this.#inputs[name] = element);
    };
    const { costs, complaint } = this.#returned;
    this.#rows = this.#returned.lines.map((line) => row(line, words));
    this.replaceChildren(
      h('section', { class: 'sp-block' },
        h('h3', {}, say('逐行处理', 'Outcome per line')),
        h('div', { class: 'sp-table-scroll' },
          h('table', { class: 'sp-table' },
            h('thead', {}, h('tr', {}, [say('产品', 'Product'), say('数量', 'Quantity'), say('处理', 'Outcome'), say('退款金额', 'Refund'), say('货退回', 'Goods back'), say('先行发货', 'In advance'), say('换为产品', 'Another item'), say('补差价', 'Surcharge')].map((label) => h('th', {}, label)))),
            h('tbody', {}, this.#rows.map((one) => one.element))))),
      h('section', { class: 'sp-block' },
        h('h3', {}, say('谁承担费用', 'Who bears the costs')),
        h('div', { class: 'sp-fields' },
          field('goodsBorneBy', say('货物损失', 'Goods'), select('goodsBorneBy', words.bearers, costs?.goods)),
          field('outwardBorneBy', say('发出运费', 'Freight out'), select('outwardBorneBy', words.bearers, costs?.outward)),
          field('backBorneBy', say('退回运费', 'Freight back'), select('backBorneBy', words.bearers, costs?.back)),
          field('repairBorneBy', say('维修费', 'Repair'), select('repairBorneBy', words.bearers, costs?.repair))),
        h('div', { class: 'sp-fields' },
          field('text', this.#returned.fault ? say('处理方案（告知客户）', 'Solution, as the customer is told') : say('处理方案和请总经理特批的理由', 'Solution, and why an exception is asked for'), text('text', this.#returned.solution), true))),
      this.#returned.fault && h('section', { class: 'sp-block' },
        h('h3', {}, say('品质投诉单', 'Quality complaint record')),
        h('div', { class: 'sp-fields' },
          field('responsible', say('责任方', 'Responsible'), select('responsible', words.bearers, complaint?.responsible)),
          field('cause', say('原因', 'Cause'), text('cause', complaint?.cause), true),
          field('correctiveAction', say('纠正措施', 'Corrective action'), text('correctiveAction', complaint?.correctiveAction), true)))
    );
    for (const event of ['input', 'change']) {
      this.addEventListener(event, () => this.#tell());
    }
    this.#tell();
  }

  get complete() {
    return this.#rows.length > 0 && Object.values(this.#inputs).every((input) => input.value.trim() !== '');
  }

  get value() {
    return { ...Object.fromEntries(Object.entries(this.#inputs).map(([name, input]) => [name, input.value.trim()])), lines: this.#rows.map((one) => one.value()) };
  }

  restore(kept) {
    this.#kept = kept;
    this.#fill();
  }

  #fill() {
    if (this.#kept && this.#rows.length > 0) {
      Object.entries(this.#inputs).forEach(([name, input]) => (input.value = this.#kept[name] ?? input.value));
      this.#rows.forEach((one, index) => one.restore(this.#kept.lines?.[index]));
      this.#tell();
    }
  }

  #tell() {
    this.#rows.forEach((one) => one.check());
    this.dispatchEvent(new Event('checked'));
  }
}

function field(name, label, input, wide) {
  return h('div', { class: wide ? 'sp-field sp-field-wide' : 'sp-field' }, h('label', { for: `solution-${name}`, class: 'sp-required' }, label), input);
}

/** One line's outcome; what does not belong to it cannot be filled in. */
function row(line, words) {
  const outcome = h('select', { class: 'form-control', 'data-name': 'outcome' }, words.outcomes.map((word) => h('option', { value: word.code }, term(word.label, word.code))));
  const refund = h('input', { class: 'form-control', inputmode: 'decimal', maxlength: 16, 'data-name': 'refundAmount' });
  const back = h('input', { type: 'checkbox', 'data-name': 'goodsBack' });
  const advance = h('input', { type: 'checkbox', 'data-name': 'advance' });
  const item = h('input', { class: 'form-control', maxlength: 40, placeholder: say('同一产品', 'the same'), 'data-name': 'replacementProduct' });
  const surcharge = h('input', { class: 'form-control', inputmode: 'decimal', maxlength: 16, 'data-name': 'surcharge' });
  outcome.value = line.outcome;
  refund.value = Number(line.refundAmount) > 0 ? line.refundAmount : '';
  back.checked = line.goodsBack;
  advance.checked = line.advance;
  item.value = line.replacementProduct ?? '';
  surcharge.value = Number(line.surcharge) > 0 ? line.surcharge : '';
  return {
    element: h('tr', {},
      h('td', {}, h('span', { class: 'sp-strong' }, line.productName), h('span', { class: 'sp-code' }, line.productCode)),
      h('td', { class: 'sp-number' }, line.quantity, h('span', { class: 'sp-code' }, '@ ', price(line.unitPrice))),
      h('td', {}, outcome), h('td', {}, refund), h('td', {}, back), h('td', {}, advance), h('td', {}, item), h('td', {}, surcharge)),
    check() {
      const exchange = outcome.value === 'exchange';
      refund.disabled = outcome.value === 'repair';
      back.disabled = outcome.value === 'repair';
      back.checked ||= outcome.value === 'repair';
      [advance, item, surcharge].forEach((input) => (input.disabled = !exchange));
    },
    value: () => ({
      outcome: outcome.value,
      goodsBack: back.checked,
      advance: !advance.disabled && advance.checked,
      replacementProduct: item.disabled ? '' : item.value.trim(),
      surcharge: surcharge.disabled ? '' : surcharge.value.trim(),
      refundAmount: refund.disabled ? '' : refund.value.trim()
    }),
    restore(kept) {
      if (kept) {
        outcome.value = kept.outcome;
        refund.value = kept.refundAmount;
        back.checked = kept.goodsBack;
        advance.checked = kept.advance;
        item.value = kept.replacementProduct;
        surcharge.value = kept.surcharge;
      }
    }
  };
}

customElements.define('shunpi-return-solution', ShunpiReturnSolution);
