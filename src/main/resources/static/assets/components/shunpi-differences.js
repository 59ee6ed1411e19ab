import { h, moment, notice, say } from './dom.js';
import { OrderElement } from './order-element.js';
import { differences } from './shunpi-verification.js';

/** What the verifier found different in a document, given by its `number`, as long as nobody has answered it. */
class ShunpiDifferences extends OrderElement {
  path(number) {
    return `api/verifications?document=${encodeURIComponent(number)}`;
  }

  draw(verifications) {
    return verifications.map((verification) =>
      h(
        'section',
        { class: 'sp-block' },
        h('h3', {}, say(`${verification.documentTypeLabel}复核不一致`, `${verification.documentTypeLabel}: does not agree`)),
        h('p', { class: 'sp-hint' }, [verification.verifiedByName, moment(verification.verifiedAt)].filter(Boolean).join(' · ')),
        verification.comment && notice('warning', verification.comment),
        differences(verification)
      )
    );
  }
}

customElements.define('shunpi-differences', ShunpiDifferences);
