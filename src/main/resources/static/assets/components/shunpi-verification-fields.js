import { get, share } from './api.js';
import { failure, h, say } from './dom.js';

/**
 * What a paper says, to be entered for its verification: the fields of a `type` (contract, sample, …), or those of a
 * verification that is corrected, given by its `number`. `value` is what was entered, by field; `checked` tells of each change.
 */
class ShunpiVerificationFields extends HTMLElement {
  static observedAttributes = ['type', 'number'];

  #shown;
  #inputs = new Map();
  #kept = {};

  connectedCallback() {
    this.#follow();
  }

  attributeChangedCallback() {
    this.#follow();
  }

  async #follow() {
    const wanted = this.getAttribute('number') || this.getAttribute('type') || '';
    // a form fills the attribute in after it has put the element on the page
    if (!this.isConnected || !/^[\w-]+$/.test(wanted) || wanted === this.#shown) {
      return;
    }
    this.#shown = wanted;
    try {
      const fields = await (this.hasAttribute('number') ? ofVerification(wanted) : ofType(wanted));
      if (wanted === this.#shown) {
        this.#draw(fields);
      }
    } catch (error) {
      this.replaceChildren(failure(error));
    }
  }

  #draw(fields) {
    this.#inputs.clear();
    this.replaceChildren(h('div', { class: 'sp-fields' }, fields.map((field) => this.#field(field))));
    this.#changed();
  }

  #field(field) {
    const id = `verification-${field.field}`;
    const input = h('input', {
      id,
      class: 'form-control',
      type: 'text',
      inputmode: field.number && 'decimal',
      autocomplete: 'off',
      maxlength: 400,
      'data-name': field.field,
      oninput: () => this.#changed()
    });
    input.value = this.#kept[field.field] ?? field.preparedValue ?? '';
    this.#inputs.set(field.field, input);
    return h(
      'div',
      { class: 'sp-field' },
      h('label', { for: id, class: 'sp-required' }, field.label, field.blind && say('（盲核）', ' (blind)')),
      input
    );
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('checked'));
  }

  get complete() {
    return this.#inputs.size > 0 && [...this.#inputs.values()].every((input) => input.value.trim() !== '');
  }

  get value() {
    return Object.fromEntries([...this.#inputs].map(([name, input]) => [name, input.value.trim()]));
  }

  restore(kept) {
    this.#kept = kept ?? {};
    this.#inputs.forEach((input, name) => (input.value = this.#kept[name] ?? input.value));
    this.#changed();
  }
}

async function ofType(type) {
  const types = await share('api/verifications/types');
  return types.find(({ documentType }) => documentType === type)?.fields ?? [];
}

async function ofVerification(number) {
  return (await get(`api/verifications/${encodeURIComponent(number)}`)).values;
}

customElements.define('shunpi-verification-fields', ShunpiVerificationFields);
