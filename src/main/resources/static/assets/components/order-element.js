import { share } from './api.js';
import { failure, h, say } from './dom.js';

/**
 * Something about one order, given by its `number`. Subclasses draw it; whoever has the order already hands it over
 * with `show`.
 */
export class OrderElement extends HTMLElement {
  static observedAttributes = ['number'];

  #asked;

  connectedCallback() {
    this.#followNumber();
  }

  attributeChangedCallback() {
    this.#followNumber();
  }

  /** The path below /api of what is drawn. */
  path(number) {
    return `api/orders/${encodeURIComponent(number)}`;
  }

  /** What to draw, as one element or several; none hides the whole. */
  draw(order) {
    throw new Error(`${this.localName} draws nothing of ${order.orderNumber}`);
  }

  show(order) {
    const drawn = [this.draw(order)].flat().filter(Boolean);
    this.hidden = drawn.length === 0;
    this.replaceChildren(...drawn);
  }

  /** Asks the server again. */
  async refresh() {
    const number = this.#asked;
    try {
      const order = await share(this.path(number));
      if (number === this.#asked) {
        this.show(order);
      }
    } catch (error) {
      this.replaceChildren(failure(error));
    }
  }

  #followNumber() {
    const number = this.getAttribute('number') ?? '';
    // a form fills the number in after it has put the element on the page
    if (!this.isConnected || !/^[\w-]+$/.test(number) || number === this.#asked) {
      return;
    }
    this.#asked = number;
    this.replaceChildren(h('p', { class: 'sp-hint' }, say('正在读取…', 'Loading…')));
    this.refresh();
  }
}
