import { badge, facts, h, moment, notice, say } from './dom.js';
import { OrderElement } from './order-element.js';

const hidden = say('盲核：按原始资料录入', 'blind: key it from the source');

/**
 * One verification, given by its `number`: what is compared with the source, and, with the attribute `keyed`, a field for
 * each value that the verifier keys without seeing it. `value` is what he keyed, by path; `checked` tells of each change.
 */
class ShunpiVerification extends OrderElement {
  #inputs = new Map();
  #kept = {};
  #excluded = false;

  path(number) {
    return `api/verifications/${encodeURIComponent(number)}`;
  }

  draw(verification) {
    this.#inputs.clear();
    this.#excluded = Boolean(verification.refusal);
    const decided = verification.values.some((value) => value.keyedValue !== undefined);
    return h(
      'section',
      { class: 'sp-block' },
      h('h3', {}, `${verification.documentTypeLabel} ${verification.documentNumber}`, ' ', badge(verification.statusLabel)),
      facts(
        [say('复核单', 'Verification'), verification.verificationNumber],
        [say('录入', 'Prepared by'), verification.preparedByName],
        [say('送复核', 'Since'), moment(verification.openedAt)],
        [say('复核', 'Verified by'), verification.verifiedByName],
        [say('意见', 'Comment'), verification.comment, 'wide'],
        [say('破例', 'Override'), overrides(verification), 'wide']
      ),
      excluded(verification),
      differences(verification),
      h(
        'div',
        { class: 'sp-table-scroll' },
        h(
          'table',
          { class: 'sp-table' },
          h('thead', {}, h('tr', {}, h('th', {}, say('内容', 'Value')), h('th', {}, say('录入值', 'Prepared')), (this.hasAttribute('keyed') || decided) && h('th', {}, say('复核录入', 'Keyed')))),
          h('tbody', {}, verification.values.map((value) => this.#row(value, decided)))
        )
      )
    );
  }

  #row(value, decided) {
    const keyed = this.hasAttribute('keyed');
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, value.label),
      h('td', {}, value.preparedValue ?? h('span', { class: 'sp-code' }, hidden)),
      keyed && h('td', {}, value.blind ? this.#input(value) : ''),
      !keyed && decided && h('td', { class: value.differs && 'sp-alarm' }, value.keyedValue ?? '')
    );
  }

  #input(value) {
    const input = h('input', {
      class: 'form-control',
      type: 'text',
      inputmode: value.number && 'decimal',
      autocomplete: 'off',
      maxlength: 200,
      'aria-label': value.label,
      'data-path': value.path,
      oninput: () => this.#changed()
    });
    input.value = this.#kept[value.path] ?? '';
    this.#inputs.set(value.path, input);
    return input;
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('checked'));
  }

  /** Draws what the server sent, and says whether everything is keyed. */
  show(verification) {
    super.show(verification);
    this.#changed();
  }

  get complete() {
    return !this.#excluded && [...this.#inputs.values()].every((input) => input.value.trim() !== '');
  }

  /** Whether the reader may not do it himself. */
  get excluded() {
    return this.#excluded;
  }

  get value() {
    return Object.fromEntries([...this.#inputs].map(([path, input]) => [path, input.value.trim()]));
  }

  /** Puts back what was keyed before the form was left. */
  restore(kept) {
    this.#kept = kept ?? {};
    this.#inputs.forEach((input, path) => (input.value = this.#kept[path] ?? ''));
    this.#changed();
  }
}

export function differences(verification) {
  return (
    verification.differences?.length > 0 &&
    notice(
      'fault',
      h('span', { class: 'sp-strong' }, say('差异表', 'Differences')),
      h('ul', { class: 'sp-changes' }, verification.differences.map((difference) => h('li', {}, difference)))
    )
  );
}

/** Told before he keys anything, and not when he sends it (V1). */
function excluded(verification) {
  return (
    verification.refusal &&
    notice(
      'fault',
      h('span', { class: 'sp-strong' }, say('这张单据您办理过，不能由您复核。', 'You had a hand in this document, so you cannot verify it.')),
      ' ',
      say('请由另一人领取。确需由您复核的，请总监或总经理在“业务”菜单的“破例复核”中写明理由准许。', 'Please leave it to somebody else. A director can let you do it, with a reason, on the page “Break glass”.')
    )
  );
}

function overrides(verification) {
  return verification.overrides?.map(({ name, reason, grantedByName }) => say(`${grantedByName} 准许 ${name} 复核：${reason}`, `${grantedByName} let ${name} do it: ${reason}`)).join('；');
}

customElements.define('shunpi-verification', ShunpiVerification);
