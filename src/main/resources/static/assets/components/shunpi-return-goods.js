import { share } from './api.js';
import { failure, h, say, term } from './dom.js';

const number = (name, label, chosen) => ({ name, label, make: () => Object.assign(h('input', { class: 'form-control', inputmode: 'numeric', maxlength: 7, 'data-name': name }), { value: chosen ?? '' }), read: (input) => input.value.trim(), full: (input) => /^\d+$/.test(input.value.trim()) });

/** What is asked per line, by `part`. */
const parts = {
  counts: {
    title: say('实收数量', 'Received'),
    columns: (line) => [number('count', say('这次实收', 'Received now'), line.goodsBack ? '' : '0')],
    value: ([count]) => count
  },
  findings: {
    title: say('鉴定结论', 'Findings'),
    columns: (line, words) => [
      {
        name: 'verdict', label: say('结论', 'Verdict'),
        make: () => h('select', { class: 'form-control', 'data-name': 'verdict' }, h('option', { value: '' }, say('请选择', 'Please choose')), words.verdicts.map((word) => h('option', { value: word.code }, term(word.label, word.code)))),
        read: (input) => input.value, full: (input) => line.received === 0 || input.value !== ''
      },
      { name: 'repairable', label: say('能修', 'Repairable'), make: () => h('input', { type: 'checkbox', 'data-name': 'repairable' }), read: (input) => input.checked, full: () => true },
      number('good', say('完好几件', 'As good as new'), '0')
    ],
    value: ([verdict, repairable, good]) => ({ verdict, repairable, good })
  },
  dispositions: {
    title: say('处置数量', 'Disposition'),
    columns: () => [
      number('restock', say('入库', 'Into stock'), '0'), number('scrap', say('报废', 'Scrap'), '0'),
      number('toRepair', say('送修', 'To repair'), '0'), number('toManufacturer', say('退厂', 'To the manufacturer'), '0')
    ],
    value: ([restock, scrap, toRepair, toManufacturer]) => ({ restock, scrap, toRepair, toManufacturer })
  }
};

/**
 * The goods of a return line by line, given by its `number`: `part` = counts, findings or dispositions. `value` is what was
 * filled in; `checked` tells of each change.
 */
class ShunpiReturnGoods extends HTMLElement {
  static observedAttributes = ['number'];

  #asked;
  #kept;
  #rows = [];

  connectedCallback() {
    this.#follow();
  }

  attributeChangedCallback() {
    this.#follow();
  }

  get #part() {
    return parts[this.getAttribute('part')];
  }

  async #follow() {
    const asked = this.getAttribute('number') ?? '';
    // a form fills the number in after it has put the element on the page
    if (!this.isConnected || !/^[\w-]+$/.test(asked) || asked === this.#asked) {
      return;
    }
    this.#asked = asked;
    try {
      const [words, returned] = await Promise.all([share('api/returns/words'), share(`api/returns/${encodeURIComponent(asked)}`)]);
      this.#draw(returned, words);
    } catch (error) {
      this.replaceChildren(failure(error));
    }
  }

  #draw(returned, words) {
    this.#rows = returned.lines.map((line) => this.#part.columns(line, words).map((column) => ({ ...column, input: column.make() })));
    this.replaceChildren(
      h('section', { class: 'sp-block' },
        h('h3', {}, this.#part.title),
        h('div', { class: 'sp-table-scroll' },
          h('table', { class: 'sp-table' },
            h('thead', {}, h('tr', {}, h('th', {}, say('产品', 'Product')), h('th', { class: 'sp-number' }, say('批准', 'Approved')), h('th', { class: 'sp-number' }, say('已收', 'Received')), this.#rows[0].map(({ label }) => h('th', {}, label)))),
            h('tbody', {}, returned.lines.map((line, index) =>
              h('tr', {},
                h('td', {}, h('span', { class: 'sp-strong' }, line.productName), h('span', { class: 'sp-code' }, [line.productCode, term(line.outcomeLabel, line.outcome), !line.goodsBack && say('不退货', 'keeps the goods')].filter(Boolean).join(' · '))),
                h('td', { class: 'sp-number' }, line.goodsBack ? line.quantity : 0), h('td', { class: 'sp-number' }, line.received),
                this.#rows[index].map(({ input }) => h('td', {}, input))))))))
    );
    for (const event of ['input', 'change']) {
      this.addEventListener(event, () => this.#tell());
    }
    this.#fill();
    this.#tell();
  }

  get complete() {
    return this.#rows.length > 0 && this.#rows.every((row) => row.every(({ input, full }) => full(input)));
  }

  get value() {
    return this.#rows.map((row) => this.#part.value(row.map(({ input, read }) => read(input))));
  }

  restore(kept) {
    this.#kept = kept;
    this.#fill();
  }

  #fill() {
    if (!Array.isArray(this.#kept)) {
      return;
    }
    this.#rows.forEach((row, index) => row.forEach(({ name, input }) => {
      const value = typeof this.#kept[index] === 'object' ? this.#kept[index]?.[name] : this.#kept[index];
      if (input.type === 'checkbox') {
        input.checked = value === true;
      } else if (value !== undefined) {
        input.value = value;
      }
    }));
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event('checked'));
  }
}

customElements.define('shunpi-return-goods', ShunpiReturnGoods);
